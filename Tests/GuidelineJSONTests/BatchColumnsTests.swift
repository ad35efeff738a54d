import ClinicalValues
import Foundation
import GuidelineCohort
import SourceText
import TestSupport
import Testing

@testable import GuidelineKit

/// A library that columns cover, beside the same library with a definition that they do not cover and nobody reads: the
/// batch of the second goes patient by patient, and both say the same.
@Suite struct `A batch by columns` {
  private static let vocabulary = """
    vocabulary: small
    version: 1.0.0
    terms:
      drug: {first: {}, second: {is: first}, third: {}}
    facts:
      age: {type: quantity, unit: a, range: 0 .. 120}
      ill: {type: yes_no, ask: "Is the patient ill?"}
      dose: {type: quantity, unit: mg, valid_for: 30 d}
      onset: {type: date}
      note: {type: text}
      spare: {type: yes_no}
      chosen: {type: set of drug}
      lab.a: {type: series of quantity, unit: mg/L}
    records:
      taken: {fields: {drug: one of drug, dose: quantity mg, start: date}}
    conclusions:
      give: {subject: one of drug, fields: {due: date}}
      avoid: {subject: one of drug}
    conflicts:
      - {between: [give, avoid], same: [subject]}

    """

  private static let guideline = """
    guideline: one
    version: 1.0.0
    edition: "2025"
    title: One
    uses: [small]
    scope: [age >= 18 a]
    sources: {made: {title: Made up, statements: {S1: {says: This is made up.}}}}
    source: made#S1
    rules:
      ill: {when: [ill, dose < 20 mg], then: [{give: first}]}
      dated: {when: [onset < 2025-01-01], then: [{give: third, due: 2025-06-01}]}
      series: {when: [any lab.a within 90 d > 3 mg/L], then: [{avoid: first}]}
      joined: {when: [exists taken where drug is first and any lab.a since start > 2 mg/L], then: [{avoid: second}]}
      open: {when: [note is unknown, {any: [chosen is known, chosen includes third]}], then: [{give: second}]}
      rests: {when: [not avoid first is concluded, give first is concluded], then: [{avoid: third}]}
    invariants:
      never: {never: [count (taken) > 3]}

    """

  private static let other = """
    definitions: other
    version: 1.0.0
    uses: [small]
    define:
      spare: {means: [ill]}

    """

  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

