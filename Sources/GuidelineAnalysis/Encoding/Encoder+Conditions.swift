import ClinicalValues
import RuleEngine

extension Encoder {
  /// When a condition is true and when it is false, under the bound rows.
  mutating func truth(_ id: ConditionID, _ reading: Reading, _ scopes: Scopes = .none) -> TruthFormula {
    guard graph.isClosed(id) else { return ask(id, reading, scopes) }
    let key = ConditionKey(condition: id, reading: reading)
    if let known = conditionCache[key] { return known }
    let truth = answer(.condition(id), reading) { encoder in encoder.named(encoder.ask(id, reading, .none)) }
    conditionCache[key] = truth
    return truth
  }

  private mutating func ask(_ id: ConditionID, _ reading: Reading, _ scopes: Scopes) -> TruthFormula {
    switch graph[id] {
    case .constant(let truth): return constant(truth)
    case .all(let list): return store.all(truths(list, reading, scopes))
    case .any(let list): return store.any(truths(list, reading, scopes))
    case .not(let inner): return !truth(inner, reading, scopes)
    case .atLeast(let count, let list): return atLeast(Int(count), truths(list, reading, scopes))
    case .member(let value, let mask):
      let terms = graph[mask]
      return test(alternatives(value, reading, scopes)) { $0.isMember(yes: terms.yes, maybe: terms.maybe) }
    case .related(let first, let second, let classes):
      let table = graph.classes[classes.index]
      return test(alternatives(first, reading, scopes), alternatives(second, reading, scopes)) {
        ClassTest.truth($0, $1, table)
      }
    case .compare(let first, let comparator, let second):
      return compare(
        alternatives(first, reading, scopes), comparator, alternatives(second, reading, scopes))
    case .settled(let test, let subject): return settled(test, subject, scopes)
    case .certainly(let inner): return certainly(inner, scopes)
    case .includes(let slot, let mask): return includes(slot, graph[mask])
    case .includesValue(let slot, let value, let classes):
      return includes(slot, alternatives(value, reading, scopes), graph.classes[classes.index])
    case .exists(let rows): return exists(rows, reading, scopes)
    case .anyPoint: return pointTest(id)
    case .applies(let rules):
      let applied = graph.ruleIDs(rules).map { applies($0, reading) }
      return store.any(applied)
    case .concluded(let pattern): return concluded(pattern, reading, scopes)
    }
  }

  private mutating func truths(_ list: Members, _ reading: Reading, _ scopes: Scopes) -> [TruthFormula] {
    var truths: [TruthFormula] = []
    for inner in graph.conditionIDs(list) { truths.append(truth(inner, reading, scopes)) }
    return truths
  }

  private mutating func atLeast(_ count: Int, _ members: [TruthFormula]) -> TruthFormula {
    TruthFormula(
      isTrue: atLeast(count, members.map(\.isTrue)),
      isFalse: atLeast(members.count - count + 1, members.map(\.isFalse)))
  }

  /// At least so many of the formulas hold.
  private mutating func atLeast(_ count: Int, _ members: [FormulaID]) -> FormulaID {
    if count <= 0 { return yes }
    guard count <= members.count else { return no }
    // reached[k]: at least k of the members so far.
    var reached = [FormulaID](repeating: no, count: count + 1)
    reached[0] = yes
    for member in members {
      for index in stride(from: count, to: 0, by: -1) {
        let next = store.all([reached[index - 1], member])
        reached[index] = store.any([reached[index], next])
      }
    }
    return reached[count]
  }

  // MARK: What is known

  private mutating func settled(_ test: SettledTest, _ subject: SettledSubject, _ scopes: Scopes) -> TruthFormula {
    switch subject {
    case .value(let value):
      if readsGhost(value, scopes) { return alwaysUnknown }
      let alternatives = alternatives(value, .cautious, scopes)
      let holds: FormulaID
      switch test {
      case .known: holds = known(alternatives)
      case .none: holds = isNone(alternatives)
      case .unknown:
        let settled = store.any([known(alternatives), isNone(alternatives)])
        holds = store.not(settled)
      }
      return twoValued(holds)
    case .set(let slot): return given(.setGiven(slot), test)
    case .series(let slot): return given(series: slot, test)
    case .collection(let slot): return given(.rowsGiven(slot), test)
    }
  }

  mutating func twoValued(_ holds: FormulaID) -> TruthFormula {
    let fails = store.not(holds)
    return TruthFormula(isTrue: holds, isFalse: fails)
  }

  private mutating func given(_ subject: PatientSpace.Subject, _ test: SettledTest) -> TruthFormula {
    if test == .none { return alwaysFalse }
    let given = literal(subject, TermSet(0))
    return twoValued(test == .known ? given : store.not(given))
  }

  private mutating func given(series slot: SeriesSlotID, _ test: SettledTest) -> TruthFormula {
    if test == .none { return alwaysFalse }
    let variable = space.variable(.series(slot), in: &store)
    let domain = space.domains[variable.index]
    let given = store.literal(
      variable, in: TermSet(domain.indices.filter { domain[$0].points != nil || domain[$0].isLongerSeries }))
    return twoValued(test == .known ? given : store.not(given))
  }

