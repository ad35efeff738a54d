internal import ClinicalValues
internal import SourceText

/// A permission for some findings to stay, from a comment or from the configuration.
struct Allowance {
  /// For which findings it speaks.
  enum Reach: Hashable {
    case place(Span)
    /// A file, or a folder with all that lies below it.
    case path(String)
    /// `document/rule`, or the name of a rule or another part in any document.
    case part(String)
    case everything
  }

  /// Ids of checks; each is judged by itself.
  var checks: [String]
  var reach: Reach
  /// A word of the vocabulary that the finding has to be about; nil: any.
  var subject: String?
  var reason: String
  var approver: String?
  /// Where it is written.
  var span: Span
  var isComment: Bool
}

/// The words of a permission before anybody asked whether they are enough.
struct AllowanceTerms {
  var reason: String?
  var approver: String?
  var until: (text: String, span: Span)?
  var span: Span

  /// Reports what is missing; nil: it allows nothing.
  func reason(for check: Check, on today: Day, isComment: Bool, into found: inout Diagnostics) -> String? {
    let id = check.code.id
    guard check.mayBeAllowed else {
      found.report(
        Check.suppressionNotPossible.code, "\(id) cannot be allowed: content with this fault is never used", at: span,
        help: ["mend it"])
      return nil
    }
    if check.isSafety, isComment {
      found.report(
        Check.suppressionNotPossible.code, "\(id) guards patients and cannot be allowed in a comment", at: span,
        help: ["allow it under `allow:` in `.guideline-lint.yaml`, with `reason` and `approved-by`"])
      return nil
    }
    guard let reason else {
      found.report(
        Check.suppressionWithoutReason.code, "this gives no reason for allowing \(id)", at: span,
        help: [
          isComment
            ? "write `# guideline-lint: allow \(id) -- why (who, date)`" : "add `reason:`"
        ])
      return nil
    }
    if check.isSafety, approver == nil {
      found.report(
        Check.configDowngradesSafety.code, "\(id) guards patients: nobody is named who approved of silencing it",
        at: span, help: ["add `approved-by:`, or take the entry away"])
      return nil
    }
    return isOver(id, on: today, into: &found) ? nil : reason
  }

  private func isOver(_ id: String, on today: Day, into found: inout Diagnostics) -> Bool {
    guard let until else { return false }
    guard let day = Day(iso: until.text) else {
      found.report(
        Check.suppressionExpired.code, "`\(until.text)` is no date, so nobody knows how long \(id) is allowed",
        at: until.span, help: ["write year, month and day as in `2027-06-30`"])
      return true
    }
    guard day < today else { return false }
    found.report(
      Check.suppressionExpired.code, "the permission for \(id) ended on \(day.iso)", at: until.span,
      help: ["look at the finding again: mend it, or give a new date with a reason"])
    return true
  }
}

extension Check {
  /// Faults that reading reports are none that one can live with: what has them is not evaluated.
  package var mayBeAllowed: Bool { find != nil || analyse != nil || code.severity != .error }
}
