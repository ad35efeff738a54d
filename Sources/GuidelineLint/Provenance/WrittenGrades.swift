internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension LintContext {
  /// Where a rule, or one of its conclusions, states a grade; nil: a table of its rows states it.
  func writtenGrade(_ scale: String, _ stated: String, ofRuleAt name: Span) -> Span? {
    let document = syntax.documents.first { $0.file == name.file }?.syntax
    guard case .guideline(let body)? = document?.body,
      let written = body.rules.first(where: { $0.id.span == name })
    else { return nil }
    let grades = (written.then.map(\.annotations) + [written.annotations]).compactMap {
      scale == "strength" ? $0.strength : $0.certainty
    }
    return grades.first { $0.value == stated }?.span
  }
}
