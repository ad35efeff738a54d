package import GuidelineModel

/// What a condition or value reads by name.
package enum NamedRead: Hashable {
  case fact(FactID)
  case record(RecordID)
  case table(TableID)
  case kind(KindID)
  case definition(DefinitionID)
  case rule(RuleID)
  case conclusions(Pattern)
}

/// A part of a library that reads others: a definition, rule, scope or invariant.
package struct ReadingNode {
  package enum Origin: Hashable {
    case definition(DefinitionID)
    case rule(RuleID)
    case scope(DocumentID)
    case invariant(Int)
  }

  package var origin: Origin
  package var document: String
  package var name: String
  /// In the order of reading, each once.
  package var reads: [NamedRead]
  /// Those of the exception of a rule, which are among `reads` as well.
  package var exceptions: [NamedRead] = []
  /// What is read besides the exception; nil: the same as `reads`.
  package var others: [NamedRead]?
  /// Names of facts and records.
  package var derives: [String]

  package var qualifiedName: String { "\(document)/\(name)" }
}

extension Library {
  /// Everything that reads, in the order of the library.
  package func readingNodes() -> [ReadingNode] {
    var nodes: [ReadingNode] = []
    for (index, document) in documents.enumerated() {
      guard let scope = document.scope else { continue }
      var scan = ReadScan(self)
      scan.read(scope)
      nodes.append(
        ReadingNode(
          origin: .scope(DocumentID(index)), document: document.id, name: "scope", reads: scan.reads, derives: []))
    }
    for (index, definition) in definitions.enumerated() {
      var scan = ReadScan(self)
      scan.read(definition)
      nodes.append(
        ReadingNode(
          origin: .definition(DefinitionID(index)), document: self[definition.document].id, name: definition.name,
          reads: scan.reads, derives: definition.fact.map { [vocabulary[$0].name] } ?? []))
    }
    for (index, rule) in rules.enumerated() { nodes.append(node(rule, RuleID(index))) }
    for (index, invariant) in invariants.enumerated() {
      var scan = ReadScan(self)
      scan.read(invariant.never)
      nodes.append(
        ReadingNode(
          origin: .invariant(index), document: self[invariant.document].id, name: invariant.name, reads: scan.reads,
          derives: []))
    }
    return nodes
  }

  private func node(_ rule: Rule, _ id: RuleID) -> ReadingNode {
    var scan = ReadScan(self)
    for variable in rule.variables { scan.read(variable.rows) }
    scan.read(rule.when)
    var others = scan
    var exceptions = ReadScan(self)
    if let unless = rule.unless {
      scan.read(unless)
      exceptions.read(unless)
    }
    for conclusion in rule.conclusions { for field in conclusion.fields { others.read(field.value) } }
    for conclusion in rule.conclusions { for field in conclusion.fields { scan.read(field.value) } }
    var derives: [String] = []
    for case .derive(let record) in rule.conclusions.map(\.head) where !derives.contains(vocabulary[record].name) {
      derives.append(vocabulary[record].name)
    }
    return ReadingNode(
      origin: .rule(id), document: self[rule.document].id, name: rule.name, reads: scan.reads,
      exceptions: exceptions.reads, others: others.reads, derives: derives)
  }
}

/// Walks conditions and values and notes what they name.
private struct ReadScan {
  let library: Library
  private(set) var reads: [NamedRead] = []
  private var seen: Set<NamedRead> = []

  init(_ library: Library) { self.library = library }

  private mutating func note(_ read: NamedRead) { if seen.insert(read).inserted { reads.append(read) } }

  mutating func read(_ definition: Definition) {
    switch definition.form {
    case .means(let condition): read(condition)
    case .value(let value): read(value)
    case .first(let clauses):
      for clause in clauses {
        if let condition = clause.condition { read(condition) }
        read(clause.value)
      }
    case .agree(let facts): for fact in facts { note(.fact(fact)) }
    case .lookUp(let rows, _): read(rows)
    }
  }

  mutating func read(_ rows: Rows) {
    enter(rows.collection)
    if let condition = rows.condition { read(condition) }
  }

  private mutating func enter(_ collection: Collection) {
    switch collection {
    case .record(let id): note(.record(id))
    case .table(let id): note(.table(id))
    case .kind(let id): note(.kind(id))
    }
  }

  mutating func read(_ condition: Condition) {
    switch condition.form {
    case .constant: break
    case .group(_, let members): for member in members { read(member) }
    case .not(let inner): read(inner)
    case .isTerm(let value, let operands), .isKnownToBe(let value, let operands):
      read(value)
      read(operands)
    case .isEqual(let value, let others): for item in [value] + others { read(item) }
    case .compare(let first, _, let second):
      read(first)
      read(second)
    case .isKnown(let subject), .isUnknown(let subject), .isNone(let subject): read(subject)
    case .includes(let set, _, let operands):
      if case .fact(let fact) = set { note(.fact(fact)) }
      read(operands)
    case .exists(let rows): read(rows)
    case .anyPoint(let fact, let window, let inner):
      note(.fact(fact))
      read(window)
      read(inner)
    case .applies(let rules): for rule in rules { note(.rule(rule)) }
    case .concluded(let pattern):
      note(.conclusions(pattern))
      for value in pattern.fields.flatMap({ $0.values ?? [] }) { read(value) }
    }
  }

  private mutating func read(_ operands: [Operand]) { for case .value(let value) in operands { read(value) } }

  private mutating func read(_ subject: Subject) {
    switch subject {
    case .value(let value): read(value)
    case .set(let fact), .series(let fact): note(.fact(fact))
    case .collection(let record): note(.record(record))
    }
  }

  private mutating func read(_ window: Window?) { if case .since(let value) = window { read(value) } }

  mutating func read(_ value: Value) {
    switch value.form {
    case .constant, .today, .field, .currentPoint: break
    case .fact(let fact): note(.fact(fact))
    case .definition(let definition): note(.definition(definition))
    case .point(_, let fact, let window), .dateOf(_, let fact, let window), .countPoints(let fact, let window):
      note(.fact(fact))
      read(window)
    case .change(_, let fact, _): note(.fact(fact))
    case .aggregate(_, let rows, _), .countRows(let rows): read(rows)
    case .arithmetic(_, let first, let second):
      read(first)
      read(second)
    case .extreme(_, let values): for inner in values { read(inner) }
    case .round(let inner, _), .translated(let inner, _): read(inner)
    case .template(let elements): for case .value(let inner) in elements { read(inner) }
    }
  }
}