  private mutating func certainly(_ inner: ConditionID, _ scopes: Scopes) -> TruthFormula {
    if readsGhost(inner, scopes) { return alwaysUnknown }
    let truth = truth(inner, .cautious, scopes)
    return twoValued(truth.isTrue)
  }

  private func readsGhost(_ value: ValueID, _ scopes: Scopes) -> Bool {
    !graph.isClosed(value) && readsGhost(graph.variables(of: value), scopes)
  }

  private func readsGhost(_ condition: ConditionID, _ scopes: Scopes) -> Bool {
    !graph.isClosed(condition) && readsGhost(graph.variables(of: condition), scopes)
  }

  private func readsGhost(_ variables: UInt64, _ scopes: Scopes) -> Bool {
    scopes.rows.contains { variable, scope in
      scope.isGhost && variable < 64 && variables & (1 << UInt64(variable)) != 0
    }
  }

  // MARK: Sets

  private mutating func includes(_ slot: SetSlotID, _ mask: Mask) -> TruthFormula {
    let given = literal(.setGiven(slot), TermSet(0))
    var sure: [FormulaID] = []
    var open: [FormulaID] = []
    for (index, terms) in space.classes(of: slot).enumerated() {
      guard let term = terms.lowest else { continue }
      if mask.yes.contains(term) {
        sure.append(literal(.setMember(slot, index), TermSet(1)))
      } else if mask.maybe.contains(term) {
        open.append(literal(.setMember(slot, index), TermSet(1)))
      }
    }
    let isSure = store.any(sure)
    let isOpen = store.any(open)
    let nothing = store.not(store.any([isSure, isOpen]))
    return TruthFormula(isTrue: store.all([given, isSure]), isFalse: store.all([given, nothing]))
  }

  /// A set that is asked for the value of another fact: for each term that this may be.
  private mutating func includes(
    _ slot: SetSlotID, _ asked: [Alternative], _ table: ClassTable
  ) -> TruthFormula {
    let given = literal(.setGiven(slot), TermSet(0))
    var answers: [TruthFormula] = []
    for term in table.members.indices {
      let isAsked = test(asked) { $0.isMember(yes: TermSet(term), maybe: TermSet()) }
      let isIncluded = includes(slot, Mask(yes: table.members[term], maybe: table.classes[term]))
      answers.append(
        TruthFormula(
          isTrue: store.any([isAsked.isFalse, isIncluded.isTrue]),
          isFalse: store.any([isAsked.isFalse, isIncluded.isFalse])))
    }
    let isNone = isNone(asked)
    let mayBeNone = store.not(neverNone(asked))
    let isTrue = store.all([given, store.not(mayBeNone)] + answers.map(\.isTrue))
    let isFalse = store.all([given] + answers.map(\.isFalse))
    return TruthFormula(isTrue: isTrue, isFalse: store.any([isNone, isFalse]))
  }

  // MARK: Series

  /// A question about the points of one series: the engine answers it for each of the series that stand for all.
  private mutating func pointTest(_ id: ConditionID) -> TruthFormula {
    guard case .anyPoint(let slot, _, let inner) = graph[id], probe.canAnswer(id, inner) else { return open() }
    let variable = space.variable(.series(slot), in: &store)
    var isTrue = TermSet()
    var isFalse = TermSet()
    for (index, truth) in probe.truths(id, of: slot, space.domains[variable.index]).enumerated() {
      switch truth {
      case .yes: isTrue.insert(index)
      case .no: isFalse.insert(index)
      case .unknown: break
      }
    }
    let truth = TruthFormula(isTrue: store.literal(variable, in: isTrue), isFalse: store.literal(variable, in: isFalse))
    let domain = space.domains[variable.index]
    guard let longer = domain.indices.first(where: { domain[$0].isLongerSeries }) else { return truth }
    let isLonger = store.literal(variable, in: TermSet(longer))
    let isListed = store.not(isLonger)
    let open = open()
    return TruthFormula(
      isTrue: store.any([store.all([isListed, truth.isTrue]), store.all([isLonger, open.isTrue])]),
      isFalse: store.any([store.all([isListed, truth.isFalse]), store.all([isLonger, open.isFalse])]))
  }
}

/// The class test over all pairs of values (`semantics.md` §1).
enum ClassTest {
  /// True if it holds for all pairs, false if for none.
  static func truth(_ value: Estimate, _ asked: Estimate, _ table: ClassTable) -> Truth {
    guard case .terms(let values) = value.values, case .terms(let terms) = asked.values, !values.isEmpty, !terms.isEmpty
    else { return value.isNone || asked.isNone ? .no : .unknown }
    var yes = false
    var open = false
    var no = value.mayBeNone || asked.mayBeNone
    for term in terms.indices where table.members.indices.contains(term) {
      for candidate in values.indices {
        if table.members[term].contains(candidate) {
          yes = true
        } else if table.classes[term].contains(candidate) {
          open = true
        } else {
          no = true
        }
      }
    }
    return yes && !open && !no ? .yes : !yes && !open ? .no : .unknown
  }
}
