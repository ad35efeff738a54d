import Foundation
import TestSupport
import Testing

@Suite struct `A batch that is cut short` {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func content(_ name: String) -> Data? { FileManager.default.contents(atPath: path(name)) }

  private func arguments(_ facts: String, _ more: [String] = []) -> [String] {
    ["batch", "--library", "library", "--today", "2025-06-01", "--facts", facts, "--threads", "1"] + more
  }

  /// Patients who are not all alike, a few of them refused.
  private static func lines(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { number in
      guard random.below(40) > 0 else { return random.pick(["", "{\"@id\": \"\(number)\"", "{\"patient.aeg\": 1}"]) }
      var facts = ["\"@id\": \"\(number)\"", "\"patient.age\": \"\(random.below(90)) a\""]
      if random.below(2) == 0 { facts.append("\"ild.present\": \"\(random.pick(["yes", "no"]))\"") }
      if random.below(2) == 0 { facts.append("\"patient.weight\": \"\(40 + random.below(60)) kg\"") }
      if random.below(2) == 0 { facts.append("\"tpmt.phenotype\": \"\(random.pick(["normal", "poor"]))\"") }
      return "{" + facts.joined(separator: ", ") + "}"
    }
  }

  /// The number of the line that was answered last.
  private var lastAnswer: Int {
    let lines = String(decoding: content("out.partial") ?? Data(), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1 else { return 0 }
    let answer = lines[lines.count - 2]
    let number = answer.firstMatch(of: /"line":([0-9]+)/)?.1 ?? answer.firstMatch(of: /^([0-9]+),/)?.1
    return number.flatMap { Int($0) } ?? 0
  }

  /// Feeds a run so many lines, waits until all are answered, ends it so, and feeds it the rest.
  private func interrupted(
    _ command: Command, _ arguments: [String], after: [String], rest: [String], by signal: Int32
  ) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: Fixture.folder)
    let input = Pipe()
    process.standardInput = input
    process.standardError = FileHandle.nullDevice
    try process.run()
    // A reader that has ended must not end the tests.
    Foundation.signal(SIGPIPE, SIG_IGN)
    try input.fileHandleForWriting.write(contentsOf: Data(after.map { $0 + "\n" }.joined().utf8))
    let last = after.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    var polls = 0
    while polls < 6_000, process.isRunning, lastAnswer < last {
      polls += 1
      Thread.sleep(forTimeInterval: 0.02)
    }
    kill(process.processIdentifier, signal)
    try? input.fileHandleForWriting.write(contentsOf: Data(rest.map { $0 + "\n" }.joined().utf8))
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(arguments: ["ndjson", "csv"])
  func `comes to the same bytes when it is resumed`(format: String) throws {
    guard let command = Command.find("guideline") else { return }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = Self.lines(2_000, seed: SeededRandom.announcedSeed(for: "a batch that is cut short"))
    try Data(lines.joined(separator: "\n").utf8).write(to: folder.appendingPathComponent("in"))
    let whole = try command.run(arguments(path("in"), ["--output", path("whole"), "--format", format]))
    #expect(whole.code == 1)
    #expect(whole.output == "")
    let choice = ["--output", path("out"), "--format", format]
    // Each run answers a piece of 256 lines at a time.
    for (count, signal) in [(256, SIGKILL), (768, SIGTERM), (1_024, SIGKILL), (1_280, SIGINT)] {
      let code = try interrupted(
        command, arguments("-", choice + ["--resume"]), after: Array(lines[..<count]), rest: Array(lines[count...]),
        by: signal)
      #expect(code == (signal == SIGKILL ? SIGKILL : 130))
      #expect(content("out") == nil)
      #expect(content("out.partial") != nil)
      #expect(content("out.partial.state") != nil)
    }
    let resumed = try command.run(arguments(path("in"), choice + ["--resume"]))
    #expect(resumed.code == 1)
    #expect(content("out") == content("whole"))
    #expect(resumed.errors.split(separator: "\n").last == whole.errors.split(separator: "\n").last)
    #expect(content("out.partial") == nil)
    #expect(content("out.partial.state") == nil)
  }

