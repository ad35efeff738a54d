package import SourceText

extension Finding {
  /// The lines below a finding in a terminal: what the project says of it, how to read on, and how to allow it.
  package var remarks: [Remark] {
    var rows: [Remark] = []
    switch state {
    case .suppressed(let reason): rows.append(Remark("allowed", reason))
    case .inBaseline: rows.append(Remark("known", "it is among the known findings of the project"))
    case .open: break
    }
    guard let check = Catalogue.check(named: diagnostic.code.id) else { return rows }
    let explain = "guideline-lint explain \(check.code.id)"
    rows.append(Remark("explain", state == .open ? explain + check.allowHint : explain))
    return rows
  }
}

extension Check {
  fileprivate var allowHint: String {
    guard mayBeAllowed else { return "" }
    return isSafety
      ? "      allow: in .guideline-lint.yaml, with reason and approved-by"
      : "      allow: # guideline-lint: allow \(code.id) -- reason"
  }
}

extension LintReport {
  /// `2 errors, 1 warning in 2 files (1 allowed, 3 known); 1 can be mended with a fix`.
  package func summary(_ renderer: DiagnosticRenderer) -> String {
    let open = findings.filter { $0.state == .open }
    var counts: [String] = []
    let known = findings.count { $0.state == .inBaseline }
    let allowed = findings.count - open.count - known
    if allowed > 0 { counts.append("\(allowed) allowed with reason") }
    if known > 0 { counts.append("\(known) known") }
    var text = renderer.summary(open.map(\.diagnostic))
    if !counts.isEmpty { text += " (\(counts.joined(separator: ", ")))" }
    let fixable = open.count { !$0.diagnostic.fixes.isEmpty }
    if fixable > 0 { text += "; for \(fixable) there is a fix" }
    if !unreadable.isEmpty { text += "; \(unreadable.count) of what was named could not be read" }
    return text
  }

  /// The worst of the findings that nobody has allowed; nil: there is none.
  package var worst: Severity? { findings.filter { $0.state == .open }.map(\.diagnostic.code.severity).max() }
}

extension LintReport {
  /// Whether something could not be read, or a question was not decided: then silence proves nothing.
  package var isIncomplete: Bool {
    let undecided = findings.contains {
      $0.state == .open && $0.diagnostic.code.id == Check.analysisBudgetReached.code.id
    }
    return undecided || !unreadable.isEmpty
  }

  /// Whether the configuration itself holds an error.
  package var hasConfigurationFault: Bool {
    findings.contains { finding in
      let item = finding.diagnostic
      return item.code.severity == .error && item.span.map { $0.file == configuration } ?? false
    }
  }
}
