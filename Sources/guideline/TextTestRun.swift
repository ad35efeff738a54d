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
    if let coverage = result.coverage { lines += reached(coverage) + [""] }
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

  // MARK: Coverage

  private func reached(_ coverage: TestCoverage) -> [String] {
    let judged = coverage.boundariesJudged
    var lines = [
      page.paint("Reached by the cases", .heading),
      "  \(coverage.rulesReached) of \(coverage.rules) rules and rows held in some case",
      "  \(judged - coverage.boundaries.count) of \(judged) limits were met from below, exactly and from above",
    ]
    lines += rules("Rules and rows that spoke in no case", coverage.neverTrue)
    lines += rules("Rules and rows that no case shows not to hold", coverage.neverFalse)
    guard !coverage.boundaries.isEmpty else { return lines }
    lines += ["", page.paint("Limits with a side that no case lies on", .heading)]
    for item in coverage.boundaries {
      let missing = [
        item.hasBelow ? nil : "below", item.hasEqual ? nil : "exactly on", item.hasAbove ? nil : "above",
      ]
      let sides = missing.compactMap(\.self).joined(separator: ", ")
      let words = page.paragraph("\(item.text): no case \(sides) \(item.limit)", indent: 2, mark: "• ")
      lines += page.append("\(item.path):\(item.line)", to: words, indent: 4)
    }
    return lines
  }

  private func rules(_ title: String, _ rules: [UncoveredRule]) -> [String] {
    guard !rules.isEmpty else { return [] }
    return ["", page.paint(title, .heading)]
      + rules.flatMap { rule in
        let words = page.paragraph("\(rule.guideline)/\(rule.name) (\(rule.version))", indent: 2, mark: "• ")
        return page.append("\(rule.path):\(rule.line)", to: words, indent: 4)
      }
  }
}
