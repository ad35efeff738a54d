import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import GuidelineSyntax
import RuleEngine

/// One step of an outline: a line of the reasons, or a fact that a line reads.
///
/// Steps stand in the order in which they are read: behind a line what it is made of, until `end`.
struct OutlineStep: Sendable {
  enum Kind: Sendable {
    /// A condition as it was written.
    case condition(ConditionID)
    /// The same, of which only the parts of what it denies are shown.
    case negation(ConditionID)
    /// The row that a variable is bound to.
    case boundRow(UInt8)
    /// The row of a table for which the rule was unrolled.
    case tableRow
    /// A name that stands for a condition.
    case meaning(ConditionID)
    /// A name that stands for a value.
    case value(DefinitionID)
    /// A fact with one value; nil: no rule reads it.
    case scalar(FactID, ScalarSlotID?)
    /// The same, which may have been derived.
    case derivable(FactID, ScalarSlotID, DefinitionNodeID)
    case set(FactID)
    case series(FactID)
    /// All rows of a collection.
    case collection(RecordID)
    /// The rows of a collection that meet a question.
    case rows(RowsID)
  }

  var kind: Kind
  /// Behind the last step of its parts.
  var end = 0
  /// What is written there: a place in `ReasonOutlines.lines`.
  var line = -1
  /// A derivation is shown only while this fact is not given.
  var unlessGiven: ScalarSlotID?
  /// Stands under `unless`.
  var isException = false

  /// A line of the reasons; the others are facts that it reads.
  var isLine: Bool { line >= 0 }
}

/// What is written at a step, and where.
struct OutlineLine: Sendable {
  let text: String
  let path: String
  let line: Int
}

/// The steps of all rules whose reasons were asked for so far, one behind the other.
///
/// The reasons of a rule have the same shape for every patient; what differs is in a `ReasonTree`.
struct ReasonOutlines: Sendable {
  private(set) var steps: ContiguousArray<OutlineStep> = []
  private(set) var lines: ContiguousArray<OutlineLine> = []
  private var quotes = KeptQuotes()
  /// By `RuleNodeID` and by `DocumentID`: where the steps are; empty until one is asked for.
  private var ofRule: ContiguousArray<Range<Int>?> = []
  private var ofScope: ContiguousArray<Range<Int>?> = []

  /// The steps of a rule, if they were made already.
  @inline(__always)
  func known(_ rule: RuleNodeID) -> Range<Int>? { rule.index < ofRule.count ? ofRule[rule.index] : nil }

  /// The bound rows, the conditions and the exception of a rule.
  mutating func outline(of rule: RuleNodeID, _ program: Program, _ quotations: Quotations) -> Range<Int> {
    if let known = known(rule) { return known }
    let made = write(program, quotations) { $0.writeRule(rule) }
    if ofRule.isEmpty { ofRule = ContiguousArray(repeating: nil, count: program.graph.rules.count) }
    ofRule[rule.index] = made
    return made
  }

  /// The conditions of the scope of a document; nothing if it has none.
  mutating func outline(ofScope document: Int, _ program: Program, _ quotations: Quotations) -> Range<Int> {
    if document < ofScope.count, let known = ofScope[document] { return known }
    let made = write(program, quotations) { writer in
      guard let scope = program.sourceMap.scopes[document] else { return }
      for member in OutlineWriter.members(scope) { writer.write(member) }
    }
    if ofScope.isEmpty { ofScope = ContiguousArray(repeating: nil, count: program.sourceMap.scopes.count) }
    ofScope[document] = made
    return made
  }

  /// A condition by itself; it is not kept from one to the next.
  mutating func outline(of trace: ConditionTrace, _ program: Program, _ quotations: Quotations) -> Range<Int> {
    write(program, quotations) { $0.write(trace) }
  }

