internal import GuidelineJSON
internal import GuidelineLint
internal import SourceText

/// The code quality report of GitLab: only the members that GitLab documents.
///
/// Source: GitLab documentation, "Code Quality", section on custom tools.
func gitlab(_ input: FormatInput) -> [UInt8] {
  var seen: [String: Int] = [:]
  let findings = input.open.map { finding -> JSONValue in
    let count = seen[finding.fingerprint, default: 0] + 1
    seen[finding.fingerprint] = count
    return violation(finding, count, input)
  }
  return JSONValue.array(input.report.unreadable.map(violation) + findings).prettyBytes
}

/// GitLab shows findings with equal fingerprints as one, so the second and later of them are told apart by number.
private func violation(_ finding: Finding, _ number: Int, _ input: FormatInput) -> JSONValue {
  let diagnostic = finding.diagnostic
  let span = diagnostic.span
  return .object([
    "description": .string(input.message(diagnostic)),
    "check_name": .string(input.heading(diagnostic.code)),
    "fingerprint": .string(finding.fingerprint + (number > 1 ? "-\(number)" : "")),
    "severity": .string(severity(finding, input)),
    "location": location(input.anyPath(of: diagnostic), line: span.map { input.files.position($0).line } ?? 1),
  ])
}

private func violation(_ file: UnreadableFile) -> JSONValue {
  let path = relativePath(file.path)
  return .object([
    "description": .string(file.message),
    "check_name": .string(UnreadableFile.code),
    "fingerprint": .string(UnreadableFile.code + ":" + path),
    "severity": .string("blocker"),
    "location": location(path, line: 1),
  ])
}

private func location(_ path: String, line: Int) -> JSONValue {
  .object(["path": .string(path), "lines": .object(["begin": .count(line)])])
}

/// What guards patients blocks; the other errors are critical.
private func severity(_ finding: Finding, _ input: FormatInput) -> String {
  switch finding.diagnostic.code.severity {
  case .error: input.isSafety(finding) ? "blocker" : "critical"
  case .warning: "major"
  case .info: "info"
  }
}
