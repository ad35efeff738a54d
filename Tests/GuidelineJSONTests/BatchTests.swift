import Foundation
import TestSupport
import Testing

@Suite struct `Many patients` {
  private static let common = ["batch", "--library", "library", "--today", "2025-06-01", "--facts"]

  @Test(arguments: [
    ("ndjson", "batch.ndjson"), ("ndjson --brief", "batch-brief.ndjson"), ("csv", "batch.csv"),
    ("summary", "batch-summary.txt"),
  ])
  func `answers are as they were`(format: String, golden: String) throws {
    guard let command = Command.find("guideline") else { return }
    let words = ["--format"] + format.split(separator: " ").map(String.init)
    let outcome = try command.run(Self.common + ["patients/batch.ndjson"] + words)
    #expect(outcome.code == 1)
    try expectGolden(outcome.output, golden)
    try expectGolden(outcome.errors, "batch-errors.txt")
    for threads in ["1", "2", "5"] {
      let again = try command.run(Self.common + ["-", "--threads", threads] + words, input: text("batch.ndjson"))
      #expect(again.output == outcome.output)
    }
  }

  @Test func `a file without a bad line ends well, whatever its ends of lines`() throws {
    guard let command = Command.find("guideline") else { return }
    let lines = ["{\"patient.age\": \"55 a\"}", "", "  ", "{\"@id\": \"ü\\\"\", \"patient.age\": \"56 a\"}"]
    let plain = try command.run(Self.common + ["-"], input: lines.joined(separator: "\n"))
    #expect(plain.code == 0)
    #expect(plain.errors == "")
    #expect(plain.output.hasSuffix("}\n"))
    #expect(plain.output.contains(#"{"id":"ü\"","line":4,"report":{"#))
    for input in [lines.joined(separator: "\r\n") + "\r\n", "\u{FEFF}" + lines.joined(separator: "\n") + "\n\n"] {
      #expect(try command.run(Self.common + ["-"], input: input).output == plain.output)
    }
    let nobody = try command.run(Self.common + ["-"], input: "")
    #expect(nobody.code == 0)
    #expect(nobody.output == "")
  }

  @Test func `a bad line does not stop the others, unless it is to`() throws {
    guard let command = Command.find("guideline") else { return }
    let good = "{\"patient.age\": \"55 a\"}\n"
    let input = String(repeating: good, count: 700) + "{\"patient.age\": 55}\n" + String(repeating: good, count: 300)
    let all = try command.run(Self.common + ["-", "--brief"], input: input)
    #expect(all.code == 1)
    #expect(all.output.split(separator: "\n").count == 1001)
    #expect(all.errors.contains("<stdin>:701:17: error GL"))
    #expect(all.errors.contains("1 of 1001 patients were refused"))
    let strict = try command.run(Self.common + ["-", "--brief", "--strict"], input: input)
    #expect(strict.code == 1)
    #expect(strict.output.split(separator: "\n") == Array(all.output.split(separator: "\n").prefix(700)))
    #expect(strict.errors.contains("<stdin>:701:17: error GL"))
  }

  @Test func `what is no patient is refused at its place`() throws {
    guard let command = Command.find("guideline") else { return }
    let long = "{\"patient.age\": \"" + String(repeating: "5", count: 5 << 20) + " a\"}"
    let deep = String(repeating: "[", count: 100_000)
    let lines = [
      long, "{}", deep, "{\"a\": \"\u{1}\"}", "null", "{\"patient.age\": {\"unknown\": \"lost\"}}", "{\"@id\": []}",
    ]
    let outcome = try command.run(Self.common + ["-", "--brief"], input: lines.joined(separator: "\n"))
    #expect(outcome.code == 1)
    let answers = outcome.output.split(separator: "\n").map { $0.contains("\"refused\"") }
    #expect(answers == [true, false, true, true, true, false, true], "\(outcome.errors.prefix(2000))")
  }

  @Test func `one patient is explained as eval explains it`() throws {
    guard let command = Command.find("guideline") else { return }
    let batch = try command.run(Self.common + ["patients/batch.ndjson", "--explain", "17"])
    let eval = try command.run(
      ["eval", "--library", "library", "--today", "2025-06-01", "--facts", "-", "--explain"],
      input: "patient.age: 55 a\nild: {present: yes}\n")
    #expect(batch.code == 0)
    #expect(batch.output == eval.output)
    #expect(batch.output.contains("lung-2024.yaml"))
    let nobody = try command.run(Self.common + ["patients/batch.ndjson", "--explain", "nobody"])
    #expect(nobody.code == 2)
    #expect(nobody.errors.contains("`@id` nobody"))
    let bad = try command.run(Self.common + ["patients/batch.ndjson", "--explain", "18"])
    #expect(bad.code == 1)
    #expect(bad.errors.contains("batch.ndjson:2:"))
  }

  @Test(
    arguments: [
      ("batch", 2, "--facts"), ("batch --facts absent --library library", 3, "`absent` cannot be read"),
      ("batch --facts patients --library library", 3, "it is a directory"),
      ("batch --facts patients/batch.ndjson --library broken-library", 2, "did you mean `patient.age`?"),
      ("batch --facts patients/batch.ndjson --library library --format loud", 2, "loud"),
      ("batch --facts patients/batch.ndjson --library library --resume", 2, "--output"),
      ("batch --facts patients/batch.ndjson --library library --threads 0", 2, "--threads"),
      ("batch --facts patients/batch.ndjson --library library --format csv --brief", 2, "--brief"),
      ("batch --facts patients/batch.ndjson --library library --output nowhere/out", 3, "cannot be written"),
      (
        "batch --facts patients/batch.ndjson --library library --output patients/batch.ndjson", 2,
        "the patients are read from it"
      ),
      ("batch --facts patients/batch.ndjson --library library --use lung@1999", 2, "no edition or version `1999`"),
    ] as [(String, Int32, String)])
  func `exit codes tell what happened`(arguments: String, code: Int32, complaint: String) throws {
    guard let command = Command.find("guideline") else { return }
    let outcome = try command.run(arguments.split(separator: " ").map(String.init))
    #expect(outcome.code == code, "\(outcome.errors)")
    #expect(outcome.errors.contains(complaint))
    #expect(outcome.output.isEmpty)
  }

  private func text(_ patients: String) throws -> String {
    String(decoding: try Fixture.bytes("patients/" + patients), as: UTF8.self)
  }
}
