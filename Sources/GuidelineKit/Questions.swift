import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

extension ReportBuilder {
  /// The questions behind a conclusion: its body, what may speak against it, its fields.
  mutating func questions(of place: PlaceID, _ pair: Pair) -> NeedSet {
    var questions = Questions()
    let fields = pair.cautious?.fields ?? []
    let rows = pair.cautious?.rows ?? pair.presuming?.rows ?? []
    collect(place, rows, fields, &questions)
    session.bind(rows, of: program.graph.places[place.index].rule)
    for (index, value) in fields.enumerated()
    where program.graph.places[place.index].fields.indices.contains(index) {
      let field = program.graph.places[place.index].fields[index]
      if value == nil, !field.ifKnown { continue }
      collect(field.value, &questions)
    }
    return questions.needs
  }

  /// What a conclusion rests on, but for its fields: its body, and what may speak against it.
  private mutating func collect(
    _ place: PlaceID, _ rows: [Int], _ fields: [EstimateID?], _ questions: inout Questions
  ) {
    let rule = program.graph.places[place.index].rule
    session.bind(rows, of: rule)
    if let known = askedLast, known.rule == rule, known.rows == rows, questions.isFresh {
      questions = known.questions
    } else {
      let isFresh = questions.isFresh
      collect(rule, &questions)
      if isFresh, isListing { askedLast = RuleQuestions(rule: rule, rows: rows, questions: questions) }
    }
    for override in program.graph.overridersOfPlace[place.index] {
      for instance in session.currentInstances(override.rule, .cautious) where instance.effective != .no {
        session.bind(instance.rows, of: override.rule)
        let match = session.matches(override.pattern, place, fields, .cautious)
        if min(instance.effective, match) == .unknown { collect(override.rule, &questions) }
      }
    }
  }

  /// The questions behind a condition that stands alone.
  mutating func questions(of condition: ConditionID) -> NeedSet {
    var questions = Questions()
    collect(condition, session.truth(condition, .cautious), &questions)
    return questions.needs
  }

  /// A rule under the present bindings: scope, conditions, exceptions.
  private mutating func collect(_ id: RuleNodeID, _ questions: inout Questions) {
    collectRoot(program.graph.rules[id.index].scope, &questions)
    for variable in program.graph.rules[id.index].relations.indices {
      let relation = program.graph.rules[id.index].relations[variable]
      collectExistence(of: session.boundRow(UInt8(variable)), in: relation, &questions)
    }
    for filter in program.index.rules[id.index].filters { collectRoot(filter, &questions) }
    collectRoot(program.index.rules[id.index].when, &questions)
    if let unless = program.graph.rules[id.index].unless { collectRoot(unless, &questions) }
    for overrider in program.graph.overridersOfRule[id.index]
    where session.applies(overrider, .cautious) == .unknown {
      collectRule(overrider, &questions)
    }
  }

  /// All instances of another rule that are undecided.
  private mutating func collectRule(_ id: RuleNodeID, _ questions: inout Questions) {
    if let known = kept.rules[id] { return questions.ask(known) }
    guard questions.enter(id) else { return }
    let outer = questions.beginPart()
    for instance in session.currentInstances(id, .cautious) where instance.effective == .unknown {
      session.bind(instance.rows, of: id)
      collect(id, &questions)
    }
    let part = questions.endPart(outer)
    if isListing, part.isWhole { kept.rules[id] = part.needs }
  }

  // MARK: Conditions

  /// A condition that stands at the head of a list: nothing if it is false.
  private mutating func collectRoot(_ id: ConditionID, _ questions: inout Questions) {
    let truth = session.truth(id, .cautious)
    if truth != .no { collect(id, truth, &questions) }
  }

  /// `onlySettled`: the group around it is true; only questions about what is known are open.
  private mutating func collect(
    _ id: ConditionID, _ truth: Truth, onlySettled: Bool = false, _ questions: inout Questions
  ) {
    let isSettled = onlySettled || truth != .unknown
    if isSettled, !program.index.asksWhatIsKnown[id.index] { return }
    guard isListing, isWorthKeeping(id) else { return collectParts(id, truth, onlySettled: onlySettled, &questions) }
    if let known = isSettled ? kept.settledConditions[id] : kept.conditions[id] { return questions.ask(known) }
    let outer = questions.beginPart()
    collectParts(id, truth, onlySettled: onlySettled, &questions)
    let part = questions.endPart(outer)
    guard part.isWhole else { return }
    if isSettled { kept.settledConditions[id] = part.needs } else { kept.conditions[id] = part.needs }
  }

