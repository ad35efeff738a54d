internal import FindingFormats
internal import GuidelineLint
internal import SourceText
internal import Testing

/// The formats that are lines of text.
@Suite struct FormatTextTests {
  private static func lines(_ report: LintReport, _ form: FindingFormat) -> [String] {
    String(decoding: format(report, as: form, options: FormatReport.options), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  @Test(arguments: [(9, 9), (10, 10), (11, 10), (40, 10)])
  func `GitHub gets at most ten annotations of a severity`(count: Int, shown: Int) {
    let commands = Self.lines(FormatReport.many(count), .github).filter { $0.hasPrefix("::error") }
    #expect(commands.count == shown)
    #expect(commands.contains { $0.contains("GL0902") }, "what guards patients is not shown")
    #expect(
      (count > 10) == (commands.last == "::error::\(count - 9) more findings of this severity, see the job summary"))
  }

  @Test func `files that cannot be read take part in the ten annotations`() {
    var report = FormatReport.many(30)
    report.unreadable = (0..<12).map { UnreadableFile(path: "u\($0).yaml", reason: "lost") }
    let commands = Self.lines(report, .github).filter { $0.hasPrefix("::error") }
    #expect(commands.count == 10)
    #expect(commands.last == "::error::33 more findings of this severity, see the job summary")
  }

  @Test func `nothing that content says begins a workflow command`() {
    var report = FormatReport.whole
    report.remarks = ["x\n::error::y"]
    for line in Self.lines(report, .github) where !line.hasPrefix("note: ") {
      #expect(line.hasPrefix("::error") || line.hasPrefix("::notice"))
      #expect(!line.contains("\r"))
    }
    #expect(Self.lines(report, .github).contains("note: x␊::error::y"))
  }

  @Test func `a short report holds a line for each open finding`() {
    let lines = Self.lines(FormatReport.whole, .short)
    #expect(lines.count { $0.contains(" GL") } == FormatReport.whole.findings.count { $0.state == .open })
    #expect(lines.contains { $0.hasPrefix("./guidelines/labs.yaml:3:26: error GL0301 unknown-fact: ") })
  }

  @Test func `a job summary keeps to the size that GitHub takes, and counts what it leaves out`() {
    let summary = jobSummary(FormatReport.many(20_000), options: FormatReport.options)
    #expect(summary.count < 1 << 20)
    let text = String(decoding: summary, as: UTF8.self)
    let shown = text.split(separator: "\n").count { $0.hasPrefix("### ") }
    #expect(text.contains("\(20_000 - shown) more entries do not fit on this page."))
    #expect(
      jobSummary(FormatReport.whole, options: FormatReport.options)
        == format(FormatReport.whole, as: .markdown, options: FormatReport.options))
  }

  @Test func `no text leaves its place in a page`() {
    let page = Self.lines(FormatReport.whole, .markdown).joined(separator: "\n")
    #expect(!page.contains("<b>"))
    #expect(page.contains(#"\*y\* \[z\](w)"#))
    #expect(page.contains("`` # ") == false)
  }
}