  private mutating func write(
    _ program: Program, _ quotations: Quotations, _ body: (inout OutlineWriter) -> Void
  ) -> Range<Int> {
    let start = steps.count
    var writer = OutlineWriter(program: program, quotations: quotations, quotes: quotes, steps: steps, lines: lines)
    // Held by the writer alone while it adds to them.
    (quotes, steps, lines) = (KeptQuotes(), [], [])
    body(&writer)
    (quotes, steps, lines) = (writer.quotes, writer.steps, writer.lines)
    return start..<steps.count
  }
}

/// Walks the written conditions of a rule, and the definitions behind their names.
private struct OutlineWriter {
  let program: Program
  let quotations: Quotations
  var quotes: KeptQuotes
  var steps: ContiguousArray<OutlineStep>
  var lines: ContiguousArray<OutlineLine>
  /// Definitions that are being written: none is shown within itself.
  private var open: [DefinitionID] = []

  init(
    program: Program, quotations: Quotations, quotes: KeptQuotes, steps: ContiguousArray<OutlineStep>,
    lines: ContiguousArray<OutlineLine>
  ) {
    self.program = program
    self.quotations = quotations
    self.quotes = quotes
    self.steps = steps
    self.lines = lines
  }

  // MARK: Rules

  mutating func writeRule(_ node: RuleNodeID) {
    let trace = program.sourceMap.rules[node.index]
    for (variable, binding) in zip(program.library.rules[trace.id.index].variables, trace.variables) {
      writeBoundRow(variable, binding)
    }
    for filter in trace.filters where !isConstant(filter) { write(filter) }
    for member in Self.members(trace.when) where !isConstant(member) { write(member) }
    if let unless = trace.unless {
      let start = steps.count
      write(unless)
      steps[start].isException = true
    }
  }

  /// The members of an *all of* list; any other condition stands for itself.
  static func members(_ trace: ConditionTrace) -> [ConditionTrace] {
    if case .group(.all, _) = trace.condition.form, !trace.children.isEmpty { return trace.children }
    return [trace]
  }

  private func isConstant(_ trace: ConditionTrace) -> Bool {
    if case .constant(.yes) = program.graph[trace.node] { return true }
    return false
  }

  private mutating func writeBoundRow(_ variable: RuleVariable, _ binding: VariableBinding) {
    switch binding {
    case .tableRow(let table, let row):
      let rows = program.library.tables[table.index].rows
      guard rows.indices.contains(row) else { return }
      let name = rows[row].id ?? "row \(row + 1)"
      let quote = quotes.quote(rows[row].span, from: quotations)
      let text = "\(variable.name): \(program.library.tables[table.index].name) \(name)"
      end(begin(.tableRow, text, quote))
    case .variable(let number):
      let quote = quotes.quote(variable.rows.span, from: quotations)
      end(begin(.boundRow(number), "\(variable.name): \(quote.text)", quote))
    }
  }

  // MARK: Steps

  private mutating func begin(
    _ kind: OutlineStep.Kind, _ text: String, _ quote: Quote, unlessGiven: ScalarSlotID? = nil
  ) -> Int {
    steps.append(OutlineStep(kind: kind, line: lines.count, unlessGiven: unlessGiven))
    lines.append(OutlineLine(text: text, path: quote.path, line: quote.line))
    return steps.count - 1
  }

  private mutating func end(_ start: Int) { steps[start].end = steps.count }

  private mutating func read(_ kind: OutlineStep.Kind) { steps.append(OutlineStep(kind: kind, end: steps.count + 1)) }

  /// Whether a line has a part of this kind already, which is written whenever another one would be.
  private func has(_ isSame: (OutlineStep) -> Bool, in line: Int) -> Bool {
    var place = line + 1
    while place < steps.count {
      if isSame(steps[place]) { return true }
      place = steps[place].end
    }
    return false
  }

  // MARK: Conditions

