package import ClinicalValues
internal import GuidelineSyntax
internal import LocatedYAML
package import SourceText

/// Reads `.guideline-lint.yaml`; what is wrong with it stands among its faults, and the rest holds.
package func readConfiguration(_ file: SourceFile, on today: Day) -> Configuration {
  var found = Diagnostics()
  let tree = readYAML(file, into: &found)
  var reader = ConfigurationReader(tree: tree, today: today, found: found)
  reader.read()
  reader.configuration.faults = reader.found.items
  return reader.configuration
}

struct ConfigurationReader {
  let tree: YAMLTree
  let today: Day
  var found: Diagnostics
  var configuration = Configuration()

  init(tree: YAMLTree, today: Day, found: Diagnostics) {
    self.tree = tree
    self.today = today
    self.found = found
  }

  mutating func read() {
    // A file that holds nothing but comments asks for nothing; the reader of documents calls it empty.
    guard let root = tree.root else { return }
    let entries = keys(
      root, known: ["checks", "fail-on", "baseline", "library", "paths", "allow", "roles", "safety", "results"])
    for check in tree.entriesOrNone(entries["checks"]) { readSetting(check) }
    configuration.failOn = entries["fail-on"].flatMap { severity($0) }
    configuration.baseline = entries["baseline"].flatMap { text($0) }
    configuration.paths = (entries["library"].map { texts($0) } ?? []) + (entries["paths"].map { texts($0) } ?? [])
    for item in entries["allow"].map({ tree.items($0) }) ?? [] { readAllowance(item) }
    if let roles = entries["roles"] { readRoles(roles) }
    if let safety = entries["safety"] { readSafety(safety) }
    if let results = entries["results"] { readResults(results) }
    for key in ["checks", "allow"] {
      guard let node = entries[key], key == "checks" ? !tree[node].isMapping : !tree[node].isSequence else { continue }
      report("`\(key)` is \(key == "checks" ? "a mapping of checks" : "a list of permissions")", node)
    }
  }

  // MARK: Checks

  private mutating func readSetting(_ entry: YAMLEntry) {
    let name = LocatedText(tree.text(entry.key), tree.span(entry.key))
    guard let check = known(name, into: &found) else { return }
    let isMapping = tree[entry.value].isMapping
    let entries = isMapping ? keys(entry.value, known: ["severity", "reason", "approved-by", "until"]) : [:]
    guard let word = isMapping ? entries["severity"] : entry.value else {
      report("`\(name.value)` has no `severity`", entry.key)
      return
    }
    guard let level = CheckSetting.Level(tree.text(word)) else {
      report("`\(tree.text(word))` is not what a check can be set to", word, help: "write \(words(levelWords))")
      return
    }
    let terms = terms(entries, at: tree.span(entry.key))
    guard isFine(level, for: check, terms) else { return }
    configuration.settings.append(
      CheckSetting(
        check: check.code.id, level: level, reason: terms.reason, approver: terms.approver, span: name.span))
  }

  /// To say less of a check than it says by itself needs a reason where patients are concerned.
  private mutating func isFine(_ level: CheckSetting.Level, for check: Check, _ terms: AllowanceTerms) -> Bool {
    let weaker = level.isWeaker(than: check.code.severity)
    if weaker, !check.mayBeAllowed || (terms.until != nil && terms.reason != nil) {
      return terms.reason(for: check, on: today, isComment: false, into: &found) != nil
    }
    guard weaker, check.isSafety, terms.reason == nil || terms.approver == nil else { return true }
    found.report(
      Check.configDowngradesSafety.code, "\(check.code.id) guards patients: silencing it needs a reason and a name",
      at: terms.span, help: ["write `{severity: …, reason: …, approved-by: …}`; until then it stays as it is"])
    return false
  }

  // MARK: Permissions

  private mutating func readAllowance(_ item: NodeID) {
    let entries = keys(item, known: ["check", "where", "subject", "reason", "approved-by", "until"])
    guard let node = entries["check"] else {
      if tree[item].isMapping { report("this does not say which check it allows", item, help: "add `check:`") }
      return
    }
    for check in located(node) { readAllowance(of: check, entries) }
  }

