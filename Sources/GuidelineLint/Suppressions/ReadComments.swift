internal import ClinicalValues
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

/// The permissions that stand in comments; what is wrong with them is reported.
struct CommentAllowances {
  var allowances: [Allowance] = []
  var found = Diagnostics()
  /// `allow all`, with the piece of the file it would speak for.
  var tooWide: [(name: LocatedText, reach: Span)] = []

  init(_ trees: [YAMLTree], in files: SourceFiles, on today: Day) {
    for tree in trees {
      let file = files[tree.file]
      for comment in tree.comments {
        guard let directive = Directive(comment.span, in: file) else { continue }
        read(directive, reach: reach(of: comment.span, in: file, tree), today)
      }
    }
  }

  private mutating func read(_ directive: Directive, reach: Span, _ today: Day) {
    if let stray = directive.stray {
      found.report(
        Check.suppressionNotUnderstood.code, "this comment speaks to guideline-lint, but it does not understand it",
        at: stray.span.start == stray.span.end ? directive.span : stray.span,
        help: ["write `# guideline-lint: allow GL0802 -- why (who, date)`; `until 2027-06-30` may stand before `--`"])
      return
    }
    let terms = AllowanceTerms(
      reason: directive.reason, approver: directive.approver, until: directive.until.map { ($0.value, $0.span) },
      span: directive.span)
    var checks: [String] = []
    for name in directive.names {
      guard name.value != "all" else {
        tooWide.append((name, reach))
        continue
      }
      guard let check = known(name, into: &found) else { continue }
      if terms.reason(for: check, on: today, isComment: true, into: &found) != nil { checks.append(check.code.id) }
    }
    guard !checks.isEmpty, let reason = directive.reason else { return }
    allowances.append(
      Allowance(
        checks: checks, reach: .place(reach), reason: reason, approver: directive.approver, span: directive.span,
        isComment: true))
  }
}

/// The check that is meant, or a finding.
func known(_ name: LocatedText, into found: inout Diagnostics) -> Check? {
  if let check = Catalogue.check(named: name.value) { return check }
  let near = NearestNames.suggestions(for: name.value, among: Catalogue.allNames, limit: 1).first
  found.report(
    Check.suppressionUnknownCheck.code, "there is no check `\(name.value)`", at: name.span,
    help: [near.map { "did you mean `\($0)`?" } ?? "`guideline-lint checks` lists them all"],
    fixes: near.map {
      [Fix(title: "write `\($0)`", edits: [TextEdit(span: name.span, replacement: $0)], safety: .edit)]
    } ?? [])
  return nil
}