  mutating func write(_ trace: ConditionTrace) {
    let quote = quotes.quote(trace.condition.span, from: quotations)
    var text = quote.text
    var kind = OutlineStep.Kind.condition(trace.node)
    switch trace.condition.form {
    case .group(let group, _): text = Self.heading(group)
    case .not: kind = .negation(trace.node)
    default: break
    }
    let start = begin(kind, text, quote)
    switch trace.condition.form {
    case .group, .not: for child in trace.children { write(child) }
    case .exists: writeRows(trace)
    case .includes(.fact(let fact), _, _): read(.set(fact))
    case .anyPoint(let fact, _, _): read(.series(fact))
    default: break
    }
    for value in trace.values { write(value.value, in: start) }
    end(start)
  }

  private static func heading(_ kind: GroupKind) -> String {
    switch kind {
    case .all: "all of"
    case .any: "any of"
    case .none: "none of"
    case .atLeast(let count): "at least \(count) of"
    }
  }

  private mutating func writeRows(_ trace: ConditionTrace) {
    guard let id = trace.rows, case .record = program.sourceMap.relations[program.graph[id].relation.index] else {
      return
    }
    read(.rows(id))
  }

  // MARK: Values

  /// What a value is made of: the facts it reads, and the definitions behind its names.
  private mutating func write(_ value: Value, in line: Int) {
    switch value.form {
    case .fact(let fact): writeFact(fact, in: line)
    case .definition(let definition): expand(definition, in: line, unlessGiven: nil)
    case .point(_, let fact, _), .dateOf(_, let fact, _), .change(_, let fact, _), .countPoints(let fact, _):
      if !has({ if case .series(fact) = $0.kind { true } else { false } }, in: line) { read(.series(fact)) }
    case .aggregate(_, let rows, _), .countRows(let rows):
      guard case .record(let record) = rows.collection else { return }
      if !has({ if case .collection(record) = $0.kind { true } else { false } }, in: line) {
        read(.collection(record))
      }
    case .arithmetic(_, let first, let second):
      write(first, in: line)
      write(second, in: line)
    case .extreme(_, let values): for inner in values { write(inner, in: line) }
    case .round(let inner, _), .translated(let inner, _): write(inner, in: line)
    default: break
    }
  }

  private mutating func writeFact(_ fact: FactID, in line: Int) {
    let slot = program.sourceMap.scalarSlots[fact]
    let definition = program.library.derivations[fact]
    let isThere = has(
      { step in
        switch step.kind {
        case .scalar(fact, _), .derivable(fact, _, _): true
        default: false
        }
      }, in: line)
    guard !isThere else { return }
    if let slot, let definition {
      read(.derivable(fact, slot, DefinitionNodeID(definition.index)))
    } else {
      read(.scalar(fact, slot))
    }
    if let definition { expand(definition, in: line, unlessGiven: slot) }
  }

  /// A definition explains itself by its own conditions.
  private mutating func expand(_ id: DefinitionID, in line: Int, unlessGiven slot: ScalarSlotID?) {
    guard !open.contains(id) else { return }
    open.append(id)
    defer { open.removeLast() }
    let trace = program.sourceMap.definitions[id.index]
    let name = program.library.definitions[id.index].name
    let quote = quotes.quote(program.library.definitions[id.index].span, from: quotations)
    if case .means = program.library.definitions[id.index].form, let condition = trace.conditions.first {
      let start = begin(.meaning(condition.node), name, quote, unlessGiven: slot)
      for member in Self.members(condition) { write(member) }
      return end(start)
    }
    let start = begin(.value(id), name, quote, unlessGiven: slot)
    for condition in trace.conditions where program.graph.isClosed(condition.node) { write(condition) }
    for condition in trace.conditions where !program.graph.isClosed(condition.node) {
      writeClosed(condition, in: start)
    }
    for value in trace.values { write(value.value, in: start) }
    end(start)
  }

  /// Of a condition on the rows of a table, what it reads besides the row.
  private mutating func writeClosed(_ trace: ConditionTrace, in line: Int) {
    for value in trace.values where program.graph.isClosed(value.node) { write(value.value, in: line) }
    for child in trace.children { writeClosed(child, in: line) }
  }
}