  @Test func `is resumed wherever it was cut`() throws {
    guard let command = Command.find("guideline") else { return }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = Self.lines(600, seed: 7)
    let choice = ["--output", path("out"), "--brief"]
    _ = try interrupted(
      command, arguments("-", choice), after: Array(lines[..<256]), rest: Array(lines[256...]), by: SIGTERM)
    let draft = try #require(content("out.partial"))
    let state = try #require(content("out.partial.state"))
    #expect(lastAnswer > 250 && lastAnswer < 600)
    let whole = try command.run(arguments("-", ["--brief"]), input: lines.joined(separator: "\n"))
    for more in [Data(), Data("{\"line\":257,".utf8), Data(repeating: 0, count: 100_000)] {
      try (draft + more).write(to: folder.appendingPathComponent("out.partial"))
      try state.write(to: folder.appendingPathComponent("out.partial.state"))
      let outcome = try command.run(arguments("-", choice + ["--resume"]), input: lines.joined(separator: "\n"))
      #expect(outcome.code == 1)
      #expect(content("out") == Data(whole.output.utf8))
      try FileManager.default.removeItem(atPath: path("out"))
    }
  }

  @Test func `is not resumed with anything else`() throws {
    guard let command = Command.find("guideline") else { return }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = Self.lines(600, seed: 8)
    let input = lines.joined(separator: "\n")
    let choice = ["--output", path("out"), "--brief"]
    _ = try interrupted(
      command, arguments("-", choice), after: Array(lines[..<256]), rest: Array(lines[256...]), by: SIGTERM)
    let draft = try #require(content("out.partial"))
    let state = try #require(content("out.partial.state"))
    func expectRefusal(_ arguments: [String], input: String, _ complaint: String) throws {
      let outcome = try command.run(arguments, input: input)
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains(complaint), "\(outcome.errors)")
      #expect(content("out.partial") == draft)
    }
    try expectRefusal(arguments("-", choice), input: input, "`--resume`")
    try expectRefusal(
      arguments("-", ["--output", path("out"), "--resume"]), input: input, "another library or another choice")
    try expectRefusal(
      arguments("-", choice + ["--resume", "--today", "2025-06-02"]), input: input, "another choice")
    try expectRefusal(
      arguments("-", choice + ["--resume", "--library", "one-dose"]), input: input, "another library")
    var other = lines
    other[3] = "{}"
    try expectRefusal(
      arguments("-", choice + ["--resume"]), input: other.joined(separator: "\n"), "is not the file whose first")
    try expectRefusal(arguments("-", choice + ["--resume"]), input: "", "is not the file whose first")
    for damaged in [Data(), Data("x".utf8), state.dropLast(9), Data(repeating: 0xFF, count: 50)] {
      try damaged.write(to: folder.appendingPathComponent("out.partial.state"))
      try expectRefusal(arguments("-", choice + ["--resume"]), input: input, "how far the run has come")
    }
    try state.write(to: folder.appendingPathComponent("out.partial.state"))
    try draft.dropLast(20).write(to: folder.appendingPathComponent("out.partial"))
    let cut = try command.run(arguments("-", choice + ["--resume"]), input: input)
    #expect(cut.code == 2)
    #expect(cut.errors.contains("is not what the run that is to be continued has written"))
  }

  @Test func `by a bad line goes on when the line is mended`() throws {
    guard let command = Command.find("guideline") else { return }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let good = (0..<90).map { "{\"patient.age\": \"\($0) a\"}" }
    var bad = good
    bad[40] = "{\"patient.age\": 40}"
    let choice = ["--output", path("out"), "--brief", "--strict"]
    let stopped = try command.run(arguments("-", choice), input: bad.joined(separator: "\n"))
    #expect(stopped.code == 1)
    #expect(stopped.errors.contains("`--resume` goes on from here"))
    let resumed = try command.run(arguments("-", choice + ["--resume"]), input: good.joined(separator: "\n"))
    #expect(resumed.code == 0)
    let whole = try command.run(arguments("-", ["--brief"]), input: good.joined(separator: "\n"))
    #expect(content("out") == Data(whole.output.utf8))
  }
}
