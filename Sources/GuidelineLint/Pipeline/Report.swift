internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

/// Says of each finding whether it is open, and puts all in the order in which they are shown.
func report(
  _ found: [Diagnostic], _ outcome: LintOutcome, _ inputs: LintInputs, _ settings: LintSettings
) -> LintReport {
  var judge = Judge(outcome, inputs, settings)
  var findings = judge.judge(found)
  findings += judge.aftermath(of: findings)
  var report = LintReport(files: inputs.files, findings: sorted(findings, in: inputs.files))
  report.configuration = inputs.configuration
  report.remarks = remarks(on: outcome.families, report.findings)
  return report
}

/// What is known of a run when its findings are judged.
private struct Judge {
  let outcome: LintOutcome
  let inputs: LintInputs
  let settings: LintSettings
  let configuration: Configuration
  let baseline: Baseline?
  let comments: CommentAllowances
  let parts: Parts
  /// Permissions that were needed: their number, and for which check.
  var used: Set<Use> = []

  struct Use: Hashable {
    var allowance: Int
    var check: String
  }

  init(_ outcome: LintOutcome, _ inputs: LintInputs, _ settings: LintSettings) {
    self.outcome = outcome
    self.inputs = inputs
    self.settings = settings
    configuration = outcome.configuration
    baseline = inputs.baseline.map { Baseline(inputs.files[$0]) }
    comments = CommentAllowances(outcome.syntax.trees, in: inputs.files, on: settings.today)
    parts = Parts(outcome.syntax.trees)
  }

  var allowances: [Allowance] { comments.allowances + configuration.allowances }

  /// The findings of a run with their state; a baseline knows those that nobody allowed.
  mutating func judge(_ found: [Diagnostic]) -> [Finding] {
    var all = Diagnostics()
    for item in found { all.report(item) }
    var fingerprints = Fingerprints(inputs.files, parts)
    let known = Set(baseline?.entries.map { [$0.check, $0.fingerprint] } ?? [])
    return all.sorted(in: inputs.files).map { item in
      var finding = Finding(
        diagnostic: item, fingerprint: fingerprints.fingerprint(of: item), state: .open, part: name(of: item))
      if let setting = configuration.settings.last(where: { $0.check == item.code.id }) { finding.apply(setting) }
      if finding.state == .open, let reason = allow(item) { finding.state = .suppressed(reason: reason) }
      let isKnown = known.contains([item.code.id, finding.fingerprint])
      if finding.state == .open, isKnown, Catalogue.check(named: item.code.id)?.mayBeKnown ?? false {
        finding.state = .inBaseline
      }
      return finding
    }
  }

  private mutating func allow(_ item: Diagnostic) -> String? {
    guard item.mayBeAllowed else { return nil }
    let all = allowances
    let fitting = all.indices.filter { speaks(all[$0], for: item) }
    // Every permission that speaks for it is needed: to take one away as unused must not bring the finding back.
    for index in fitting { used.insert(Use(allowance: index, check: item.code.id)) }
    return fitting.first.map { all[$0].reason }
  }

  private func speaks(_ allowance: Allowance, for item: Diagnostic) -> Bool {
    guard allowance.checks.contains(item.code.id), reaches(allowance.reach, item) else { return false }
    return allowance.subject.map(item.subjects.contains) ?? true
  }

  private func reaches(_ reach: Allowance.Reach, _ item: Diagnostic) -> Bool {
    guard let span = item.span else { return reach == .everything }
    switch reach {
    case .everything: return true
    case .place(let place): return place.file == span.file && place.start <= span.start && span.start < place.end
    case .path(let path):
      let own = inputs.files[span.file].path
      return own == path || own.hasSuffix("/" + path) || (path.hasSuffix("/") && ("/" + own).contains("/" + path))
    case .part(let name):
      let document = parts.document(span.file)?.id ?? ""
      return parts.part(at: span)?.answers(to: name, in: document) ?? (name == document)
    }
  }

  private func name(of item: Diagnostic) -> String {
    guard let span = item.span, let part = parts.part(at: span) else { return "" }
    return "\(parts.document(span.file)?.id ?? "")/\(part.name)"
  }

  // MARK: What remains to be said

  /// Findings about permissions, the configuration and the baseline themselves.
  func aftermath(of findings: [Finding]) -> [Finding] {
    var found = comments.found
    for fault in configuration.faults + (baseline?.faults ?? []) { found.report(fault) }
    if outcome.isWhole {
      configuration.safety.reportUnknownNames(in: outcome.vocabulary, statements: outcome.statements, into: &found)
    }
    reportTooWide(findings, into: &found)
    // What could not be read may hold what a permission or a known finding is about.
    if !settings.isIncomplete {
      reportUnused(findings, into: &found)
      reportStale(findings, into: &found)
    }
    var fingerprints = Fingerprints(inputs.files, parts)
    return found.sorted(in: inputs.files).filter { settings.wants($0.code.id, $0.code.name) }.map { item in
      var finding = Finding(
        diagnostic: item, fingerprint: fingerprints.fingerprint(of: item), state: .open, part: name(of: item))
      if let setting = configuration.settings.last(where: { $0.check == item.code.id }) { finding.apply(setting) }
      return finding
    }
  }