  private func write(_ text: String, _ path: String) throws {
    let url = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func writeLibraries() throws {
    for name in ["columns", "sessions"] {
      try write(Self.vocabulary, name + "/small.yaml")
      try write(Self.guideline, name + "/one.yaml")
    }
    try write(Self.other, "sessions/other.yaml")
  }

  private func run(_ command: Command, _ library: String, _ more: [String]) throws -> Command.Outcome {
    var arguments = ["batch", "--library", folder.appendingPathComponent(library).path, "--today", "2025-06-01"]
    arguments += ["--facts", folder.appendingPathComponent("in").path]
    return try command.run(arguments + more)
  }

  private func expectSame(_ command: Command, _ input: String, _ name: String, _ more: [String] = []) throws {
    try write(input, "in")
    for (format, threads) in [("summary", "1"), ("summary", "2"), ("csv", "2")] {
      let name = "\(name) \(format) \(threads)"
      let options = more + ["--format", format, "--threads", threads]
      let sessions = try run(command, "sessions", options)
      #expect(sessions.output.hasPrefix("Patients: ") || more == ["--strict"] || format == "csv", "\(name)")
      let columns = try run(command, "columns", options)
      #expect(columns.output == sessions.output, "\(name)")
      #expect(columns.errors == sessions.errors, "\(name)")
      #expect(columns.code == sessions.code, "\(name)")
    }
  }

  /// Mostly whole patients; others lack something, or are strange, or none.
  private static func lines(_ count: Int, _ random: inout SeededRandom) -> [String] {
    (0..<count).map { number in
      guard random.below(25) > 0 else {
        return random.pick([
          "", "  ", "{}", "{\"@id\": \"\(number)\"", "{\"aeg\": 1}", "{\"age\": \"300 a\"}", "{\"age\": 7}",
          "{\"dose\": {\"value\": \"3 mg\", \"on\": \"2025-07-01\"}}", "{\"ill\": \"yes\", \"ill\": \"no\"}", "[1, 2]",
          "{\"age\": \"12 a\", \"note\": \"caf\u{E9}\"}", "{\"age\":\t\"50 a\"}", "{\"lab\": {\"a\": []}}", "\u{7F}",
          "{\"ill\": null}",
        ])
      }
      var facts = [
        random.below(2) == 0 ? "\"@id\": \"=\(number), x\"" : "\"@id\": -\(number).50",
        "\"age\": \"\(10 + random.below(80)) a\"",
      ]
      facts.append("\"ill\": \(random.pick(["true", "false", "\"yes\"", "\"no\""]))")
      facts.append("\"dose\": \"\(random.below(40)) mg\"")
      facts.append("\"onset\": \"202\(random.below(6))-0\(1 + random.below(9))-11\"")
      if random.below(3) > 0 {
        facts.append("\"note\": \"\(random.pick(["x", "y", "a note of some length, \(number)"]))\"")
      }
      facts.append("\"chosen\": \(random.pick(["[]", "[\"first\"]", "[\"third\", \"second\"]"]))")
      let points = (0..<random.below(4)).map { _ in
        "{\"value\": \"\(random.below(6)).\(random.below(10)) mg/L\", \"on\": \"2025-0\(1 + random.below(5))-1\(random.below(10))\"}"
      }
      facts.append("\"lab.a\": [\(points.joined(separator: ", "))]")
      let rows = (0..<random.below(5)).map { _ in
        "{\"drug\": \"\(random.pick(["first", "second", "third"]))\", \"dose\": \"5 mg\", \"start\": \"2025-0\(1 + random.below(5))-12\"}"
      }
      facts.append("\"taken\": [\(rows.joined(separator: ", "))]")
      if random.below(20) == 0 { facts.remove(at: 2 + random.below(facts.count - 2)) }
      return "{" + facts.joined(separator: ", ") + "}"
    }
  }

  @Test func `is one only where columns cover all`() throws {
    let today = try #require(Day(iso: "2025-06-01"))
    for (texts, isCovered) in [
      ([Self.vocabulary, Self.guideline], true), ([Self.vocabulary, Self.guideline, Self.other], false),
    ] {
      var files = SourceFiles()
      for (number, text) in texts.enumerated() { files.add(path: "\(number).yaml", bytes: Array(text.utf8)) }
      let library = GuidelineLibrary(files)
      let plan = CohortPlan(try library.guidelines(inForceOn: today), library.source)
      #expect((plan != nil) == isCovered)
    }
  }

  @Test func `says what a batch by sessions says`() throws {
    guard let command = Command.find("guideline") else { return }
    try writeLibraries()
    defer { try? FileManager.default.removeItem(at: folder) }
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "a batch by columns"))
    let lines = Self.lines(1_500, &random)
    let text = lines.joined(separator: "\n")
    try expectSame(command, text + "\n", "as it is")
    try expectSame(command, text, "without a last end of line")
    try expectSame(command, lines.joined(separator: "\r\n"), "with carriage returns")
    try expectSame(command, "\u{FEFF}" + text + "\n\n\n", "with a mark of the order of bytes")
    try expectSame(command, text, "ending at a bad line", ["--strict"])
    let long = "{\"note\": \"" + String(repeating: "long ", count: 900_000) + "\"}"
    try expectSame(command, text + "\n" + long + "\n" + text, "with a line that is too long")
    try expectSame(
      command, "{\"note\": \"" + String(repeating: "long ", count: 300_000) + "\"}\n" + text, "with a long line")
    try expectSame(command, "", "nobody")
    try expectSame(command, "\n\r\n  \n", "only blanks")
  }

  /// More values than dictionaries hold.
  @Test func `has room for values without end`() throws {
    guard let command = Command.find("guideline") else { return }
    try writeLibraries()
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = (0..<24_000).map { number in
      "{\"age\":\"50 a\",\"ill\":\"yes\",\"dose\":\"\(number % 30).\(number) mg\",\"onset\":\"2025-01-01\",\"note\":\"n\(number)\","
        + "\"chosen\":[],\"lab.a\":[{\"value\":\"\(number % 7).\(number) mg/L\",\"on\":\"2025-05-01\"}],\"taken\":[]}"
    }
    try expectSame(command, lines.joined(separator: "\n"), "many values")
  }
}
