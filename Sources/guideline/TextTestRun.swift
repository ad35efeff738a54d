internal import GuidelineKit

/// What came of the tests: the failures, then the count in the last line.
struct TextTestRun {
  let result: TestRun
  let page: Page

  init(_ result: TestRun, page: Page) {
    self.result = result
    self.page = page
  }

  func render() -> String {
    var lines: [String] = []
    for suite in result.suites {
      for item in suite.cases where !item.passed { lines += failed(item, of: suite) + [""] }
    }
    lines.append(page.paint("\(result.passed) passed, \(result.failed) failed", result.failed == 0 ? .good : .alarm))
    return lines.joined(separator: "\n") + "\n"
  }

  private func failed(_ item: CaseResult, of suite: SuiteResult) -> [String] {
    let title = item.title.map { " – \($0)" } ?? ""
    var lines = page.paragraph("\(suite.id) / \(item.name)\(title)", mark: "✗ ", role: .title)
    for failure in item.failures {
      let written = page.paragraph("\(failure.kind.rawValue): \(failure.expectation)", indent: 4)
      lines += page.append("\(failure.path):\(failure.line)", to: written, indent: 6)
      for line in failure.explanation { lines += page.paragraph(line, indent: 8) }
    }
    return lines
  }
}
