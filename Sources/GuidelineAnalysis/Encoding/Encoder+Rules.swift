import ClinicalValues
import RuleEngine

/// Rules, what they override, and what they conclude.
extension Encoder {
  /// Whether some instance of a rule is in effect (`rule … applies`).
  mutating func applies(_ id: RuleNodeID, _ reading: Reading) -> TruthFormula {
    let key = RuleKey(rule: id, reading: reading)
    if let known = ruleCache[key] { return known }
    guard !brokenRules.contains(id), inProgress.insert(.rule(key)).inserted else { return open() }
    let truth = answer(.rule(id), reading) { encoder in
      encoder.named(encoder.anyInstance(id, reading) { encoder, scopes in encoder.effective(id, reading, scopes) })
    }
    inProgress.remove(.rule(key))
    ruleCache[key] = truth
    return truth
  }

  /// Whether a question holds of some instance of a rule.
  mutating func anyInstance(
    _ id: RuleNodeID, _ reading: Reading, _ holds: (inout Encoder, Scopes) -> TruthFormula
  ) -> TruthFormula {
    let variables = graph[id].relations.enumerated().map {
      BoundVariable(variable: UInt8(truncatingIfNeeded: $0.offset), relation: $0.element)
    }
    let isTrue = anyRow(variables[...], RowQuestion(wanted: .isTrue, reading: reading), .none, holds)
    let isNotFalse = anyRow(variables[...], RowQuestion(wanted: .isNotFalse, reading: reading), .none, holds)
    return TruthFormula(isTrue: isTrue, isFalse: store.not(isNotFalse))
  }

  /// Scope and conditions of an instance, without its exceptions.
  ///
  /// An instance over a row that stands for a collection that is not given holds at most possibly.
  mutating func body(_ id: RuleNodeID, _ reading: Reading, _ scopes: Scopes) -> TruthFormula {
    let rule = graph[id]
    var truths = [truth(rule.scope, reading)]
    for condition in rule.conditions { truths.append(truth(condition, reading, scopes)) }
    if scopes.rows.values.contains(where: \.isGhost) { truths.append(alwaysUnknown) }
    return store.all(truths)
  }

  /// `unless` and the rules that override the rule.
  mutating func exception(_ id: RuleNodeID, _ reading: Reading, _ scopes: Scopes) -> TruthFormula {
    var truths: [TruthFormula] = []
    for overrider in graph.overridersOfRule[id.index] { truths.append(applies(overrider, reading)) }
    if let unless = graph[id].unless { truths.append(truth(unless, reading, scopes)) }
    return store.any(truths)
  }

  mutating func effective(_ id: RuleNodeID, _ reading: Reading, _ scopes: Scopes) -> TruthFormula {
    let body = body(id, reading, scopes)
    let excepted = presumed(exception(id, reading, scopes), reading)
    return store.all([body, !excepted])
  }

  /// In the default reading an exception that is not known to hold is presumed not to hold.
  private mutating func presumed(_ exception: TruthFormula, _ reading: Reading) -> TruthFormula {
    guard reading == .presuming else { return exception }
    return TruthFormula(isTrue: exception.isTrue, isFalse: store.not(exception.isTrue))
  }

  // MARK: Conclusions

  /// Whether some instance of a conclusion stands.
  mutating func stands(_ id: PlaceID, _ reading: Reading) -> TruthFormula {
    let key = PlaceKey(place: id, reading: reading)
    if let known = placeCache[key] { return known }
    guard inProgress.insert(.place(key)).inserted else { return open() }
    let truth = answer(.place(id), reading) { encoder in encoder.named(encoder.stands(id, reading, matching: [])) }
    inProgress.remove(.place(key))
    placeCache[key] = truth
    return truth
  }

  /// Whether an instance of a conclusion stands whose fields meet the tests.
  mutating func stands(_ id: PlaceID, _ reading: Reading, matching tests: [FieldMatch]) -> TruthFormula {
    let place = graph[id]
    if brokenRules.contains(place.rule) { return open() }
    return anyInstance(place.rule, reading) { encoder, scopes in
      var truths = [encoder.effective(place.rule, reading, scopes)]
      let overridden = encoder.overridden(id, reading, scopes)
      truths.append(!encoder.presumed(overridden, reading))
      truths.append(encoder.complete(place, reading, scopes))
      for test in tests { truths.append(encoder.match(test, place, reading, scopes)) }
      return encoder.store.all(truths)
    }
  }

  private mutating func overridden(_ id: PlaceID, _ reading: Reading, _ scopes: Scopes) -> TruthFormula {
    var truths: [TruthFormula] = []
    for override in graph.overridersOfPlace[id.index] {
      let matches = match(override.pattern, graph[id], reading, scopes)
      if matches == alwaysFalse { continue }
      truths.append(store.all([applies(override.rule, reading), matches]))
    }
    return store.any(truths)
  }