  /// Whether other conclusions may ask the same of a condition, and finding it out again takes longer than looking it up.
  private func isWorthKeeping(_ id: ConditionID) -> Bool {
    switch program.graph.conditions[id.index] {
    case .all, .any, .atLeast, .exists, .anyPoint, .applies, .concluded: program.graph.isClosed(id)
    default: false
    }
  }

  private mutating func collectParts(
    _ id: ConditionID, _ truth: Truth, onlySettled: Bool, _ questions: inout Questions
  ) {
    switch program.graph.conditions[id.index] {
    case .constant: return
    case .all(let list), .any(let list), .atLeast(_, let list):
      collect(list, of: truth, onlySettled: onlySettled, &questions)
    case .not(let inner):
      switch program.graph.conditions[inner.index] {
      case .all(let list), .any(let list), .atLeast(_, let list):
        collect(list, of: truth, onlySettled: onlySettled, &questions)
      default: collect(inner, session.truth(inner, .cautious), onlySettled: onlySettled, &questions)
      }
    case .settled(let test, let subject): collect(test, subject, truth, &questions)
    case .certainly(let inner):
      if truth != .yes { collectUnsettled(inner, &questions) }
    default:
      if truth == .unknown, !onlySettled { collectUnknown(id, &questions) }
    }
  }

  /// The members of a group: those that are unknown if it is unknown; if it is true, what they say about what is known;
  /// nothing if it is false.
  private mutating func collect(
    _ members: Members, of truth: Truth, onlySettled: Bool, _ questions: inout Questions
  ) {
    guard truth != .no else { return }
    for member in program.graph.members(members) {
      let id = ConditionID(Int(member))
      let own = session.truth(id, .cautious)
      if truth == .yes {
        collect(id, own, onlySettled: true, &questions)
      } else if own == .unknown {
        collect(id, own, onlySettled: onlySettled, &questions)
      }
    }
  }

  /// `is known to be` that is false because its fact is not known.
  private mutating func collectUnsettled(_ id: ConditionID, _ questions: inout Questions) {
    guard case .all(let list) = program.graph.conditions[id.index] else {
      return collect(id, session.truth(id, .cautious), &questions)
    }
    for member in program.graph.conditionIDs(list) {
      guard case .settled = program.graph.conditions[member.index] else { continue }
      collect(member, session.truth(member, .cautious), &questions)
    }
  }

  private mutating func collect(
    _ test: SettledTest, _ subject: SettledSubject, _ truth: Truth, _ questions: inout Questions
  ) {
    let isOpen = (test == .unknown && truth != .no) || (test == .known && truth != .yes) || truth == .unknown
    guard isOpen else { return }
    switch subject {
    case .value(let value): collect(value, &questions)
    case .set(let slot): if !session.isGiven(slot) { ask(setSlot: slot, &questions) }
    case .series(let slot): if !session.isGiven(slot) { ask(seriesSlot: slot, &questions) }
    case .collection(let slot): if !session.isGiven(slot) { ask(collectionSlot: slot, &questions) }
    }
  }

  /// What makes a condition unknown.
  private mutating func collectUnknown(_ id: ConditionID, _ questions: inout Questions) {
    switch program.graph.conditions[id.index] {
    case .member(let value, _): collect(value, &questions)
    case .related(let first, let second, _), .compare(let first, _, let second):
      collect(first, &questions)
      collect(second, &questions)
    case .includes(let slot, _): if !session.isGiven(slot) { ask(setSlot: slot, &questions) }
    case .includesValue(let slot, let value, _):
      if !session.isGiven(slot) { ask(setSlot: slot, &questions) }
      collect(value, &questions)
    case .exists(let rows): collect(rows, &questions)
    case .anyPoint(let slot, let window, let inner):
      collectPoints(slot, window, inner, &questions)
    case .applies(let rules):
      for rule in program.graph.ruleIDs(rules) where session.applies(rule, .cautious) == .unknown {
        let bindings = session.savedBindings
        collectRule(rule, &questions)
        session.savedBindings = bindings
      }
    case .concluded(let pattern):
      for place in program.graph.placesMatching[pattern.index] {
        for item in session.concluded(place, .cautious) {
          let match = session.matches(pattern, place, item.fields, .cautious)
          if min(match, item.stands) == .unknown { collectConcluded(place, item, &questions) }
        }
      }
    case .all, .any, .atLeast, .not, .settled, .certainly, .constant: break
    }
  }

