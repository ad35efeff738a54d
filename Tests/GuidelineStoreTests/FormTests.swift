internal import Foundation
internal import SourceText
internal import TestSupport
internal import Testing

@testable internal import GuidelineStore

/// A file that an older build of the same version has made must not be read as something else.
@Suite struct `The form of programs` {
  /// `GUIDELINE_BLESS=1` writes it anew.
  @Test func `has another number when it is another`() throws {
    var sum = FNV()
    sum.add(try Pair(folder: "Tests/Fixtures/one-dose").bytes)
    sum.add(try Pair(folder: "Tests/Fixtures/library").bytes)
    let text = "form \(ProgramFile.format): \(sum.text)\n"
    let url = URL(fileURLWithPath: Repository.root + "/Tests/Golden/program-form.txt")
    if ProcessInfo.processInfo.environment["GUIDELINE_BLESS"] == "1" { try Data(text.utf8).write(to: url) }
    #expect(
      try String(contentsOf: url, encoding: .utf8) == text,
      """
      programs have other bytes: if anything is stored in another form, raise `ProgramFile.format`; if only the \
      fixtures or what they are compiled into have changed, do not; then run this again with GUIDELINE_BLESS=1
      """)
  }
}
