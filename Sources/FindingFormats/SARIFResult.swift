internal import GuidelineJSON
internal import GuidelineLint
internal import SourceText

/// One finding as a `result`.
func sarifResult(_ finding: Finding, _ rules: SARIFRules, _ input: FormatInput) -> JSONValue {
  let diagnostic = finding.diagnostic
  let fixes = sarifFixes(diagnostic.fixes, input)
  return .entries([
    "ruleId": .string(diagnostic.code.id),
    "ruleIndex": rules.index(of: diagnostic.code).map(JSONValue.count),
    "level": .string(sarifLevel(diagnostic.code.severity)),
    "message": .object(["text": .string(message(diagnostic, input))]),
    "locations": .array([primaryLocation(diagnostic, input)]),
    "relatedLocations": diagnostic.related.isEmpty ? nil : .array(relatedLocations(diagnostic, input)),
    "partialFingerprints": .object(["guidelineLint/v1": .string(finding.fingerprint)]),
    "suppressions": finding.isOpen ? nil : .array([suppression(finding.state)]),
    "fixes": fixes.isEmpty ? nil : .array(fixes),
    "properties": properties(diagnostic),
  ])
}

/// The word of SARIF for a severity.
func sarifLevel(_ severity: Severity) -> String {
  switch severity {
  case .error: "error"
  case .warning: "warning"
  case .info: "note"
  }
}

/// The message, and below it what a viewer that shows only this text must not miss; labels link to their places.
private func message(_ diagnostic: Diagnostic, _ input: FormatInput) -> String {
  let links = diagnostic.related.enumerated().map { index, place in
    "[" + linkText(DisplayText.visible(place.label)) + "](\(index + 1))"
  }
  let rest = input.details(diagnostic).dropFirst(diagnostic.related.count).map(sarifPlain)
  return ([sarifPlain(diagnostic.message)] + links + rest).joined(separator: "\n")
}

private func linkText(_ text: String) -> String {
  text.reduce(into: "") { $0 += $1 == "[" || $1 == "]" || $1 == "\\" ? "\\" + String($1) : String($1) }
}

/// A log with one result without a place is refused by GitHub as a whole, so a finding about no place gets its folder.
private func primaryLocation(_ diagnostic: Diagnostic, _ input: FormatInput) -> JSONValue {
  let physical =
    diagnostic.span.map { physicalLocation($0, input) }
    ?? .object([
      "artifactLocation": sarifArtifact(input.anyPath(of: diagnostic)),
      "region": .object([
        "startLine": .count(1), "startColumn": .count(1), "endLine": .count(1), "endColumn": .count(1),
      ]),
    ])
  return .entries(["physicalLocation": physical, "message": diagnostic.label.map(label)])
}

private func relatedLocations(_ diagnostic: Diagnostic, _ input: FormatInput) -> [JSONValue] {
  diagnostic.related.enumerated().map { index, place in
    .object([
      "id": .count(index + 1), "physicalLocation": physicalLocation(place.span, input), "message": label(place.label),
    ])
  }
}

private func label(_ text: String) -> JSONValue { .object(["text": .string(sarifPlain(text))]) }

private func physicalLocation(_ span: Span, _ input: FormatInput) -> JSONValue {
  .object(["artifactLocation": sarifArtifact(input.path(span.file)), "region": region(input.shown(span), input)])
}

private func region(_ span: Span, _ input: FormatInput) -> JSONValue {
  let file = input.files[span.file]
  let start = file.utf16Position(at: span.start)
  let end = file.utf16Position(at: span.end)
  return .object([
    "startLine": .count(start.line), "startColumn": .count(start.column),
    "endLine": .count(end.line), "endColumn": .count(end.column),
  ])
}

private func suppression(_ state: Finding.State) -> JSONValue {
  guard let reason = state.reason else {
    return .object([
      "kind": .string("external"), "justification": .string("it was there when the baseline was written"),
    ])
  }
  return .object(["kind": .string("inSource"), "justification": .string(reason)])
}

/// What viewers of SARIF have no place of their own for.
private func properties(_ diagnostic: Diagnostic) -> JSONValue {
  .entries([
    "name": .string(diagnostic.code.name),
    "notes": diagnostic.notes.isEmpty ? nil : .strings(diagnostic.notes),
    "help": diagnostic.help.isEmpty ? nil : .strings(diagnostic.help),
    "witnessPatient": diagnostic.example.map(JSONValue.example),
  ])
}

// MARK: - Fixes

/// The fixes that lines and columns can express, each once.
private func sarifFixes(_ fixes: [Fix], _ input: FormatInput) -> [JSONValue] {
  var seen: Set<Fix> = []
  return fixes.filter { fix in
    !fix.edits.isEmpty && seen.insert(fix).inserted
      && fix.edits.allSatisfy { $0.isVisible(in: input.files, SourceFile.utf16Position) }
  }.map { fix in
    .object([
      "description": .object(["text": .string(sarifPlain(fix.title))]),
      "artifactChanges": .array(changes(fix.edits, input)),
      "properties": .object(["safety": .string(fix.safety.rawValue)]),
    ])
  }
}

private func changes(_ edits: [TextEdit], _ input: FormatInput) -> [JSONValue] {
  var order: [FileID] = []
  for edit in edits where !order.contains(edit.span.file) { order.append(edit.span.file) }
  return order.map { file in
    let replacements = edits.filter { $0.span.file == file }.map { edit in
      JSONValue.object([
        "deletedRegion": region(edit.span, input),
        "insertedContent": .object(["text": .string(edit.replacement)]),
      ])
    }
    return .object([
      "artifactLocation": sarifArtifact(input.path(file)), "replacements": .array(replacements),
    ])
  }
}
