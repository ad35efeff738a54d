import Foundation
import Testing

@Suite struct `The commands` {
  /// Arguments of `guideline` and the golden file of its output.
  private static let outputs: [(arguments: String, golden: String, code: Int32)] = [
    ("eval --library library --facts patients/textbook.yaml --today 2025-06-01", "eval-textbook.txt", 0),
    ("eval --library library --facts patients/textbook.yaml --today 2025-06-01 --format json", "eval-textbook.json", 0),
    ("eval --library library --facts patients/low-counts.yaml --today 2025-06-01 --explain", "eval-low-counts.txt", 0),
    (
      "eval --library library --facts patients/low-counts.yaml --today 2025-06-01 --format json",
      "eval-low-counts.json",
      0
    ),
    ("eval --library library --facts patients/little-known.json --today 2025-06-01", "eval-little-known.txt", 0),
    (
      "eval --library library --facts patients/little-known.json --today 2025-06-01 --format json",
      "eval-little-known.json", 0
    ),
    ("eval --library library --facts patients/child.yaml --today 2025-06-01", "eval-child.txt", 0),
    ("test --library library", "test-passing.txt", 0),
    ("test --library library more-tests", "test-failing.txt", 1),
    ("test --library library more-tests/failing.yaml --format json", "test-failing.json", 1),
    ("test --library library more-tests/failing.yaml --format junit", "test-failing.xml", 1),
    ("test --library library --coverage", "test-coverage.txt", 0),
    ("print library/lung-2024.yaml", "print-lung.yaml", 0),
    ("eval --library library --facts patients/low-counts.yaml --today 2025-07-01", "eval-overdue.txt", 0),
    (
      "explain --library library --facts patients/low-counts.yaml --today 2025-06-01 --rule low-cells", "explain.txt", 0
    ),
    (
      "explain --library library --facts patients/textbook.yaml --today 2025-06-01 --rule lung/low-cells",
      "explain-not.txt", 0
    ),
    (
      "explain --library library --facts patients/textbook.yaml --today 2025-06-01 --rule low-cells --format json",
      "explain-not.json", 0
    ),
    ("explain --library library --facts patients/child.yaml --today 2025-06-01 --rule dose", "explain-scope.txt", 0),
    ("coverage --library library", "coverage.txt", 0),
    ("coverage --library library --format json", "coverage.json", 0),
    ("facts --library library", "facts.txt", 0),
    ("facts --library library --format json", "facts.json", 0),
    ("graph --library library --today 2025-06-01", "graph.dot", 0),
    ("graph --library library --today 2025-06-01 --rule dose --format mermaid", "graph.mermaid", 0),
    ("graph --library library --today 2025-06-01 --rule dose --format json", "graph.json", 0),
    ("schema facts --library library", "facts.schema.json", 0),
    ("eval --library one-dose --facts patients/one-dose.yaml --today 2026-06-01", "eval-one-dose.txt", 0),
  ]

  @Test(arguments: outputs)
  func `outputs are as they were`(arguments: String, golden: String, code: Int32) throws {
    guard let command = Command.find("guideline") else { return }
    let outcome = try command.run(arguments.split(separator: " ").map(String.init))
    #expect(outcome.errors == "")
    #expect(outcome.code == code)
    try expectGolden(outcome.output, golden)
  }

  @Test(
    arguments: [
      ("broken-library", "lint-broken.txt", 1),
      ("broken-library --format short", "lint-broken.short.txt", 1),
      ("broken-library --format json", "lint-broken.json", 1),
      ("library --today 2025-06-01", "lint-library.txt", 1),
    ] as [(String, String, Int32)])
  func `findings are as they were`(arguments: String, golden: String, code: Int32) throws {
    guard let command = Command.find("guideline-lint") else { return }
    let outcome = try command.run(arguments.split(separator: " ").map(String.init))
    #expect(outcome.errors == "")
    #expect(outcome.code == code)
    try expectGolden(outcome.output, golden)
  }

