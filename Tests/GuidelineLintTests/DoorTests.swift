internal import Foundation
internal import GuidelineLint
internal import TestSupport
internal import Testing

/// The command, from outside.
@Suite struct DoorTests {
  @Test(
    arguments: [
      ("content", 0, "GL0305", ""),
      ("lint content", 0, "GL0305", ""),
      ("content --fail-on warning", 1, "GL0305", ""),
      ("content --fail-on error", 0, "GL0305", ""),
      ("content --fail-on loud", 2, "", "loud"),
      ("content --ignore GL0305 --fail-on info", 0, "no findings", ""),
      ("content --ignore GL03 --fail-on info", 0, "no findings", ""),
      ("content --select unused-fact --fail-on info", 1, "GL0305", ""),
      ("content --select GL07", 0, "no findings", ""),
      ("content --select GL07,unused-fact --fail-on info", 1, "GL0305", ""),
      ("content --ignore GL12,unused-fact --fail-on info", 0, "no findings", ""),
      ("content --select GL99", 2, "", "GL99"),
      ("content --select GL07,unused-fakt", 2, "", "did you mean `unused-fact`?"),
      ("content --format loud", 2, "", "loud"),
      ("content --threads 0", 2, "", "threads"),
      ("content --today 2026-02-30", 2, "", "February 2026 has 28 days"),
      ("content --config nowhere.yaml", 3, "", "nowhere.yaml"),
      ("content --config x --no-config", 2, "", "exclude"),
      ("content nowhere", 3, "no findings; 1 of what was named could not be read", "`nowhere` cannot be read"),
      ("nowhere", 3, "no findings; 1 of what was named could not be read", "there is no such file"),
      ("", 2, "", "there is no path to check"),
      ("empty", 2, "", "there are no *.yaml"),
      ("explain GL0305", 0, "unused-fact", ""),
      ("explain gl0305 suppression-unused", 0, "GL0002", ""),
      ("explain unused-fact --format markdown", 0, "# GL0305 unused-fact", ""),
      ("explain unused-fakt", 2, "", "did you mean `unused-fact`?"),
      ("checks", 0, "GL0305", ""),
      ("checks --format json", 0, "\"id\": \"GL0305\"", ""),
      ("checks --format markdown", 0, "| GL0305 |", ""),
      ("--version", 0, "", ""),
      ("--help", 0, "explain", ""),
    ] as [(String, Int32, String, String)])
  func `exit codes and channels tell what happened`(
    words: String, code: Int32, output: String, errors: String
  ) throws {
    guard let door = try Door() else { return }
    try FileManager.default.createDirectory(
      at: door.folder.appendingPathComponent("empty"), withIntermediateDirectories: true)
    let outcome = try door.run(words)
    #expect(outcome.code == code, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains(output) || output.isEmpty)
    #expect(outcome.errors.contains(errors) || errors.isEmpty)
    #expect(outcome.errors.isEmpty == errors.isEmpty, "\(outcome.errors)")
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func `an error fails the run, and one that cannot be read is never hidden by it`() throws {
    guard let door = try Door(.clinic(rule: "patient.aeg > 1 a")) else { return }
    #expect(try door.run("content").code == 1)
    #expect(try door.run("content nowhere").code == 3)
    #expect(try door.run("content --format json nowhere").output.contains("\"unreadable\":[{\"path\":\"nowhere\""))
  }

  @Test func `the configuration is found above the first path`() throws {
    guard let door = try Door() else { return }
    try door.write(".guideline-lint.yaml", "fail-on: warning\npaths: [content]\n")
    #expect(try door.run("").code == 1)
    #expect(try door.run("content").code == 1)
    #expect(try door.run("./content/words.yaml content").code == 1)
    #expect(try door.run("content --no-config").code == 0)
    #expect(try door.run("content --fail-on error").code == 0)
    try door.write("content/.guideline-lint.yaml", "checks: {GL0305: off}\n")
    #expect(try door.run("content").output.hasPrefix("no findings (1 allowed with reason)"))
    #expect(try door.run("content --config .guideline-lint.yaml").code == 1)
  }

  @Test func `a wrong configuration is misuse`() throws {
    guard let door = try Door() else { return }
    try door.write(".guideline-lint.yaml", "fial-on: warning\n")
    let outcome = try door.run("content --format short")
    #expect(outcome.code == 2)
    #expect(outcome.output.contains(".guideline-lint.yaml:1:1: error GL0007"))
  }

  @Test func `known findings are written, read, and taken away`() throws {
    guard let door = try Door() else { return }
    try door.write(".guideline-lint.yaml", "fail-on: warning\nbaseline: known.json\n")
    #expect(try door.run("content").code == 1)
    #expect(try door.run("baseline content").errors == "known.json: 1 known finding\n")
    #expect(try door.read("known.json").contains(#"{"check":"GL0305","fingerprint":"#))
    #expect(try door.run("content").code == 0)
    #expect(try door.run("content").output.hasPrefix("no findings (1 known)"))
    #expect(try door.run("content --show-suppressed").output.contains("= known: it is among the known findings"))
    let mended = Sample.clinic(rule: "patient.age > 18 a, gerd")
    for file in mended.files { try door.write("content/" + file.path, file.text) }
    #expect(try door.run("content --format short").output.contains("known.json:3:5: warning GL0006"))
    #expect(try door.run("baseline content --prune").errors == "known.json: 0 known findings\n")
    #expect(try door.run("content").output.hasPrefix("no findings\n"))
  }

  @Test func `allowed findings are shown when asked for`() throws {
    guard let door = try Door(.clinic(behind: " # guideline-lint: allow GL0305 -- asked for later")) else { return }
    #expect(try !door.run("content").output.contains("GL0305"))
    let shown = try door.run("content --show-suppressed").output
    #expect(shown.contains("GL0305"))
    #expect(shown.contains("   = allowed: asked for later\n"))
  }

  @Test func `standard input stands for a file`() throws {
    guard let door = try Door() else { return }
    let draft = Sample.clinic(rule: "patient.aeg > 1 a").files[1].text
    let outcome = try door.run("- content --stdin-filename content/tick-bite.yaml --format short", input: draft)
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("content/tick-bite.yaml:13:12: error GL0301"))
    #expect(try door.run("- content/words.yaml --format short", input: draft).output.contains("stdin.yaml:13:12"))
  }

