internal import GuidelineSyntax
internal import SourceText

// `today` may stand on one side of a comparison only (`semantics.md` §7), so that the day on which an answer changes
// can be found exactly.

extension Value {
  /// The first place at which the value reads `today`; conditions inside it are judged for themselves.
  var firstToday: Span? {
    switch form {
    case .today: span
    case .point(_, _, let window), .dateOf(_, _, let window), .countPoints(_, let window): window?.firstToday
    case .arithmetic(_, let left, let right): left.firstToday ?? right.firstToday
    case .extreme(_, let values): values.lazy.compactMap(\.firstToday).first
    case .round(let value, _), .translated(let value, _): value.firstToday
    case .template(let elements): elements.lazy.compactMap(\.firstToday).first
    case .constant, .fact, .definition, .field, .currentPoint, .change, .aggregate, .countRows: nil
    }
  }

  /// Whether it is `today`, or `today - <date>` with a date that does not read `today`.
  var isTodayOrAge: Bool {
    switch form {
    case .today: true
    case .arithmetic(.subtract, let left, let right):
      if case .today = left.form { right.type == .date && right.firstToday == nil } else { false }
    default: false
    }
  }
}

extension Window {
  fileprivate var firstToday: Span? {
    if case .since(let value) = self { value.firstToday } else { nil }
  }
}

extension TemplateElement {
  fileprivate var firstToday: Span? {
    if case .value(let value) = self { value.firstToday } else { nil }
  }
}

extension Resolver {
  /// Whether a comparison reads `today` on one side only, and there alone or as `today - <date>`.
  mutating func readsTodayRightly(_ left: Value, _ right: Value) -> Bool {
    guard let today = left.firstToday ?? right.firstToday else { return true }
    if left.firstToday != nil, right.firstToday != nil {
      diagnostics.report(
        .misplacedToday, "`today` stands on both sides of the comparison", at: today,
        help: "keep it on one side")
      return false
    }
    let side = left.firstToday != nil ? left : right
    if side.isTodayOrAge { return true }
    diagnostics.report(
      .misplacedToday, "nothing more can be reckoned with `today`: it stands alone or as `today - <date>`", at: today,
      help: "bring the rest to the other side, as in `today >= azathioprine.stop - 30 d`")
    return false
  }
}