  /// True when every field that is stated is known; without a subject nothing is said at all.
  private mutating func complete(_ place: PlaceNode, _ reading: Reading, _ scopes: Scopes) -> TruthFormula {
    var truths: [TruthFormula] = []
    for field in place.fields where !field.ifKnown {
      let found = alternatives(field.value, reading, scopes)
      let isKnown = known(found)
      let isNone = isNone(found)
      if field.column == 0 {
        truths.append(TruthFormula(isTrue: isKnown, isFalse: isNone))
      } else {
        truths.append(TruthFormula(isTrue: store.any([isKnown, isNone]), isFalse: no))
      }
    }
    return store.all(truths)
  }

  // MARK: Patterns

  mutating func concluded(_ pattern: PatternID, _ reading: Reading, _ scopes: Scopes) -> TruthFormula {
    let tests = graph[pattern].tests.map { FieldMatch($0) }
    // A pattern that speaks of a row outside cannot be asked of all conclusions at once.
    guard graph[pattern].tests.allSatisfy({ $0.values.allSatisfy { graph.isClosed($0) } }) else { return open() }
    var truths: [TruthFormula] = []
    for place in graph.placesMatching[pattern.index] {
      if needsNoTest(tests, graph[place]) {
        truths.append(stands(place, reading))
      } else {
        guard inProgress.insert(.place(PlaceKey(place: place, reading: reading))).inserted else { return open() }
        truths.append(stands(place, reading, matching: tests))
        inProgress.remove(.place(PlaceKey(place: place, reading: reading)))
      }
    }
    return store.any(truths)
  }

  /// Whether the constants of a conclusion meet a pattern already.
  private func needsNoTest(_ tests: [FieldMatch], _ place: PlaceNode) -> Bool {
    tests.allSatisfy { test in
      guard let field = place.fields.first(where: { $0.column == test.column }), !field.ifKnown,
        case .constant(let own) = graph[field.value]
      else { return false }
      if test.isOpen { return true }
      return test.values.contains { value in
        guard case .constant(let other) = graph[value] else { return false }
        return graph.estimates[own.index] == graph.estimates[other.index]
      }
    }
  }

  private mutating func match(
    _ pattern: PatternID, _ place: PlaceNode, _ reading: Reading, _ scopes: Scopes
  ) -> TruthFormula {
    var truths: [TruthFormula] = []
    for test in graph[pattern].tests {
      guard test.values.allSatisfy({ graph.isClosed($0) }) else { return open() }
      let truth = match(FieldMatch(test), place, reading, scopes)
      if truth == alwaysFalse { return truth }
      truths.append(truth)
    }
    return store.all(truths)
  }

  private mutating func match(
    _ test: FieldMatch, _ place: PlaceNode, _ reading: Reading, _ scopes: Scopes
  ) -> TruthFormula {
    guard let field = place.fields.first(where: { $0.column == test.column }) else { return alwaysFalse }
    let found = alternatives(field.value, reading, scopes)
    var isThere = store.not(isNone(found))
    if field.ifKnown {
      let isKnown = known(alternatives(field.value, .cautious, scopes))
      isThere = store.all([isThere, isKnown])
    }
    guard !test.isOpen else { return twoValued(isThere) }
    let equal = oneOf(found, test.values, reading)
    return store.all([twoValued(isThere), equal])
  }

  /// Whether a field is one of some values: names exactly, quantities by value.
  private mutating func oneOf(_ found: [Alternative], _ values: [ValueID], _ reading: Reading) -> TruthFormula {
    var listed = TermSet()
    var areTerms = true
    for value in values {
      guard case .constant(let id) = graph[value], case .terms(let terms) = graph.estimates[id.index].values else {
        areTerms = false
        continue
      }
      listed = listed.union(terms)
    }
    if areTerms, !values.isEmpty {
      let terms = listed
      return test(found) { $0.isMember(yes: terms, maybe: TermSet()) }
    }
    var truths: [TruthFormula] = []
    for value in values { truths.append(compare(found, .equal, alternatives(value, reading, .none))) }
    return store.any(truths)
  }
}

/// What a pattern asks of one field.
struct FieldMatch {
  var column: UInt16
  var values: [ValueID]
  var isOpen: Bool

  init(column: UInt16, values: [ValueID], isOpen: Bool = false) {
    self.column = column
    self.values = values
    self.isOpen = isOpen
  }

  init(_ test: PatternNode.FieldTest) {
    self.init(column: test.column, values: test.values, isOpen: test.isOpen)
  }
}