  @Test func `one thread and many say the same`() throws {
    guard let door = try Door() else { return }
    let content = Repository.root + "/Tests/Fixtures/library"
    let one = try door.run("\(content) --threads 1")
    #expect(one.output.contains("Analysed"))
    #expect(try door.run("\(content) --threads 7").output == one.output)
  }

  @Test func `the summary of a job is written where GitHub asks for it`() throws {
    guard let door = try Door() else { return }
    let path = door.folder.appendingPathComponent("summary.md").path
    let outcome = try door.run("content --format github", environment: ["GITHUB_STEP_SUMMARY": path])
    #expect(outcome.output.contains("::warning file=content/words.yaml"))
    #expect(try door.read("summary.md").contains("GL0305"))
  }

  @Test func `nothing is concluded from what could not be read`() throws {
    guard let door = try Door() else { return }
    let allowances = """
      allow:
        - {check: GL0305, where: [content/words.yaml], reason: asked for later}
      safety: {amoxicillin: {interactions: [warfarin]}}

      """
    try door.write(".guideline-lint.yaml", allowances)
    for words in ["nowhere", "content/cases.yaml nowhere", "content nowhere"] {
      let outcome = try door.run(words + " --format short")
      #expect(outcome.code == 3)
      #expect(outcome.output.split(separator: "\n").filter { $0.contains("GL") } == [], "\(words)")
      #expect(outcome.errors == "error: `nowhere` cannot be read: there is no such file\n")
    }
  }
}
