internal import GuidelineLint
internal import SourceText

/// Workflow commands, which GitHub shows as annotations beside the lines; then the remarks, as lines of the log.
///
/// GitHub shows ten annotations of a level and step, so of more the nine worst are written and the rest is counted.
/// Source: GitHub documentation, "Workflow commands for GitHub Actions"; the escapes are those of its toolkit.
func github(_ input: FormatInput) -> String {
  let lines = Severity.allCases.reversed().flatMap { annotations($0, input) }
  let remarks = (input.report.remarks + [input.silent].compactMap(\.self)).map { "note: " + DisplayText.visible($0) }
  return (lines + remarks).map { $0 + "\n" }.joined()
}

private func annotations(_ severity: Severity, _ input: FormatInput) -> [String] {
  let unreadable = severity == .error ? input.report.unreadable.map(annotation) : []
  let findings = input.open.filter { $0.diagnostic.code.severity == severity }
  let room = max(0, mostShown - unreadable.count)
  guard unreadable.count + findings.count > mostShown + 1 else {
    return unreadable + findings.map { annotation($0, input) }
  }
  let shown = worst(findings, room, input).map { annotation($0, input) }
  let rest = unreadable.count + findings.count - min(mostShown, unreadable.count) - shown.count
  let more = counted(rest, "more finding", "more findings") + " of this severity, see the job summary"
  return unreadable.prefix(mostShown) + shown + ["::\(command(severity))::" + more]
}

private let mostShown = 9

/// What guards patients first, then what comes with an example patient; in the order of the report.
private func worst(_ findings: [Finding], _ room: Int, _ input: FormatInput) -> [Finding] {
  let ranked = findings.indices.sorted { left, right in
    let leftRank = rank(findings[left], input)
    let rightRank = rank(findings[right], input)
    return leftRank == rightRank ? left < right : leftRank > rightRank
  }
  return ranked.prefix(room).sorted().map { findings[$0] }
}

private func rank(_ finding: Finding, _ input: FormatInput) -> Int {
  (input.isSafety(finding) ? 2 : 0) + (finding.diagnostic.example == nil ? 0 : 1)
}

private func command(_ severity: Severity) -> String {
  switch severity {
  case .error: "error"
  case .warning: "warning"
  case .info: "notice"
  }
}

private func annotation(_ finding: Finding, _ input: FormatInput) -> String {
  let diagnostic = finding.diagnostic
  let place = diagnostic.span.map { properties(input.shown($0), input) } ?? []
  let all = (place + [("title", input.heading(diagnostic.code))]).map { "\($0.0)=\(escapedProperty($0.1))" }
  let text = [input.message(diagnostic)] + input.details(diagnostic)
  return "::\(command(diagnostic.code.severity)) " + all.joined(separator: ",") + "::"
    + escaped(text.joined(separator: "\n"))
}

private func annotation(_ file: UnreadableFile) -> String {
  "::error file=\(escapedProperty(relativePath(file.path))),title=\(UnreadableFile.code)::" + escaped(file.message)
}

/// Columns are understood only where the place begins and ends in one line.
private func properties(_ span: Span, _ input: FormatInput) -> [(String, String)] {
  let file = input.files[span.file]
  let start = file.position(at: span.start)
  let end = file.position(at: span.end)
  let lines = [("file", input.path(span.file)), ("line", "\(start.line)")]
  guard start.line == end.line else {
    // A place that ends before the first column of a line does not reach into it.
    return lines + [("endLine", "\(end.column == 1 ? end.line - 1 : end.line)")]
  }
  return lines + [("col", "\(start.column)"), ("endColumn", "\(end.column)")]
}

private func escaped(_ text: String) -> String { replaced(text, "") }

private func escapedProperty(_ text: String) -> String { replaced(text, ":,") }

private func replaced(_ text: String, _ others: String) -> String {
  text.unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case "%": result += "%25"
    case "\r": result += "%0D"
    case "\n": result += "%0A"
    case ":" where others.unicodeScalars.contains(scalar): result += "%3A"
    case "," where others.unicodeScalars.contains(scalar): result += "%2C"
    default: result.unicodeScalars.append(scalar)
    }
  }
}
