internal import SourceText
internal import TestSupport
internal import Testing

@testable internal import GuidelineLint

/// What a run keeps of what it proved, for the next one.
@Suite struct AnswerCacheTests {
  /// Checks that ask about all patients.
  static let ids = CheckFixtureTests.contentIds.filter { id in
    Catalogue.checks.contains { $0.code.id == id && $0.analyse != nil }
  }

  private let fixtures: CheckFixtures

  init() throws { fixtures = try CheckFixtures() }

  @Test(arguments: ids)
  func `what was proved is found again, and says the same`(id: String) {
    var (files, settings) = fixtures.run(of: id, "bad")
    let first = lint(files, settings)
    settings.answers = first.answers
    let second = lint(files, settings)
    #expect(second.shown == first.shown)
    #expect(second.answers == first.answers)
  }

  @Test(arguments: ids)
  func `what was proved of other content changes no finding`(id: String) {
    let (near, chosen) = fixtures.run(of: id, "near-miss")
    var (files, settings) = fixtures.run(of: id, "bad")
    let fresh = lint(files, settings)
    settings.answers = lint(near, chosen).answers
    let helped = lint(files, settings)
    #expect(helped.told == fresh.told)
  }

  @Test func `what was damaged counts for nothing`() throws {
    var (files, settings) = fixtures.run(of: "GL0801", "bad")
    let fresh = lint(files, settings)
    try #require(fresh.answers.count > 100)
    var numbers = SeededRandom(seed: 20_261_121)
    for _ in 0..<60 {
      var bytes = fresh.answers
      let place = Int(numbers.next() % UInt64(bytes.count))
      if numbers.next() % 3 == 0 {
        bytes.removeLast(place + 1)
      } else {
        bytes[place] ^= UInt8(truncatingIfNeeded: 1 + numbers.next() % 255)
      }
      settings.answers = bytes
      let report = lint(files, settings)
      #expect(report.shown == fresh.shown, "seed 20261121, place \(place)")
    }
  }

  @Test func `a patient who was changed by hand is not believed`() throws {
    var (files, settings) = fixtures.run(of: "GL0801", "bad")
    let fresh = lint(files, settings)
    // Nobody in whom everything is unknown shows a contradiction; the hash of the file is right.
    var kept = KeptFamilies(fresh.answers, fresh.files)
    for index in kept.records.indices {
      kept.records[index].key = 1
      kept.records[index].answers = writtenAgain(kept.records[index].answers) { line in
        line.contains(" patient ") ? String(line.prefix { $0 != " " }) + " patient " : line
      }
    }
    settings.answers = kept.bytes
    #expect(settings.answers != fresh.answers)
    #expect(lint(files, settings).told == fresh.told)
  }

  @Test func `the door keeps proofs in a folder, and believes only its own`() throws {
    guard let door = try Door() else { return }
    let first = try door.run("content --cache kept --format json")
    let kept = try #require(try door.names(in: "kept").first)
    let answers = try door.bytes("kept/" + kept)
    let head = Array("written by ".utf8)
    #expect(answers.starts(with: head))
    let second = try door.run("content --cache kept --format json")
    #expect(second.output == first.output && second.code == first.code)
    try door.write("kept/" + kept, bytes: head + Array("another ".utf8) + answers.dropFirst(head.count))
    let third = try door.run("content --cache kept --format json")
    #expect(third.output == first.output && third.errors == first.errors)
    #expect(try door.bytes("kept/" + kept) == answers)
    _ = try door.run("content --no-cache")
    try door.write("blocked", "a file")
    let fourth = try door.run("content --cache blocked --format json")
    #expect(fourth.output == first.output && fourth.code == first.code)
    #expect(fourth.errors.contains("note: nothing is kept for the next run"))
  }

  /// The lines of a file of answers, changed, with the right hash.
  private func writtenAgain(_ bytes: [UInt8], _ change: (String) -> String) -> [UInt8] {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropLast().map { change(String($0)) }
    let text = lines.joined(separator: "\n") + "\n"
    var hash = FNV()
    hash.add(text)
    return Array((text + hash.text + "\n").utf8)
  }
}

extension LintReport {
  /// All of the findings, the example patients among it.
  fileprivate var shown: [String] { findings.map { "\($0)" } + remarks }

  /// What is found where, in which words; the example may be another one.
  fileprivate var told: [String] {
    findings.map { "\($0.diagnostic.code.id) \($0.diagnostic.message) \(String(describing: $0.diagnostic.span))" }
  }
}