  @Test(
    arguments: [
      ("", 0, ""),
      ("--version", 0, ""),
      ("eval --help", 0, ""),
      ("eval", 2, "--facts"),
      ("eval --facts x --libary y", 2, "--library"),
      ("unknown", 2, "unknown"),
      ("eval --facts patients/child.yaml --library library --today 2025-02-30", 2, "February 2025 has 28 days"),
      ("eval --facts patients/child.yaml --library library --use lung@1999", 2, "no edition or version `1999`"),
      ("eval --facts patients/child.yaml --library library --today 2001-01-01", 0, ""),
      ("eval --facts patients/nobody.yaml --library library", 3, "`patients/nobody.yaml` cannot be read"),
      ("eval --facts patients --library library", 3, "it is a directory"),
      ("eval --facts patients/child.yaml", 3, "there is no folder `guidelines`"),
      ("eval --facts patients/child.yaml --library patients", 2, "errors"),
      ("eval --facts patients/child.yaml --library ../Golden/empty", 3, "there is no folder"),
      ("eval --facts patients/child.yaml --library syntax/untidy/none", 3, "there is no folder"),
      ("eval --facts patients/child.yaml --library broken-library", 2, "did you mean `patient.age`?"),
      ("eval --facts library/vocabulary.yaml --library library", 2, "there is no fact or record named `vocabulary`"),
      ("test --library library patients/absent.yaml", 3, "there is no such file"),
      ("test --library library library/vocabulary.yaml", 2, "there are no test cases"),
      ("print broken-library/absent.yaml", 3, "there is no such file"),
      ("graph --library library --rule dos", 2, "did you mean `dose`?"),
      ("facts --library library zz", 2, "begins with `zz`"),
      ("explain --facts patients/child.yaml --library library --rule low-cels", 2, "did you mean `low-cells`?"),
    ] as [(String, Int32, String)])
  func `exit codes tell what happened`(arguments: String, code: Int32, complaint: String) throws {
    guard let command = Command.find("guideline") else { return }
    let outcome = try command.run(arguments.split(separator: " ").map(String.init))
    #expect(outcome.code == code, "\(outcome.errors)")
    #expect(outcome.errors.contains(complaint) || complaint.isEmpty)
    #expect(outcome.errors.isEmpty == (code == 0))
    #expect(outcome.output.isEmpty == (code != 0), "results, and only they, go to standard output")
  }

  @Test(
    arguments: [
      ("nowhere", 3, "there is no such file"), ("", 2, "path"), ("library --format loud", 2, "loud"),
    ] as [(String, Int32, String)])
  func `the linter's exit codes tell what happened`(arguments: String, code: Int32, complaint: String) throws {
    guard let command = Command.find("guideline-lint") else { return }
    let outcome = try command.run(arguments.split(separator: " ").map(String.init))
    #expect(outcome.code == code)
    #expect(outcome.errors.contains(complaint))
  }

  @Test func `facts may come from standard input, as YAML and as JSON`() throws {
    guard let command = Command.find("guideline") else { return }
    let arguments = ["eval", "--facts", "-", "--library", "library", "--today", "2025-06-01", "--format", "json"]
    let yaml = try command.run(arguments, input: "patient.age: 55 a\nild: {present: yes}\n")
    let json = try command.run(arguments, input: #"{"ild": {"present": "yes"}, "patient.age": "55 a"}"#)
    #expect(yaml.code == 0)
    #expect(yaml.output == json.output)
    #expect(try yaml.output == golden("eval-little-known.json"))
  }

  @Test func `a wrong fact is shown where it stands`() throws {
    guard let command = Command.find("guideline") else { return }
    let outcome = try command.run(["eval", "--facts", "-", "--library", "library"], input: "patient.agee: 55 a\n")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("<stdin>:1:1"))
    #expect(outcome.errors.contains("did you mean `patient.age`?"))
  }

  @Test func `colours come only when asked for, and never against NO_COLOR`() throws {
    guard let command = Command.find("guideline") else { return }
    let arguments = ["eval", "--facts", "patients/child.yaml", "--library", "library"]
    #expect(try !command.run(arguments).output.contains("\u{1B}"))
    #expect(try command.run(arguments + ["--color", "always"]).output.contains("\u{1B}"))
    #expect(try !command.run(arguments + ["--color", "never"]).output.contains("\u{1B}"))
    #expect(try !command.run(arguments, environment: ["NO_COLOR": "1"]).output.contains("\u{1B}"))
  }

  private func golden(_ name: String) throws -> String {
    try String(contentsOfFile: Fixture.folder + "/../Golden/" + name, encoding: .utf8)
  }
}
