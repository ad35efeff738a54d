internal import Foundation
internal import TestSupport
internal import Testing

/// What the linter prints of a patient holds when it is taken over as a test.
@Suite struct PastedPatientTests {
  private static let rule = "sjogren-azathioprine/2026.yaml"
  private static let overrides = """
        overrides:
          - conclusions:
              - {recommend: any, line: [initial, first_line, first_line_maintenance, second_line, progression, observation]}
              - {against: any, line: [initial, first_line, first_line_maintenance, second_line, progression]}
              - {switch: any}
            because: the ILD is rapidly progressive, and that advice is for ILD that is not

    """

  @Test func `without its overrides the rule of RP-ILD shows a patient, who fails as a test`() throws {
    var sample = try Self.content()
    guard let intact = try Door(sample, command: "guideline") else { return }
    // A rule has to say something: in place of what it replaced it leaves a note.
    sample = sample.replacing(Self.overrides, "    then: [{note: Rapidly progressive.}]\n")
    guard let linter = try Door(sample), let tester = try Door(sample, command: "guideline") else { return }
    let outcome = try linter.run("content --no-config --select GL0203,GL0801,GL0825 --today 2026-06-01 --color never")
    #expect(outcome.code == 1)
    #expect(outcome.output.hasPrefix("error GL0825 invariant-violated"), "\(outcome.output)")
    #expect(outcome.output.contains("content/\(Self.rule):"))
    for fact in ["diagnosis: [sjogren]", "ild.present: yes", "ild.rapidly_progressive: yes"] {
      #expect(outcome.output.contains("\n        \(fact)\n"), "\(fact)")
    }
    #expect(outcome.output.contains("recommend azathioprine, line first_line_maintenance"))
    let test = try #require(Self.test(in: outcome.output))
    for door in [intact, tester] { try door.write("patient.yaml", test) }
    let before = try intact.run("test --library content patient.yaml")
    #expect(before.code == 0, "\(before.output)\(before.errors)")
    let after = try tester.run("test --library content patient.yaml")
    #expect(after.code == 1, "\(after.errors)")
    #expect(after.output.contains("recommend azathioprine"), "\(after.output)")
  }

  @Test func `a rule whose overrides are simply deleted is told what it needs, and its patient is shown all the same`()
    throws
  {
    let sample = try Self.content().replacing(Self.overrides, "")
    guard let linter = try Door(sample) else { return }
    let outcome = try linter.run("content --no-config --select GL0203,GL0825 --today 2026-06-01 --color never")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("rule `rp-ild-replaces-other-lines` has no `then`"))
    #expect(outcome.output.contains("or whose conclusions it replaces under `overrides:`"))
    #expect(outcome.output.contains("\n        ild.rapidly_progressive: yes\n"))
  }

  /// The guideline, with all that it uses.
  private static func content() throws -> Sample {
    let folders = ["vocabulary/", "definitions/", "thiopurine-alleles/", rule]
    let files = try FolderContent.content(of: "guidelines").filter { file in
      folders.contains { file.path.hasPrefix($0) }
    }
    return Sample(files: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
  }

  /// The test document of the first finding that has one.
  private static func test(in output: String) -> String? {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    guard let title = lines.firstIndex(where: { $0.hasSuffix("as a test, which fails until this is mended:") }) else {
      return nil
    }
    let document = lines[(title + 1)...].prefix { $0.hasPrefix("        ") }
    return document.map { $0.dropFirst(8) + "\n" }.joined()
  }
}
