package import ClinicalValues
package import RuleEngine

/// Something that may be true of a patient: what the search looks for, and what the engine is asked to confirm.
package indirect enum Question: Hashable, Sendable {
  /// A condition that stands alone is true.
  case holds(ConditionID, Reading)
  /// A condition that stands alone is false.
  case fails(ConditionID, Reading)
  /// A value that stands alone is known.
  case isKnown(ValueID)
  /// A value that stands alone is known, and one of these terms.
  case isOneOf(ValueID, TermSet)
  /// For some rows that the rule ranges over, these of its conditions are true.
  case row(RuleNodeID, [ConditionID], Reading)
  /// For some rows, scope and conditions of the rule are true.
  case body(RuleNodeID, Reading)
  /// Some instance of the rule is in effect.
  case applies(RuleNodeID, Reading)
  /// Some instance of the conclusion stands.
  case stands(PlaceID, Reading)
  /// Some instance of the conclusion stands whose field is what a field of another conclusion is, a constant.
  case standsWith(PlaceID, Reading, [FieldValue])
  case all([Question])
  case any([Question])
  case not(Question)

  /// A field and the value that it has.
  package struct FieldValue: Hashable, Sendable {
    package var column: UInt16
    /// A constant of the program.
    package var value: ValueID

    package init(column: UInt16, value: ValueID) {
      self.column = column
      self.value = value
    }
  }
}

extension Encoder {
  /// The patients for whom the answer is yes.
  mutating func formula(_ question: Question) -> FormulaID {
    switch question {
    case .holds(let condition, let reading): return truth(condition, reading).isTrue
    case .fails(let condition, let reading): return truth(condition, reading).isFalse
    case .isKnown(let value): return known(alternatives(value, .cautious, .none))
    case .isOneOf(let value, let terms):
      return test(alternatives(value, .cautious, .none)) { $0.isMember(yes: terms, maybe: TermSet()) }.isTrue
    case .row(let rule, let conditions, let reading):
      if brokenRules.contains(rule) { return open().isTrue }
      return anyInstance(rule, reading) { encoder, scopes in
        var truths: [TruthFormula] = []
        for condition in conditions { truths.append(encoder.truth(condition, reading, scopes)) }
        return encoder.store.all(truths)
      }.isTrue
    case .body(let rule, let reading):
      if brokenRules.contains(rule) { return open().isTrue }
      return anyInstance(rule, reading) { $0.body(rule, reading, $1) }.isTrue
    case .applies(let rule, let reading): return applies(rule, reading).isTrue
    case .stands(let place, let reading): return stands(place, reading).isTrue
    case .standsWith(let place, let reading, let values):
      let tests = values.map { FieldMatch(column: $0.column, values: [$0.value]) }
      return stands(place, reading, matching: tests).isTrue
    case .all(let members): return store.all(formulas(members))
    case .any(let members): return store.any(formulas(members))
    case .not(let inner):
      let formula = formula(inner)
      return store.not(formula)
    }
  }

  private mutating func formulas(_ members: [Question]) -> [FormulaID] {
    var formulas: [FormulaID] = []
    for member in members { formulas.append(formula(member)) }
    return formulas
  }
}

extension Session {
  /// What the engine answers.
  mutating func answers(_ question: Question) -> Bool {
    switch question {
    case .holds(let condition, let reading): return truth(condition, reading) == .yes
    case .fails(let condition, let reading): return truth(condition, reading) == .no
    case .isKnown(let value): return estimate(value, .cautious).isKnown
    case .isOneOf(let value, let terms):
      return estimate(value, .cautious).isMember(yes: terms, maybe: TermSet()) == .yes
    case .row(let rule, let conditions, let reading):
      let saved = savedBindings
      defer { savedBindings = saved }
      return hasRow(rule, conditions, reading, [])
    case .body(let rule, let reading): return currentInstances(rule, reading).contains { $0.body == .yes }
    case .applies(let rule, let reading): return isInEffect(rule, reading) == .yes
    case .stands(let place, let reading): return concluded(place, reading).contains { $0.stands == .yes }
    case .standsWith(let place, let reading, let values): return hasInstance(place, reading, values)
    case .all(let members):
      for member in members where !answers(member) { return false }
      return true
    case .any(let members):
      for member in members where answers(member) { return true }
      return false
    case .not(let inner): return !answers(inner)
    }
  }

  /// Whether a row of each further relation of the rule can be chosen so that the conditions are true.
  private mutating func hasRow(
    _ rule: RuleNodeID, _ conditions: [ConditionID], _ reading: Reading, _ chosen: [Int]
  ) -> Bool {
    let relations = graph[rule].relations
    guard chosen.count < relations.count else {
      bind(chosen, of: rule)
      for condition in conditions where truth(condition, reading) != .yes { return false }
      return true
    }
    for (row, found) in rows(relations[chosen.count], reading).enumerated() where found.truth == .yes {
      if hasRow(rule, conditions, reading, chosen + [row]) { return true }
    }
    return false
  }

  private mutating func hasInstance(_ place: PlaceID, _ reading: Reading, _ values: [Question.FieldValue]) -> Bool {
    let fields = graph[place].fields
    for instance in concluded(place, reading) where instance.stands == .yes {
      var matches = true
      for wanted in values {
        guard let position = fields.firstIndex(where: { $0.column == wanted.column }),
          let field = instance.fields[position]
        else {
          matches = false
          break
        }
        let value = estimate(wanted.value, reading)
        if estimate(field) != value { matches = false }
      }
      if matches { return true }
    }
    return false
  }
}
