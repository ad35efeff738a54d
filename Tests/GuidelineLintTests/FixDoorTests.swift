internal import Foundation
internal import TestSupport
internal import Testing

/// `--fix` and `--diff`, from outside.
@Suite struct FixDoorTests {
  private static let unknown = Sample.clinic(rule: "patient.aeg >= 18 a")

  @Test func `a difference is shown and nothing is written`() throws {
    guard let door = try Door(Self.unknown) else { return }
    let before = try door.read("content/tick-bite.yaml")
    let outcome = try door.run("content --fix=suggested --diff")
    #expect(outcome.code == 1)
    #expect(outcome.output.hasPrefix("--- a/content/tick-bite.yaml\n+++ b/content/tick-bite.yaml\n@@ "))
    #expect(outcome.output.contains("-    when: [patient.aeg >= 18 a]\n+    when: [patient.age >= 18 a]\n"))
    #expect(outcome.errors.contains("2 findings in 2 files would be mended; nothing was written.\n"))
    #expect(try door.read("content/tick-bite.yaml") == before)
    let safe = try door.run("content --diff")
    #expect(safe.code == 1)
    #expect(safe.output.isEmpty)
  }

  @Test func `what was mended and what is left is said`() throws {
    guard let door = try Door(Self.unknown) else { return }
    let safe = try door.run("content --fix")
    #expect(safe.code == 1)
    #expect(
      safe.output.hasSuffix(
        "Nothing was mended.\nLeft: 2 findings; for 1 of them there is a fix: see `--fix=suggested`, or do it by hand.\n"
      ))
    let outcome = try door.run("content --fix=suggested")
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("no findings\n"))
    #expect(
      outcome.output.contains(
        "mended content/tick-bite.yaml:13:12: GL0301 unknown-fact: write `patient.age` [edit]\n"))
    #expect(outcome.output.hasSuffix("Mended 2 findings in 2 files.\n"))
    let mended = try door.read("content/tick-bite.yaml")
    #expect(mended.contains("when: [patient.age >= 18 a]"))
    #expect(try door.run("content --fix=suggested").output.hasSuffix("Nothing was mended.\n"))
    #expect(try door.read("content/tick-bite.yaml") == mended)
  }

  @Test func `links stay links, and permissions stay as they are`() throws {
    guard let door = try Door(Self.unknown) else { return }
    let files = FileManager.default
    let place = door.folder.appendingPathComponent("content/tick-bite.yaml").path
    let real = door.folder.appendingPathComponent("elsewhere.yaml").path
    try files.moveItem(atPath: place, toPath: real)
    try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: real)
    try files.createSymbolicLink(atPath: place, withDestinationPath: "../elsewhere.yaml")
    let outcome = try door.run("content/words.yaml content/tick-bite.yaml --fix=suggested")
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    #expect(try files.destinationOfSymbolicLink(atPath: place) == "../elsewhere.yaml")
    #expect(try files.attributesOfItem(atPath: real)[.posixPermissions] as? Int == 0o640)
    #expect(try door.read("elsewhere.yaml").contains("[patient.age >= 18 a]"))
    let left = try files.contentsOfDirectory(atPath: door.folder.path).filter { $0.hasSuffix(".tmp") }
    #expect(left.isEmpty)
  }

  @Test func `the mended text of standard input is the output`() throws {
    guard let door = try Door(Self.unknown) else { return }
    let draft = Self.unknown.files[1].text
    let words = "- content --stdin-filename content/tick-bite.yaml"
    let outcome = try door.run("\(words) --fix=suggested", input: draft)
    #expect(outcome.output == draft.replacing("aeg", with: "age"))
    #expect(outcome.errors.contains("Mended 1 finding in 1 file.\n"))
    #expect(try door.read("content/words.yaml").contains("gerd"))
    #expect(try door.read("content/tick-bite.yaml") == draft)
    #expect(try door.run("\(words) --fix", input: draft).output == draft)
    let difference = try door.run("\(words) --fix=suggested --diff", input: draft)
    #expect(difference.output.hasPrefix("--- a/content/tick-bite.yaml\n"))
  }

  @Test(
    arguments: [
      ("content --fix=loud", "loud"), ("content --fix --watch", "`--watch` only looks"),
      ("content --diff --watch", "`--watch` only looks"),
    ])
  func `what does not fit together is misuse`(words: String, message: String) throws {
    guard let door = try Door() else { return }
    let outcome = try door.run(words)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(message))
  }
}
