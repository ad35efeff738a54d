internal import FindingFormats
internal import Foundation
internal import GuidelineLint
internal import TestSupport
internal import Testing

@Suite struct FormatGoldenTests {
  @Test(arguments: FindingFormat.allCases)
  func `every format is as it was`(_ form: FindingFormat) throws {
    try expectGolden(format(FormatReport.whole, as: form, options: FormatReport.options), "findings.\(form.suffix)")
  }

  @Test(arguments: [FindingFormat.sarif, .junit, .markdown])
  func `an empty report is as it was`(_ form: FindingFormat) throws {
    try expectGolden(
      format(FormatReport.empty, as: form, options: FormatReport.options), "findings-empty.\(form.suffix)")
  }

  @Test(arguments: FindingFormat.allCases)
  func `every format ends its last line and names no folder of this machine`(_ form: FindingFormat) {
    for report in [FormatReport.whole, FormatReport.many(30)] {
      let bytes = format(report, as: form, options: FormatReport.options)
      #expect(bytes.last == UInt8(ascii: "\n"))
      #expect(!String(decoding: bytes, as: UTF8.self).contains(Repository.root))
    }
  }

  @Test(arguments: FindingFormat.allCases)
  func `every open finding is told in every format with the same words`(_ form: FindingFormat) {
    let text = String(
      decoding: format(FormatReport.whole, as: form, options: FormatReport.options), as: UTF8.self)
    for words in ["both recommended and advised against", "no fact is named", "three blank lines stand"] {
      #expect(text.contains(words))
    }
    #expect(text.contains("permission denied"))
  }

  /// Compares with a file in `Tests/Golden`; `GUIDELINE_BLESS=1` writes it anew.
  private func expectGolden(_ bytes: [UInt8], _ name: String) throws {
    let url = URL(fileURLWithPath: Repository.root + "/Tests/Golden/" + name)
    if ProcessInfo.processInfo.environment["GUIDELINE_BLESS"] == "1" {
      try Data(bytes).write(to: url)
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text == (try String(contentsOf: url, encoding: .utf8)), "\(name) has changed")
  }
}

extension FindingFormat {
  /// How the golden file of the format ends.
  fileprivate var suffix: String {
    switch self {
    case .short: "short.txt"
    case .json: "json"
    case .sarif: "sarif"
    case .github: "github.txt"
    case .gitlab: "gitlab.json"
    case .junit: "junit.xml"
    case .checkstyle: "checkstyle.xml"
    case .rdjson: "rdjson"
    case .markdown: "md"
    }
  }
}
