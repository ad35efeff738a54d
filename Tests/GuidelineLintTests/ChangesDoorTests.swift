internal import Foundation
internal import TestSupport
internal import Testing

/// `guideline-lint changes`, from outside.
@Suite struct ChangesDoorTests {
  private static let path = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]

  private func git(_ words: String, in folder: URL) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["git", "-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
      + words.split(separator: " ").map(String.init)
    process.currentDirectoryURL = folder
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  @Test func `against a folder and against a revision the same is said`() throws {
    guard let door = try Door() else { return }
    for file in Sample.clinic().files { try door.write("before/" + file.path, file.text) }
    try git("init -q", in: door.folder)
    try git("add content", in: door.folder)
    try git("commit -q -m first", in: door.folder)
    let rules = try door.read("content/tick-bite.yaml")
    try door.write("content/tick-bite.yaml", rules.replacing("18 a", with: "16 a"))

    let folder = try door.run("changes content --against before")
    #expect(folder.code == 1, "\(folder.errors)")
    #expect(folder.output.contains("`recommend amoxicillin` stands now for patients for whom it did not"))
    #expect(folder.output.contains("      patient.age: 16 a\n"))
    #expect(folder.output.contains("error GL0702 version-not-raised"))
    #expect(folder.output.contains("error GL1107 change-not-acknowledged"))
    let revision = try door.run("changes content --against HEAD", environment: Self.path)
    #expect(revision.output == folder.output, "\(revision.errors)")

    try door.write(
      "content/tick-bite.yaml",
      rules.replacing("18 a", with: "16 a").replacing("version: 1.0.0", with: "version: 2.0.0"))
    try door.write("content/CHANGELOG.md", "# Changes\n\n## 2.0.0\n\n- Holds from 16 years on.\n")
    let raised = try door.run("changes content --against before")
    #expect(raised.code == 0, "\(raised.output)")
    #expect(raised.output.contains("major version, 2.0.0 or higher (some patient's advice changes): 2.0.0 is that"))
  }

  @Test(
    arguments: [
      ("changes content --against nowhere", Int32(2), "neither a folder nor a revision"),
      ("changes content --against --help", 2, "--against"), ("changes content", 2, "--against"),
    ])
  func `what cannot be compared is misuse`(words: String, code: Int32, message: String) throws {
    guard let door = try Door() else { return }
    let outcome = try door.run(words, environment: Self.path)
    #expect(outcome.code == code)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
