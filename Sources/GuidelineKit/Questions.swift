import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

extension ReportBuilder {
  /// The questions behind a conclusion: its body, what may speak against it, its fields.
  mutating func questions(of place: PlaceID, _ pair: Pair) -> Set<String> {
    var questions = Questions()
    let node = program.graph[place]
    let fields = pair.cautious?.fields ?? []
    let rows = pair.cautious?.rows ?? pair.presuming?.rows ?? []
    collect(place, rows, fields, &questions)
    session.bind(rows, of: node.rule)
    for (field, value) in zip(node.fields, fields) {
      if value == nil, !field.ifKnown { continue }
      collect(field.value, &questions)
    }
    return questions.names
  }

  /// What a conclusion rests on, but for its fields: its body, and what may speak against it.
  private mutating func collect(
    _ place: PlaceID, _ rows: [Int], _ fields: [EstimateID?], _ questions: inout Questions
  ) {
    let rule = program.graph[place].rule
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

  /// The questions behind conditions that stand alone.
  mutating func questions(of conditions: [ConditionID], _ rows: [Int]) -> [String] {
    var questions = Questions()
    for condition in conditions { collect(condition, &questions) }
    return questions.names.sorted(by: byCodePoints)
  }

  /// A rule under the present bindings: scope, conditions, exceptions.
  private mutating func collect(_ id: RuleNodeID, _ questions: inout Questions) {
    let rule = program.graph[id]
    let written = program.index.rules[id.index]
    collectRoot(rule.scope, &questions)
    for (variable, relation) in rule.relations.enumerated() {
      collectExistence(of: session.boundRow(UInt8(variable)), in: relation, &questions)
    }
    for filter in written.filters { collectRoot(filter, &questions) }
    collectRoot(written.when, &questions)
    if let unless = rule.unless { collectRoot(unless, &questions) }
    for overrider in program.graph.overridersOfRule[id.index]
    where session.applies(overrider, .cautious) == .unknown {
      collectRule(overrider, &questions)
    }
  }

  /// All instances of another rule that are undecided.
  private mutating func collectRule(_ id: RuleNodeID, _ questions: inout Questions) {
    guard questions.enter(id) else { return }
    let instances = session.currentInstances(id, .cautious)
    for instance in instances where instance.effective == .unknown {
      session.bind(instance.rows, of: id)
      collect(id, &questions)
    }
  }

  // MARK: Conditions

  /// A condition that stands at the head of a list: nothing if it is false.
  private mutating func collectRoot(_ id: ConditionID, _ questions: inout Questions) {
    if session.truth(id, .cautious) != .no { collect(id, &questions) }
  }

  /// `onlySettled`: the group around it is true; only questions about what is known are open.
  private mutating func collect(_ id: ConditionID, onlySettled: Bool = false, _ questions: inout Questions) {
    let truth = session.truth(id, .cautious)
    switch program.graph[id] {
    case .constant: return
    case .all(let list), .any(let list), .atLeast(_, let list):
      collect(program.graph.conditionIDs(list), of: truth, onlySettled: onlySettled, &questions)
    case .not(let inner):
      switch program.graph[inner] {
      case .all(let list), .any(let list), .atLeast(_, let list):
        collect(program.graph.conditionIDs(list), of: truth, onlySettled: onlySettled, &questions)
      default: collect(inner, onlySettled: onlySettled, &questions)
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
    _ members: [ConditionID], of truth: Truth, onlySettled: Bool, _ questions: inout Questions
  ) {
    for member in members {
      switch truth {
      case .no: return
      case .yes: collect(member, onlySettled: true, &questions)
      case .unknown where session.truth(member, .cautious) == .unknown:
        collect(member, onlySettled: onlySettled, &questions)
      case .unknown: continue
      }
    }
  }

  /// `is known to be` that is false because its fact is not known.
  private mutating func collectUnsettled(_ id: ConditionID, _ questions: inout Questions) {
    guard case .all(let list) = program.graph[id] else { return collect(id, &questions) }
    for member in program.graph.conditionIDs(list) {
      if case .settled = program.graph[member] { collect(member, &questions) }
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
    switch program.graph[id] {
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
        keepingBindings { builder in builder.collectRule(rule, &questions) }
      }
    case .concluded(let pattern):
      for place in program.graph.placesMatching[pattern.index] {
        for item in session.concluded(place, .cautious) {
          let match = session.matches(pattern, place, item.fields, .cautious)
          if min(match, item.stands) == .unknown { collectConcluded(place, item, &questions) }
        }
      }
    case .all, .any, .atLeast, .not, .settled, .certainly: collect(id, &questions)
    case .constant: break
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
      collect(inner, &questions)
      _ = session.exchangeCurrentPoint(outer)
    }
    collect(window, &questions)
  }

  /// What leaves open whether a conclusion stands; a field that may be left out does not.
  private mutating func collectConcluded(
    _ place: PlaceID, _ item: ConcludedInstance, _ questions: inout Questions
  ) {
    guard questions.enter(place, item.rows) else { return }
    keepingBindings { builder in
      builder.collect(place, item.rows, item.fields, &questions)
      let node = builder.program.graph[place]
      builder.session.bind(item.rows, of: node.rule)
      for field in node.fields where !field.ifKnown { builder.collect(field.value, &questions) }
    }
  }

  /// A conclusion as a row of its kind.
  private func cells(of item: ConcludedInstance, _ place: PlaceID, _ width: Int) -> [Estimate] {
    var cells = [Estimate](repeating: .none, count: width)
    for (field, value) in zip(program.graph[place].fields, item.fields) where Int(field.column) < width {
      if let value { cells[Int(field.column)] = session.estimate(value) }
    }
    if width > 0 { cells[width - 1] = session.estimate(program.graph.ownerOfPlace[place.index]) }
    return cells
  }

  private mutating func keepingBindings(_ body: (inout ReportBuilder) -> Void) {
    let bindings = session.savedBindings
    body(&self)
    session.savedBindings = bindings
  }

  // MARK: Values

  /// What makes a value unknown; nothing if it is known.
  private mutating func collect(_ id: ValueID, _ questions: inout Questions) {
    guard session.estimate(id, .cautious).isUnknown else { return }
    switch program.graph[id] {
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
      for value in program.graph.valueIDs(list) { collect(value, &questions) }
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
    guard let fact = Self.name(of: slot.index, in: program.index.scalarFacts) else { return }
    let declared = library.vocabulary[fact]
    guard declared.ask == nil, let definition else {
      questions.ask(declared.name)
      return
    }
    guard !questions.hasEntered(definition) else { return }
    var inner = questions.withoutNames
    collect(definition, &inner)
    questions.adopt(inner)
    guard inner.names.isEmpty else { return }
    // What was met before on the way may have hidden all of it: whether there is anything to ask is seen alone.
    var alone = questions.alone(on: definition)
    collect(definition, &alone)
    if alone.names.isEmpty { questions.ask(declared.name) }
  }

  private mutating func collect(_ id: DefinitionNodeID, _ questions: inout Questions) {
    guard questions.enter(id) else { return }
    switch program.graph[id].form {
    case .means(let condition): collect(condition, &questions)
    case .value(let value): collect(value, &questions)
    case .first(let clauses):
      for clause in clauses {
        let truth = clause.condition.map { session.truth($0, .cautious) } ?? .yes
        if truth == .no { continue }
        if let condition = clause.condition { collect(condition, &questions) }
        collect(clause.value, &questions)
        // What stands below a clause that holds is never asked.
        if truth == .yes { return }
      }
    case .agree(let values): for value in values { collect(value, &questions) }
    }
  }

  /// The rows that may match: what is open about each of them, and the column that is asked.
  private mutating func collect(_ id: RowsID, column: Int? = nil, _ questions: inout Questions) {
    let node = program.graph[id]
    let matching = session.rowsMatching(id, .cautious)
    let bindings = session.savedBindings
    for (row, _) in matching {
      session.bind(variable: node.variable, of: node.relation, to: row)
      collectExistence(of: row, in: node.relation, &questions)
      let conditions = program.graph.conditionIDs(node.conditions)
      var whole = Truth.yes
      for condition in conditions { whole = min(whole, session.truth(condition, .cautious)) }
      collect(conditions, of: whole, onlySettled: false, &questions)
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
    if session.isGhost(relation) { questions.ask(name(relation)) }
    let found = session.row(row, of: relation, .cautious)
    guard found.truth == .unknown else { return }
    switch program.graph[relation].origin {
    case .given, .knowledge: break
    case .derived:
      for index in program.graph.rules.indices
      where program.graph.rules[index].derivations.contains(where: { $0.relation == relation }) {
        keepingBindings { builder in builder.collectRule(RuleNodeID(index), &questions) }
      }
    case .conclusions(let kind):
      for place in program.graph.placesOfKind[Int(kind)] {
        for item in session.concluded(place, .cautious) where item.stands == .unknown {
          if cells(of: item, place, found.cells.count) == found.cells { collectConcluded(place, item, &questions) }
        }
      }
    }
  }

  private mutating func collect(_ window: WindowID?, _ questions: inout Questions) {
    if let window, case .since(let value) = program.graph[window] { collect(value, &questions) }
  }

  // MARK: Names

  private mutating func ask(_ variable: UInt8, _ column: Int, _ questions: inout Questions) {
    let relation = session.boundRelation(variable)
    guard !session.isGhost(relation) else {
      questions.ask(name(relation))
      return
    }
    guard case .record(let record) = program.sourceMap.relations[relation.index],
      !library.derivedRecords.contains(record), library.vocabulary[record].fields.indices.contains(column)
    else { return }
    questions.ask("\(library.vocabulary[record].name).\(library.vocabulary[record].fields[column].name)")
  }

  private func name(_ relation: RelationID) -> String {
    switch program.sourceMap.relations[relation.index] {
    case .record(let id): library.vocabulary[id].name
    case .table(let id): library[id].name
    case .kind(let id): library.vocabulary[id].name
    }
  }

  private static func name<Name>(of slot: Int, in names: [Name?]) -> Name? {
    names.indices.contains(slot) ? names[slot] : nil
  }

  private func ask(setSlot slot: SetSlotID, _ questions: inout Questions) {
    guard let fact = Self.name(of: slot.index, in: program.index.setFacts) else { return }
    questions.ask(library.vocabulary[fact].name)
  }

  private func ask(seriesSlot slot: SeriesSlotID, _ questions: inout Questions) {
    guard let fact = Self.name(of: slot.index, in: program.index.seriesFacts) else { return }
    questions.ask(library.vocabulary[fact].name)
  }

  private func ask(collectionSlot slot: CollectionSlotID, _ questions: inout Questions) {
    guard let record = Self.name(of: slot.index, in: program.index.records) else { return }
    questions.ask(library.vocabulary[record].name)
  }
}
