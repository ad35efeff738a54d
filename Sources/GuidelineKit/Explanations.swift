import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import GuidelineSyntax
import RuleEngine

extension ReportBuilder {
  // MARK: Why

  /// The conditions of a conclusion's rule, as they stand for one instance.
  mutating func reasons(_ place: PlaceID, _ rows: [Int], _ status: Status) -> [Reason] {
    let node = program.graph[place].rule
    session.bind(rows, of: node)
    return reasons(of: node, status == .possible ? .cautious : .presuming)
  }

  /// The conditions of a rule under the present bindings.
  mutating func reasons(of node: RuleNodeID, _ reading: Reading) -> [Reason] {
    let trace = program.sourceMap.rules[node.index]
    var reasons: [Reason] = []
    for (variable, binding) in zip(program.library.rules[trace.id.index].variables, trace.variables) {
      if let reason = boundRow(variable, binding) { reasons.append(reason) }
    }
    for filter in trace.filters where !isConstant(filter) { reasons.append(reason(filter, reading)) }
    reasons += members(trace.when).filter { !isConstant($0) }.map { reason($0, reading) }
    if let unless = trace.unless {
      var exception = reason(unless, reading)
      exception.text = "unless " + exception.text
      reasons.append(exception)
    }
    return reasons
  }

  /// The members of an *all of* list; any other condition stands for itself.
  private func members(_ trace: ConditionTrace) -> [ConditionTrace] {
    if case .group(.all, _) = trace.condition.form, !trace.children.isEmpty { return trace.children }
    return [trace]
  }

  private func isConstant(_ trace: ConditionTrace) -> Bool {
    if case .constant(.yes) = program.graph[trace.node] { return true }
    return false
  }

  /// The row that a variable is bound to, as a fact.
  private mutating func boundRow(_ variable: RuleVariable, _ binding: VariableBinding) -> Reason? {
    switch binding {
    case .tableRow(let table, let row):
      let rows = program.library.tables[table.index].rows
      guard rows.indices.contains(row) else { return nil }
      let name = rows[row].id ?? "row \(row + 1)"
      let quote = quotes.quote(rows[row].span, from: quotations)
      return Reason(
        text: "\(variable.name): \(program.library.tables[table.index].name) \(name)", truth: .yes, file: quote.path,
        line: quote.line, facts: [], parts: [])
    case .variable(let number):
      let relation = session.boundRelation(number)
      let truth: Truth = session.isGhost(relation) ? .unknown : .yes
      let quote = quotes.quote(variable.rows.span, from: quotations)
      return Reason(
        text: "\(variable.name): \(quote.text)", truth: truth, file: quote.path, line: quote.line,
        facts: rowReading(number, relation), parts: [])
    }
  }

  private func rowReading(_ variable: UInt8, _ relation: RelationID) -> [FactReading] {
    guard case .record(let record) = program.sourceMap.relations[relation.index] else { return [] }
    let name = library.vocabulary[record].name
    if session.isGhost(relation) { return [FactReading(fact: name, value: cause(name))] }
    return [FactReading(fact: name, value: describeRow(session.boundRow(variable), relation))]
  }

  private func describeRow(_ row: Int, _ relation: RelationID) -> String {
    guard case .record(let record) = program.sourceMap.relations[relation.index] else { return "" }
    let fields = library.vocabulary[record].fields
    let rows = session.rows(relation, .cautious)
    guard rows.indices.contains(row) else { return "" }
    return zip(fields, rows[row].cells).compactMap { field, cell in
      cell.isUnknown || cell.isNone ? nil : "\(field.name) \(printer.describe(cell, field.type))"
    }.joined(separator: ", ")
  }

  /// The conditions of a scope that do not hold.
  mutating func failures(_ trace: ConditionTrace) -> [Reason] {
    members(trace).map { reason($0, .cautious) }.filter { $0.truth == .no }
  }

  // MARK: Conditions

  mutating func reason(_ trace: ConditionTrace, _ reading: Reading) -> Reason {
    let quote = quotes.quote(trace.condition.span, from: quotations)
    var reason = Reason(
      text: quote.text, truth: session.truth(trace.node, reading), file: quote.path, line: quote.line, facts: [],
      parts: [])
    switch trace.condition.form {
    case .group(let kind, _):
      reason.text = heading(kind)
      reason.parts = trace.children.map { self.reason($0, reading) }
    case .not:
      reason.parts = trace.children.flatMap { self.reason($0, reading).parts }
      reason.facts = trace.children.flatMap { self.reason($0, reading).facts }
    case .exists(let rows): describeRows(rows, trace, &reason, reading)
    case .includes(.fact(let fact), _, _): reason.facts = [setReading(fact)]
    case .anyPoint(let fact, _, _): reason.facts = [seriesReading(fact)]
    default: break
    }
    for value in trace.values { read(value.value, reading, &reason) }
    // A line that is only the name of a definition shows at once what the definition says.
    if reason.parts.count == 1, let only = reason.parts.first, only.text == reason.text {
      reason.facts.removeAll { $0.fact == reason.text }
      reason.parts = only.parts
    }
    return reason
  }

