internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

@testable internal import GuidelineCompiler
@testable internal import GuidelineKit

/// Reasons made by walking the written conditions for each patient anew: what outlines and trees are compared with.
struct WrittenReasons: ~Copyable {
  var builder: ReportBuilder

  private func quote(_ span: Span) -> Quote {
    let quotations = builder.quotations
    return Quote(text: quotations.text(span), path: quotations.path(span), line: quotations.line(span))
  }

  // MARK: Why

  /// The conditions of a conclusion's rule, as they stand for one instance.
  mutating func reasons(_ place: PlaceID, _ rows: [Int], _ status: Status) -> [Reason] {
    let node = builder.program.graph[place].rule
    builder.session.bind(rows, of: node)
    return reasons(of: node, status == .possible ? .cautious : .presuming)
  }

  /// The conditions of a rule under the present bindings.
  mutating func reasons(of node: RuleNodeID, _ reading: RuleEngine.Reading) -> [Reason] {
    let trace = builder.program.sourceMap.rules[node.index]
    var reasons: [Reason] = []
    for (variable, binding) in zip(builder.program.library.rules[trace.id.index].variables, trace.variables) {
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
    if case .constant(.yes) = builder.program.graph[trace.node] { return true }
    return false
  }

  /// The row that a variable is bound to, as a fact.
  private mutating func boundRow(_ variable: RuleVariable, _ binding: VariableBinding) -> Reason? {
    switch binding {
    case .tableRow(let table, let row):
      let rows = builder.program.library.tables[table.index].rows
      guard rows.indices.contains(row) else { return nil }
      let name = rows[row].id ?? "row \(row + 1)"
      let quote = quote(rows[row].span)
      return Reason(
        text: "\(variable.name): \(builder.program.library.tables[table.index].name) \(name)", truth: .yes,
        file: quote.path,
        line: quote.line, facts: [], parts: [])
    case .variable(let number):
      let relation = builder.session.boundRelation(number)
      let truth: Truth = builder.session.isGhost(relation) ? .unknown : .yes
      let quote = quote(variable.rows.span)
      return Reason(
        text: "\(variable.name): \(quote.text)", truth: truth, file: quote.path, line: quote.line,
        facts: rowReading(number, relation), parts: [])
    }
  }

  private func rowReading(_ variable: UInt8, _ relation: RelationID) -> [FactReading] {
    guard case .record(let record) = builder.program.sourceMap.relations[relation.index] else { return [] }
    let name = builder.library.vocabulary[record].name
    if builder.session.isGhost(relation) { return [FactReading(fact: name, value: cause(name))] }
    return [FactReading(fact: name, value: describeRow(builder.session.boundRow(variable), relation))]
  }

  private func describeRow(_ row: Int, _ relation: RelationID) -> String {
    guard case .record(let record) = builder.program.sourceMap.relations[relation.index] else { return "" }
    let fields = builder.library.vocabulary[record].fields
    let rows = builder.session.rows(relation, .cautious)
    guard rows.indices.contains(row) else { return "" }
    return zip(fields, rows[row].cells).compactMap { field, cell in
      cell.isUnknown || cell.isNone ? nil : "\(field.name) \(builder.printer.describe(cell, field.type))"
    }.joined(separator: ", ")
  }

  /// The conditions of a scope that do not hold.
  mutating func failures(_ trace: ConditionTrace) -> [Reason] {
    members(trace).map { reason($0, .cautious) }.filter { $0.truth == .no }
  }

  // MARK: Conditions

  mutating func reason(_ trace: ConditionTrace, _ reading: RuleEngine.Reading) -> Reason {
    let quote = quote(trace.condition.span)
    var reason = Reason(
      text: quote.text, truth: builder.session.truth(trace.node, reading), file: quote.path, line: quote.line,
      facts: [],
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
    _ rows: Rows, _ trace: ConditionTrace, _ reason: inout Reason, _ reading: RuleEngine.Reading
  ) {
    guard let id = trace.rows else { return }
    let relation = builder.program.graph[id].relation
    guard case .record(let record) = builder.program.sourceMap.relations[relation.index] else { return }
    let name = builder.library.vocabulary[record].name
    if builder.session.isGhost(relation) {
      reason.facts.append(FactReading(fact: name, value: cause(name)))
      return
    }
    let matching = builder.session.rowsMatching(id, reading)
    for (row, _) in matching {
      reason.facts.append(FactReading(fact: name, value: describeRow(row, relation)))
    }
    if matching.isEmpty { reason.facts.append(FactReading(fact: name, value: "no such row")) }
  }

  /// What a value is made of: the facts it reads, and the definitions behind its names.
  private mutating func read(_ value: Value, _ reading: RuleEngine.Reading, _ reason: inout Reason) {
    switch value.form {
    case .fact(let fact):
      note(factReading(fact, reading), &reason)
      if let definition = builder.program.library.derivations[fact], !isGivenKnown(fact) {
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
    builder.program.sourceMap.scalarSlots[fact].map { !builder.session.given($0).isUnknown } ?? false
  }

  /// A definition explains itself by its own conditions; depth is bounded by the order of definitions.
  private mutating func expand(_ id: DefinitionID, _ reading: RuleEngine.Reading, _ reason: inout Reason) {
    let name = builder.program.library.definitions[id.index].name
    let trace = builder.program.sourceMap.definitions[id.index]
    let estimate = builder.session.definition(DefinitionNodeID(id.index), reading)
    var isCondition = false
    if case .means = builder.program.library.definitions[id.index].form { isCondition = true }
    let quote = quote(builder.program.library.definitions[id.index].span)
    let text =
      isCondition
      ? name : "\(name) is \(builder.printer.describe(estimate, builder.program.library.definitions[id.index].type))"
    var part = Reason(
      text: text, truth: estimate.isUnknown ? .unknown : .yes, file: quote.path, line: quote.line, facts: [],
      parts: [])
    if isCondition, let condition = trace.conditions.first {
      part.truth = builder.session.truth(condition.node, reading)
      part.parts = members(condition).map { self.reason($0, reading) }
    } else {
      for condition in trace.conditions where builder.program.graph.isClosed(condition.node) {
        part.parts.append(self.reason(condition, reading))
      }
      for condition in trace.conditions where !builder.program.graph.isClosed(condition.node) {
        readClosed(condition, reading, &part)
      }
      for value in trace.values { read(value.value, reading, &part) }
    }
    if !reason.parts.contains(where: { $0.text == part.text }) { reason.parts.append(part) }
  }

  /// Of a condition on the rows of a table, what it reads besides the row.
  private mutating func readClosed(_ trace: ConditionTrace, _ reading: RuleEngine.Reading, _ reason: inout Reason) {
    for value in trace.values where builder.program.graph.isClosed(value.node) { read(value.value, reading, &reason) }
    for child in trace.children { readClosed(child, reading, &reason) }
  }

  // MARK: Facts

  private mutating func factReading(_ fact: FactID, _ reading: RuleEngine.Reading) -> FactReading {
    let name = builder.program.library.vocabulary.facts[fact.index].name
    let type = builder.program.library.vocabulary.facts[fact.index].type
    guard let estimate = builder.factEstimate(fact, reading) else { return FactReading(fact: name, value: "unknown") }
    if estimate.isUnknown, estimate == fullEstimate(type) { return FactReading(fact: name, value: cause(name)) }
    return FactReading(fact: name, value: builder.printer.describe(estimate, type))
  }

  private func fullEstimate(_ type: ValueType) -> Estimate {
    guard case .term(let group) = type else { return .interval(.all, mayBeNone: true) }
    return .terms(TermSet(allOf: builder.program.library.vocabulary.groups[group.index].terms.count), mayBeNone: true)
  }

  /// `unknown`, with the word that says why.
  private func cause(_ name: String) -> String { "unknown (\(builder.intake.causes[name] ?? "never_given"))" }

  private func setReading(_ fact: FactID) -> FactReading {
    let declared = builder.library.vocabulary[fact]
    guard let slot = builder.program.sourceMap.setSlots[fact], let members = builder.session.members(slot),
      case .term(let group) = declared.type
    else { return FactReading(fact: declared.name, value: cause(declared.name)) }
    let terms = builder.library.vocabulary[group].terms
    let names = members.indices.compactMap { terms.indices.contains($0) ? terms[$0].name : nil }
    return FactReading(fact: declared.name, value: names.isEmpty ? "none of them" : names.joined(separator: ", "))
  }

  private func seriesReading(_ fact: FactID) -> FactReading {
    let declared = builder.library.vocabulary[fact]
    guard let slot = builder.program.sourceMap.seriesSlots[fact], let points = builder.session.points(slot) else {
      return FactReading(fact: declared.name, value: cause(declared.name))
    }
    let words = points.suffix(3).map { point in
      "\(builder.printer.describe(point.value, declared.type)) on \(builder.printer.describe(point.day, .date))"
    }
    return FactReading(fact: declared.name, value: words.isEmpty ? "no result" : words.joined(separator: "; "))
  }

  private func recordReading(_ record: RecordID) -> FactReading {
    let name = builder.library.vocabulary[record].name
    guard let slot = builder.program.sourceMap.collectionSlots[record], builder.session.isGiven(slot) else {
      return FactReading(fact: name, value: cause(name))
    }
    guard let relation = builder.program.sourceMap.relations.firstIndex(of: .record(record)) else {
      return FactReading(fact: name, value: "given")
    }
    let rows = builder.session.rows(RelationID(relation), .cautious).indices.map {
      describeRow($0, RelationID(relation))
    }
    return FactReading(fact: name, value: rows.isEmpty ? "none" : rows.joined(separator: "; "))
  }
}
