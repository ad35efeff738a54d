internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let outsidePlausibleRange = Check(
    DiagnosticCode("GL0407", "outside-plausible-range"), .library,
    CheckPage(
      summary: "A fact is compared with a number outside of the range that it is declared with.",
      why: """
        No patient has such a value: a digit or the unit is wrong, and the rule speaks for everybody or for nobody.
        """,
      example: """
        rules:
          old-age:
            when: [patient.age >= 650 a]
            then: [{test: cbc}]
            source: handbook#H1
        """,
      mended: """
        rules:
          old-age:
            when: [patient.age >= 65 a]
            then: [{test: cbc}]
            source: handbook#H1
        """,
      notes: "The ends of the range belong to it. What is computed from several facts is not judged.")
  ) { context, found in
    let ranges = context.writtenRanges
    var seen: Set<Span> = []
    for company in context.companies {
      var search = RangeSearch(vocabulary: context.vocabulary)
      search.add(company.library)
      for (fact, number) in search.outside where seen.insert(number).inserted {
        let fact = context.vocabulary[fact]
        let range = ranges[fact.name].map { " (\($0.low.value) to \($0.high.value))" } ?? ""
        found.report(
          "`\(context.files.text(number))` lies outside of the range of `\(fact.name)`\(range)", at: number,
          related: [RelatedPlace(fact.span, "the fact with its range")],
          help: ["correct the number or its unit; or widen the range, if there are such patients"])
      }
    }
  }
}

extension LintContext {
  fileprivate var writtenRanges: [String: RangeSyntax] {
    var ranges: [String: RangeSyntax] = [:]
    for document in syntax.documents {
      guard case .vocabulary(let body) = document.syntax.body else { continue }
      for fact in body.facts { ranges[fact.name.value] = fact.range }
    }
    return ranges
  }
}

/// Looks for comparisons of a fact with a number that it cannot have.
private struct RangeSearch {
  let vocabulary: Vocabulary
  private(set) var outside: [(fact: FactID, number: Span)] = []

  init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  mutating func add(_ library: Library) {
    for rule in library.rules {
      add(rule.when)
      rule.unless.map { add($0) }
      rule.variables.compactMap(\.rows.condition).forEach { add($0) }
    }
    for definition in library.definitions {
      switch definition.form {
      case .means(let condition): add(condition)
      case .first(let clauses): clauses.compactMap(\.condition).forEach { add($0) }
      case .value, .agree, .lookUp: break
      }
    }
    library.documents.compactMap(\.scope).forEach { add($0) }
    library.invariants.forEach { add($0.never) }
  }

  private mutating func add(_ condition: Condition, point: FactID? = nil) {
    switch condition.form {
    case .group(_, let members): members.forEach { add($0, point: point) }
    case .not(let inner): add(inner, point: point)
    case .exists(let rows): rows.condition.map { add($0, point: point) }
    case .anyPoint(let fact, _, let inner): add(inner, point: fact)
    case .compare(let left, _, let right):
      compare(left, right, point)
      compare(right, left, point)
    case .isEqual(let value, let others): others.forEach { compare(value, $0, point) }
    default: break
    }
  }

  private mutating func compare(_ value: Value, _ other: Value, _ point: FactID?) {
    guard case .constant(.number(let number)) = other.form, let fact = fact(of: value, point),
      let range = vocabulary[fact].range, number < range.low || number > range.high
    else { return }
    outside.append((fact, other.span))
  }

  private func fact(of value: Value, _ point: FactID?) -> FactID? {
    switch value.form {
    case .fact(let fact), .point(_, let fact, _): fact
    case .currentPoint: point
    default: nil
    }
  }
}