  /// A series that is not given, points of which day or value is not known, and what the window begins with.
  private mutating func collectPoints(
    _ slot: SeriesSlotID, _ window: WindowID?, _ inner: ConditionID, _ questions: inout Questions
  ) {
    guard session.isGiven(slot) else { return ask(seriesSlot: slot, &questions) }
    for (point, member) in session.pointsIn(slot, window, .cautious) {
      if member == .unknown || point.value.isUnknown { ask(seriesSlot: slot, &questions) }
      let outer = session.exchangeCurrentPoint(point.value)
      collect(inner, session.truth(inner, .cautious), &questions)
      _ = session.exchangeCurrentPoint(outer)
    }
    collect(window, &questions)
  }

  /// What leaves open whether a conclusion stands; a field that may be left out does not.
  private mutating func collectConcluded(
    _ place: PlaceID, _ item: ConcludedInstance, _ questions: inout Questions
  ) {
    let conclusion = AskedConclusion(place: place, rows: item.rows)
    if let known = kept.conclusions[conclusion] { return questions.ask(known) }
    guard questions.enter(conclusion) else { return }
    let bindings = session.savedBindings
    let outer = questions.beginPart()
    collect(place, item.rows, item.fields, &questions)
    session.bind(item.rows, of: program.graph.places[place.index].rule)
    for field in program.graph.places[place.index].fields where !field.ifKnown { collect(field.value, &questions) }
    let part = questions.endPart(outer)
    if isListing, part.isWhole { kept.conclusions[conclusion] = part.needs }
    session.savedBindings = bindings
  }

  /// A conclusion as a row of its kind.
  private func cells(of item: ConcludedInstance, _ place: PlaceID, _ width: Int) -> [Estimate] {
    var cells = [Estimate](repeating: .none, count: width)
    for (field, value) in zip(program.graph.places[place.index].fields, item.fields) where Int(field.column) < width {
      if let value { cells[Int(field.column)] = session.estimate(value) }
    }
    if width > 0 { cells[width - 1] = session.estimate(program.graph.ownerOfPlace[place.index]) }
    return cells
  }

  // MARK: Values

  /// What makes a value unknown; nothing if it is known.
  private mutating func collect(_ id: ValueID, _ questions: inout Questions) {
    guard session.estimate(id, .cautious).isUnknown else { return }
    switch program.graph.values[id.index] {
    case .constant, .today, .currentPoint: break
    case .fact(let slot, let definition): collect(slot, definition, &questions)
    case .definition(let definition): collect(definition, &questions)
    case .field(let variable, let column): ask(variable, Int(column), &questions)
    case .point(_, let slot, let window), .dateOf(_, let slot, let window), .countPoints(let slot, let window):
      collect(slot, window, &questions)
    case .change(_, let slot, let window): collect(slot, window, &questions)
    case .aggregate(_, let rows, let column): collect(rows, column: Int(column), &questions)
    case .countRows(let rows): collect(rows, &questions)
    case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
      .divide(let first, let second):
      collect(first, &questions)
      collect(second, &questions)
    case .least(let list), .greatest(let list), .text(_, let list):
      for value in program.graph.members(list) { collect(ValueID(Int(value)), &questions) }
    case .round(let value, _), .translated(let value, _): collect(value, &questions)
    }
  }

  /// A series that is not given or is open itself; not one of which only the beginning of the window is unknown.
  private mutating func collect(_ slot: SeriesSlotID, _ window: WindowID?, _ questions: inout Questions) {
    guard session.isGiven(slot) else { return ask(seriesSlot: slot, &questions) }
    let points = session.pointsIn(slot, window, .cautious).filter { $0.member != .no }
    let isOpen = points.contains { $0.point.day.isUnknown || $0.point.value.isUnknown }
    if isOpen || !points.contains(where: { $0.member == .unknown }) { ask(seriesSlot: slot, &questions) }
    collect(window, &questions)
  }