  private func reportTooWide(_ findings: [Finding], into found: inout Diagnostics) {
    for (name, reach) in comments.tooWide {
      let here = findings.filter { $0.diagnostic.mayBeAllowed && reaches(.place(reach), $0.diagnostic) }
      let ids = Set(here.map(\.diagnostic.code.id)).sorted()
      found.report(
        Check.suppressionTooWide.code, "`all` would also hide findings that nobody has seen yet", at: name.span,
        help: ["name the checks; nothing is hidden by this comment"],
        fixes: ids.isEmpty
          ? []
          : [
            Fix(
              title: "name what is found here now",
              edits: [TextEdit(span: name.span, replacement: ids.joined(separator: ", "))], safety: .edit)
          ])
    }
  }

  /// What was left out for a fault elsewhere may yet be found: then nothing is called unused.
  private func isSure(of check: Check) -> Bool {
    guard check.layer != .change || outcome.changes != nil else { return false }
    return settings.wants(check.code.id, check.code.name) && (check.layer < .library || outcome.isWhole)
  }

  private func reportUnused(_ findings: [Finding], into found: inout Diagnostics) {
    let undecided = findings.contains { $0.diagnostic.code.id == Check.analysisBudgetReached.code.id }
    for (index, allowance) in allowances.enumerated() {
      let unused = allowance.checks.filter { id in
        guard let check = Catalogue.check(named: id), isSure(of: check) else { return false }
        if undecided, check.layer == .analysis { return false }
        return !used.contains(Use(allowance: index, check: id))
      }
      guard let first = unused.first else { continue }
      let ids = unused.joined(separator: ", ")
      let isAll = unused.count == allowance.checks.count
      found.report(
        Check.suppressionUnused.code, "nothing is reported here any more for \(ids)", at: allowance.span,
        help: [isAll ? "take this permission away" : "take \(first) away from the list"],
        fixes: allowance.isComment && isAll ? [removal(of: allowance.span)] : [])
    }
  }

  /// A comment goes with the blanks before it, and with its line when it has the line for itself.
  private func removal(of comment: Span) -> Fix {
    let file = inputs.files[comment.file]
    let line = file.position(at: comment.start).line
    var edit = comment
    let before = file.text(Span(file: file.id, start: file.lineSpan(line).start, end: comment.start))
    edit.start = comment.start &- UInt32(before.utf8.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count)
    if isAlone(comment, in: file), line < file.lineCount { edit.end = file.lineStart(line + 1) }
    return Fix(title: "take the comment away", edits: [TextEdit(span: edit, replacement: "")], safety: .safe)
  }

  private func reportStale(_ findings: [Finding], into found: inout Diagnostics) {
    guard let baseline else { return }
    let present = Set(findings.map { [$0.diagnostic.code.id, $0.fingerprint] })
    let stale = baseline.entries.indices.filter { index in
      let entry = baseline.entries[index]
      guard let check = Catalogue.check(named: entry.check) else { return true }
      return isSure(of: check) && !present.contains([entry.check, entry.fingerprint])
    }
    guard let first = stale.first else { return }
    let words = stale.count == 1 ? "1 known finding no longer occurs" : "\(stale.count) known findings no longer occur"
    found.report(
      Check.baselineEntryStale.code, words, at: baseline.places[first],
      help: ["take them away with `guideline-lint baseline --prune`"])
  }
}

extension Diagnostic {
  fileprivate var mayBeAllowed: Bool { Catalogue.check(named: code.id)?.mayBeAllowed ?? (code.severity != .error) }
}

extension Finding {
  fileprivate mutating func apply(_ setting: CheckSetting) {
    switch setting.level {
    case .off: state = .suppressed(reason: setting.reason ?? "switched off in the configuration")
    case .severity(let severity):
      diagnostic.code = DiagnosticCode(diagnostic.code.id, diagnostic.code.name, severity)
    }
  }
}

/// By path, place and id; the same findings always stand in the same order.
///
/// What was left out stands behind all that is wrong: the cause comes first.
private func sorted(_ findings: [Finding], in files: SourceFiles) -> [Finding] {
  var order: [String: UInt32] = [:]
  for (index, path) in Set(files.all.map(\.path)).sorted().enumerated() { order[path] = UInt32(index) }
  func key(_ finding: Finding) -> (UInt32, UInt32, UInt32, String, String) {
    let item = finding.diagnostic
    guard let span = item.span else { return (0, 0, 0, item.code.id, item.message) }
    return (1 + (order[files[span.file].path] ?? 0), span.start, span.end, item.code.id, item.message)
  }
  func isConsequence(_ finding: Finding) -> Bool { finding.diagnostic.code.id == Check.analysisIncomplete.code.id }
  return findings.enumerated().sorted { left, right in
    let isLater = (isConsequence(left.element), isConsequence(right.element))
    guard isLater.0 == isLater.1 else { return isLater.1 }
    let keys = (key(left.element), key(right.element))
    return keys.0 == keys.1 ? left.offset < right.offset : keys.0 < keys.1
  }.map(\.element)
}