  private func heading(_ kind: GroupKind) -> String {
    switch kind {
    case .all: "all of"
    case .any: "any of"
    case .none: "none of"
    case .atLeast(let count): "at least \(count) of"
    }
  }

  private mutating func describeRows(
    _ rows: Rows, _ trace: ConditionTrace, _ reason: inout Reason, _ reading: Reading
  ) {
    guard let id = trace.rows else { return }
    let relation = program.graph[id].relation
    guard case .record(let record) = program.sourceMap.relations[relation.index] else { return }
    let name = library.vocabulary[record].name
    if session.isGhost(relation) {
      reason.facts.append(FactReading(fact: name, value: cause(name)))
      return
    }
    let matching = session.rowsMatching(id, reading)
    for (row, _) in matching {
      reason.facts.append(FactReading(fact: name, value: describeRow(row, relation)))
    }
    if matching.isEmpty { reason.facts.append(FactReading(fact: name, value: "no such row")) }
  }

  /// What a value is made of: the facts it reads, and the definitions behind its names.
  private mutating func read(_ value: Value, _ reading: Reading, _ reason: inout Reason) {
    switch value.form {
    case .fact(let fact):
      note(factReading(fact, reading), &reason)
      if let definition = program.library.derivations[fact], !isGivenKnown(fact) {
        expand(definition, reading, &reason)
      }
    case .definition(let definition): expand(definition, reading, &reason)
    case .point(_, let fact, _), .dateOf(_, let fact, _), .change(_, let fact, _), .countPoints(let fact, _):
      note(seriesReading(fact), &reason)
    case .aggregate(_, let rows, _), .countRows(let rows):
      if case .record(let record) = rows.collection { note(recordReading(record), &reason) }
    case .arithmetic(_, let first, let second):
      read(first, reading, &reason)
      read(second, reading, &reason)
    case .extreme(_, let values): for inner in values { read(inner, reading, &reason) }
    case .round(let inner, _), .translated(let inner, _): read(inner, reading, &reason)
    default: break
    }
  }

  private func note(_ reading: FactReading, _ reason: inout Reason) {
    if !reason.facts.contains(reading) { reason.facts.append(reading) }
  }

  private func isGivenKnown(_ fact: FactID) -> Bool {
    program.sourceMap.scalarSlots[fact].map { !session.given($0).isUnknown } ?? false
  }

  /// A definition explains itself by its own conditions; depth is bounded by the order of definitions.
  private mutating func expand(_ id: DefinitionID, _ reading: Reading, _ reason: inout Reason) {
    let name = program.library.definitions[id.index].name
    let trace = program.sourceMap.definitions[id.index]
    let estimate = session.definition(DefinitionNodeID(id.index), reading)
    var isCondition = false
    if case .means = program.library.definitions[id.index].form { isCondition = true }
    let quote = quotes.quote(program.library.definitions[id.index].span, from: quotations)
    let text =
      isCondition ? name : "\(name) is \(printer.describe(estimate, program.library.definitions[id.index].type))"
    var part = Reason(
      text: text, truth: estimate.isUnknown ? .unknown : .yes, file: quote.path, line: quote.line, facts: [],
      parts: [])
    if isCondition, let condition = trace.conditions.first {
      part.truth = session.truth(condition.node, reading)
      part.parts = members(condition).map { self.reason($0, reading) }
    } else {
      for condition in trace.conditions where program.graph.isClosed(condition.node) {
        part.parts.append(self.reason(condition, reading))
      }
      for condition in trace.conditions where !program.graph.isClosed(condition.node) {
        readClosed(condition, reading, &part)
      }
      for value in trace.values { read(value.value, reading, &part) }
    }
    if !reason.parts.contains(where: { $0.text == part.text }) { reason.parts.append(part) }
  }

  /// Of a condition on the rows of a table, what it reads besides the row.
  private mutating func readClosed(_ trace: ConditionTrace, _ reading: Reading, _ reason: inout Reason) {
    for value in trace.values where program.graph.isClosed(value.node) { read(value.value, reading, &reason) }
    for child in trace.children { readClosed(child, reading, &reason) }
  }

