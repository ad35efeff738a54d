internal import FindingFormats
internal import SourceText

@testable internal import GuidelineLint

/// A catalogue of a few made-up checks, so that the goldens stay when the real one grows.
enum FormatOptionsForTests {
  static let options = FormatOptions(
    version: "1.2.3",
    checks: [
      check(FormatReport.syntax, .text), check(FormatReport.unknownFact, .library),
      check(FormatReport.citationYear, .library), check(FormatReport.contradiction, .analysis),
      check(FormatReport.noMonitoring, .analysis, isSafety: true), check(FormatReport.layout, .text),
    ],
    pages: "https://example.org/checks/")

  private static func check(_ code: DiagnosticCode, _ layer: Check.Layer, isSafety: Bool = false) -> Check {
    Check(
      code, layer, isSafety: isSafety,
      CheckPage(
        summary: "something about `\(code.name)` <is> wrong", why: "a patient may get the wrong advice",
        example: "a: [b]\nc: ```d```", mended: "a: [c]\n", notes: code == FormatReport.contradiction ? "exact" : nil))
  }
}