  /// One permission for each word that it is about, so that each can be seen to be unused.
  private mutating func readAllowance(of name: LocatedText, _ entries: [String: NodeID]) {
    guard let check = known(name, into: &found) else { return }
    let terms = terms(entries, at: name.span)
    guard let reason = terms.reason(for: check, on: today, isComment: false, into: &found) else { return }
    var allowance = Allowance(
      checks: [check.code.id], reach: entries["where"].map { reach(tree.text($0)) } ?? .everything, reason: reason,
      approver: terms.approver, span: name.span, isComment: false)
    let subjects = entries["subject"].map { located($0) } ?? []
    if subjects.isEmpty { configuration.allowances.append(allowance) }
    for subject in subjects {
      allowance.subject = subject.value
      allowance.span = subject.span
      configuration.allowances.append(allowance)
    }
  }

  private func reach(_ text: String) -> Allowance.Reach {
    let isPath = [".yaml", ".yml", ".csv", "/"].contains { text.hasSuffix($0) }
    return isPath ? .path(text) : .part(text)
  }

  private mutating func terms(_ entries: [String: NodeID], at span: Span) -> AllowanceTerms {
    AllowanceTerms(
      reason: entries["reason"].flatMap { text($0) }, approver: entries["approved-by"].flatMap { text($0) },
      until: entries["until"].map { (tree.text($0), tree.span($0)) }, span: span)
  }

  // MARK: Nodes

  private mutating func severity(_ node: NodeID) -> Severity? {
    if let severity = Severity(rawValue: tree.text(node)) { return severity }
    report(
      "`\(tree.text(node))` is no severity", node, help: "write \(words(Severity.allCases.map(\.rawValue)))")
    return nil
  }

  mutating func text(_ node: NodeID) -> String? {
    let text = tree.text(node)
    if tree[node].isScalar, !text.allSatisfy(\.isWhitespace) { return text }
    if !isBroken(node) { report("a text belongs here", node) }
    return nil
  }

  private mutating func texts(_ node: NodeID) -> [String] { located(node).map(\.value) }

  /// One text, or a list of them.
  mutating func located(_ node: NodeID) -> [LocatedText] {
    let nodes = tree[node].isSequence ? tree.items(node) : [node]
    return nodes.compactMap { node in text(node).map { LocatedText($0, tree.span(node)) } }
  }

  /// The keys with their values; a key that means nothing is reported.
  mutating func keys(_ node: NodeID, known: [String]) -> [String: NodeID] {
    if !tree[node].isMapping, !isBroken(node) { report("keys and values belong here", node) }
    var entries: [String: NodeID] = [:]
    for entry in tree.entries(node) {
      let name = tree.text(entry.key)
      guard known.contains(name) else {
        reportUnknown(name, at: tree.span(entry.key), known)
        continue
      }
      entries[name] = entry.value
    }
    return entries
  }

  private func isBroken(_ node: NodeID) -> Bool {
    if case .broken = tree[node].kind { true } else { false }
  }

  private mutating func reportUnknown(_ name: String, at span: Span, _ known: [String]) {
    let near = NearestNames.suggestions(for: name, among: known, limit: 1).first
    found.report(
      Check.configUnknownKey.code, "there is no setting `\(name)`", at: span,
      help: [near.map { "did you mean `\($0)`?" } ?? "the settings here are \(words(known))"],
      fixes: near.map {
        [Fix(title: "write `\($0)`", edits: [TextEdit(span: span, replacement: $0)], safety: .edit)]
      } ?? [])
  }

  mutating func report(_ message: String, _ node: NodeID, help: String? = nil) {
    found.report(Check.configInvalid.code, message, at: tree.span(node), help: help.map { [$0] } ?? [])
  }
}

extension YAMLTree {
  fileprivate func entriesOrNone(_ node: NodeID?) -> [YAMLEntry] { node.map { entries($0) } ?? [] }
}

/// "a, b or c".
private func words(_ names: [String]) -> String {
  guard names.count > 1, let last = names.last else { return names.first ?? "" }
  return names.dropLast().map { "`\($0)`" }.joined(separator: ", ") + " or `\(last)`"
}