  // MARK: Facts

  private mutating func factReading(_ fact: FactID, _ reading: Reading) -> FactReading {
    let name = program.library.vocabulary.facts[fact.index].name
    let type = program.library.vocabulary.facts[fact.index].type
    guard let estimate = factEstimate(fact, reading) else { return FactReading(fact: name, value: "unknown") }
    if estimate.isUnknown, estimate == fullEstimate(type) { return FactReading(fact: name, value: cause(name)) }
    return FactReading(fact: name, value: printer.describe(estimate, type))
  }

  private func fullEstimate(_ type: ValueType) -> Estimate {
    guard case .term(let group) = type else { return .interval(.all, mayBeNone: true) }
    return .terms(TermSet(allOf: program.library.vocabulary.groups[group.index].terms.count), mayBeNone: true)
  }

  /// `unknown`, with the word that says why.
  private func cause(_ name: String) -> String { "unknown (\(intake.causes[name] ?? "never_given"))" }

  private func setReading(_ fact: FactID) -> FactReading {
    let declared = library.vocabulary[fact]
    guard let slot = program.sourceMap.setSlots[fact], let members = session.members(slot),
      case .term(let group) = declared.type
    else { return FactReading(fact: declared.name, value: cause(declared.name)) }
    let terms = library.vocabulary[group].terms
    let names = members.indices.compactMap { terms.indices.contains($0) ? terms[$0].name : nil }
    return FactReading(fact: declared.name, value: names.isEmpty ? "none of them" : names.joined(separator: ", "))
  }

  private func seriesReading(_ fact: FactID) -> FactReading {
    let declared = library.vocabulary[fact]
    guard let slot = program.sourceMap.seriesSlots[fact], let points = session.points(slot) else {
      return FactReading(fact: declared.name, value: cause(declared.name))
    }
    let words = points.suffix(3).map { point in
      "\(printer.describe(point.value, declared.type)) on \(printer.describe(point.day, .date))"
    }
    return FactReading(fact: declared.name, value: words.isEmpty ? "no result" : words.joined(separator: "; "))
  }

  private func recordReading(_ record: RecordID) -> FactReading {
    let name = library.vocabulary[record].name
    guard let slot = program.sourceMap.collectionSlots[record], session.isGiven(slot) else {
      return FactReading(fact: name, value: cause(name))
    }
    guard let relation = program.sourceMap.relations.firstIndex(of: .record(record)) else {
      return FactReading(fact: name, value: "given")
    }
    let rows = session.rows(RelationID(relation), .cautious).indices.map { describeRow($0, RelationID(relation)) }
    return FactReading(fact: name, value: rows.isEmpty ? "none" : rows.joined(separator: "; "))
  }

  // MARK: Against

  /// The rules that override a conclusion, or may.
  mutating func overriders(_ place: PlaceID, _ shown: ConcludedInstance?, _ status: Status) -> [Overrider] {
    guard status == .overridden || status == .possible || status == .provisional else { return [] }
    let reading: Reading = status == .overridden ? .presuming : .cautious
    let node = program.graph[place].rule
    var found: [Overrider] = []
    let target = program.sourceMap.rules[node.index].id
    for overrider in program.graph.overridersOfRule[node.index] {
      let truth = session.applies(overrider, reading)
      guard truth != .no else { continue }
      let id = program.sourceMap.rules[overrider.index].id
      add(overrider, program.library.rules[id.index].overrides.firstIndex { $0.names(target) }, truth, &found)
    }
    for override in program.graph.overridersOfPlace[place.index] {
      session.bind(shown?.rows ?? [], of: node)
      let truth = session.overrides(override, place, shown?.fields ?? [], reading)
      let item = program.sourceMap.rules[override.rule.index].overridePatterns[override.pattern]
      add(override.rule, item, truth, &found)
    }
    return found
  }

  /// `item`: which of the rule's overrides it is.
  private func add(_ node: RuleNodeID, _ item: Int?, _ truth: Truth, _ found: inout [Overrider]) {
    guard truth != .no else { return }
    let rule = library[program.sourceMap.rules[node.index].id]
    let overrider = Overrider(
      guideline: library[rule.document].id, rule: rule.name,
      because: item.flatMap { rule.overrides[$0].because }, isCertain: truth == .yes)
    if !found.contains(overrider) { found.append(overrider) }
  }
}

extension Override {
  /// Whether the item overrides a rule by its name.
  func names(_ rule: RuleID) -> Bool {
    if case .rules(let targets) = target { return targets.contains(rule) }
    return false
  }
}
