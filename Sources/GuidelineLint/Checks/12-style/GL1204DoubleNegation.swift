internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let doubleNegation = Check(
    DiagnosticCode("GL1204", "double-negation", .warning), .syntax,
    CheckPage(
      summary: "A condition denies a denial.",
      why: "Readers lose count of the negations, and take the rule for its opposite.",
      example: """
        rules:
          stop:
            title: Stop
            when:
              - not: ild.severity is not severe
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      mended: """
        rules:
          stop:
            title: Stop
            when:
              - ild.severity is severe
            then: [{stop: azathioprine}]
            source: handbook#H1
        """,
      notes: """
        Meant are `not` of `not`, of `is not`, of `not in` and of a `none:`, a `none:` of such, and `is not no`. What is \
        said of knowledge, as in `is not known to be`, is no denial of a value.
        """)
  ) { context, found in
    for document in context.syntax.documents {
      guard case .guideline(let body) = document.syntax.body else { continue }
      for condition in body.allConditions { Self.report(condition, &found) }
    }
  }

  private static func report(_ condition: ConditionSyntax, _ found: inout CheckFindings) {
    switch condition.form {
    case .not(let inner) where inner.isDenial:
      found.report("this condition denies a denial", at: condition.span, help: ["say what must be the case"])
    case .relation(_, let relation) where relation.isNotNo:
      found.report(
        "`is not no` denies a denial", at: condition.span,
        help: ["write `is yes`; where unknown is to count as well, write `is not known to be no`"])
    case .not(let inner): report(inner, &found)
    case .group(let kind, let members):
      if kind == .none, let denied = members.first(where: \.isDenial) {
        found.report("this group denies a denial", at: denied.span, help: ["say what must be the case"])
        return
      }
      members.forEach { report($0, &found) }
    default: break
    }
  }
}

extension ConditionSyntax {
  fileprivate var isDenial: Bool {
    switch form {
    case .not, .group(.none, _): true
    case .relation(_, let relation): if case .oneOf(_, true) = relation.form { true } else { false }
    default: false
    }
  }
}

extension RelationSyntax {
  fileprivate var isNotNo: Bool {
    guard case .oneOf(let operands, negated: true) = form, operands.count == 1 else { return false }
    return operands[0].form == .name("no")
  }
}

extension GuidelineSyntax {
  /// The conditions of scope, rules, tables and definitions; of invariants too.
  var allConditions: [ConditionSyntax] {
    var all = scope + rules.flatMap { $0.when + $0.unless } + invariants.flatMap(\.never)
    for definition in definitions {
      switch definition.form {
      case .means(let conditions): all += conditions
      case .first(let clauses): all += clauses.flatMap { $0.guardConditions ?? [] }
      case .value, .agree, .lookUp, .broken: break
      }
    }
    for table in tables {
      guard case .decision(let grid) = table.body else { continue }
      all += grid.when + grid.unless + grid.rows.flatMap(\.unless)
    }
    return all
  }
}
