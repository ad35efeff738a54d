internal import GuidelineLint
internal import SourceText

/// A suite for each file, a test case in it for each group of checks: it fails when the run fails because of it.
///
/// No times are written: the same report gives the same bytes.
func junit(_ input: FormatInput) -> String {
  let suites = suites(input)
  let cases = suites.flatMap(\.cases)
  var writer = XMLWriter()
  let counts = attributes(cases, errors: input.report.unreadable.count)
  writer.element("testsuites", [("name", "guideline-lint")] + counts) { writer in
    for file in input.report.unreadable { unreadable(file, &writer) }
    for suite in suites {
      let names = [("name", suite.name)] + (suite.path.map { [("file", $0)] } ?? [])
      writer.element("testsuite", names + attributes(suite.cases, errors: 0)) { writer in
        for item in suite.cases { write(item, in: suite, input, &writer) }
      }
    }
    if !input.report.remarks.isEmpty {
      writer.element("testsuite", [("name", "remarks")] + attributes([], errors: 0)) { writer in
        writer.lines("system-out", [], input.report.remarks.map(DisplayText.visible))
      }
    }
  }
  return writer.text
}

private struct Suite {
  var name: String
  /// Nil: the library as a whole.
  var path: String?
  var cases: [Case]
}

private struct Case {
  var group: CheckGroup
  var failing: [Finding]
  /// Below the severity that fails the run, or allowed.
  var others: [Finding]
}

private func suites(_ input: FormatInput) -> [Suite] {
  let codes = input.options.checks.map(\.code) + input.report.findings.map(\.diagnostic.code)
  let groups = Set(codes.map(CheckGroup.init)).sorted()
  let findings = Dictionary(grouping: input.report.findings) { $0.diagnostic.span.map { input.path($0.file) } }
  let paths = Set(input.files.all.map { relativePath($0.path) } + findings.keys.compactMap(\.self)).sorted()
  let files = paths.map { Suite(name: $0, path: $0, cases: cases(groups, findings[$0] ?? [], input)) }
  guard let whole = findings[nil] else { return files }
  return [Suite(name: "the library as a whole", path: nil, cases: cases(groups, whole, input))] + files
}

private func cases(_ groups: [CheckGroup], _ findings: [Finding], _ input: FormatInput) -> [Case] {
  let sorted = Dictionary(grouping: findings) { CheckGroup($0.diagnostic.code) }
  return groups.map { group in
    let here = sorted[group] ?? []
    let fails = { (finding: Finding) in finding.isOpen && finding.diagnostic.code.severity >= input.options.failOn }
    return Case(group: group, failing: here.filter(fails), others: here.filter { !fails($0) })
  }
}

private func attributes(_ cases: [Case], errors: Int) -> XMLWriter.Attributes {
  [
    ("tests", "\(cases.count + errors)"), ("failures", "\(cases.count { !$0.failing.isEmpty })"),
    ("errors", "\(errors)"),
  ]
}

private func unreadable(_ file: UnreadableFile, _ writer: inout XMLWriter) {
  let path = relativePath(file.path)
  writer.element("testsuite", [("name", path), ("file", path)] + attributes([], errors: 1)) { writer in
    writer.element("testcase", [("classname", path), ("name", "reading"), ("file", path)]) { writer in
      writer.empty("error", [("message", file.message), ("type", UnreadableFile.code)])
    }
  }
}

private func write(_ item: Case, in suite: Suite, _ input: FormatInput, _ writer: inout XMLWriter) {
  let names: XMLWriter.Attributes =
    [("classname", suite.name), ("name", item.group.title)] + (suite.path.map { [("file", $0)] } ?? [])
  guard !item.failing.isEmpty || !item.others.isEmpty else { return writer.empty("testcase", names) }
  writer.element("testcase", names) { writer in
    if let first = item.failing.first?.diagnostic {
      let more = item.failing.count == 1 ? "" : " (and \(item.failing.count - 1) more)"
      writer.lines(
        "failure", [("message", input.message(first) + more), ("type", input.heading(first.code))],
        item.failing.flatMap { lines($0, input) })
    }
    if !item.others.isEmpty { writer.lines("system-out", [], item.others.flatMap { lines($0, input) }) }
  }
}

private func lines(_ finding: Finding, _ input: FormatInput) -> [String] {
  let diagnostic = finding.diagnostic
  let place = diagnostic.span.map { input.place($0) + ": " } ?? ""
  let code = diagnostic.code
  let first = place + "\(code.severity.rawValue) \(input.heading(code)): " + input.message(diagnostic)
  let state: [String] =
    switch finding.state {
    case .open: []
    case .suppressed(let reason): ["allowed: " + DisplayText.visible(reason)]
    case .inBaseline: ["it was there when the baseline was written"]
    }
  return [first] + (state + input.details(diagnostic)).map { "  " + $0 }
}