  /// A fact with a question is asked for as it is, also where a definition could derive it.
  private mutating func collect(
    _ slot: ScalarSlotID, _ definition: DefinitionNodeID?, _ questions: inout Questions
  ) {
    guard let asked = Self.asked(slot.index, program.index.scalarFacts, program.index.askable) else { return }
    guard !asked.hasQuestion, let definition else { return questions.ask(asked.number) }
    if kept.definitions[definition] == nil {
      guard !questions.hasEntered(definition) else { return }
      let outer = questions.beginPart()
      collect(definition, &questions)
      guard questions.endPart(outer).needs.isEmpty else { return }
    }
    if let known = kept.definitions[definition] {
      if known.isEmpty { questions.ask(asked.number) } else { questions.ask(known) }
      return
    }
    // What was met before on the way may have hidden all of it: whether there is anything to ask is seen alone.
    var alone = questions.alone(on: definition)
    collect(definition, &alone)
    if alone.needs.isEmpty { questions.ask(asked.number) }
  }

  private mutating func collect(_ id: DefinitionNodeID, _ questions: inout Questions) {
    if let known = kept.definitions[id] { return questions.ask(known) }
    guard questions.enter(id) else { return }
    let outer = questions.beginPart()
    collectForm(of: id, &questions)
    let part = questions.endPart(outer)
    if isListing, part.isWhole { kept.definitions[id] = part.needs }
  }

  private mutating func collectForm(of id: DefinitionNodeID, _ questions: inout Questions) {
    switch program.graph.definitions[id.index].form {
    case .means(let condition): collect(condition, session.truth(condition, .cautious), &questions)
    case .value(let value): collect(value, &questions)
    case .first(let clauses):
      for clause in clauses {
        let truth = clause.condition.map { session.truth($0, .cautious) } ?? .yes
        if truth == .no { continue }
        if let condition = clause.condition { collect(condition, truth, &questions) }
        collect(clause.value, &questions)
        // What stands below a clause that holds is never asked.
        if truth == .yes { return }
      }
    case .agree(let values): for value in values { collect(value, &questions) }
    }
  }

  /// The rows that may match: what is open about each of them, and the column that is asked.
  private mutating func collect(_ id: RowsID, column: Int? = nil, _ questions: inout Questions) {
    let node = program.graph.rows[id.index]
    let matching = session.rowsMatching(id, .cautious)
    let bindings = session.savedBindings
    for (row, _) in matching {
      session.bind(variable: node.variable, of: node.relation, to: row)
      collectExistence(of: row, in: node.relation, &questions)
      var whole = Truth.yes
      for member in program.graph.members(node.conditions) {
        whole = min(whole, session.truth(ConditionID(Int(member)), .cautious))
      }
      collect(node.conditions, of: whole, onlySettled: false, &questions)
      if let column, session.row(row, of: node.relation, .cautious).cells[column].isUnknown {
        ask(node.variable, column, &questions)
      }
    }
    session.savedBindings = bindings
  }

  /// Whether a row is there at all: the collection that is not given, or the rules that may derive it.
  private mutating func collectExistence(
    of row: Int, in relation: RelationID, _ questions: inout Questions
  ) {
    if session.isGhost(relation) { questions.ask(program.index.askable.relations[relation.index]) }
    switch program.graph.relations[relation.index].origin {
    case .given, .knowledge: break
    case .derived:
      guard session.row(row, of: relation, .cautious).truth == .unknown else { return }
      let bindings = session.savedBindings
      for rule in program.index.derivers[relation.index] {
        collectRule(rule, &questions)
        session.savedBindings = bindings
      }
    case .conclusions(let kind):
      let found = session.row(row, of: relation, .cautious)
      guard found.truth == .unknown else { return }
      for place in program.graph.placesOfKind[Int(kind)] {
        for item in session.concluded(place, .cautious) where item.stands == .unknown {
          if cells(of: item, place, found.cells.count) == found.cells { collectConcluded(place, item, &questions) }
        }
      }
    }
  }

  private mutating func collect(_ window: WindowID?, _ questions: inout Questions) {
    if let window, case .since(let value) = program.graph.windows[window.index] { collect(value, &questions) }
  }
}
