internal import ClinicalValues
internal import GuidelineModel

/// The dependency graph of a library and its components, dependencies first (`semantics.md` §5).
struct Strata {
  private struct Edge: Hashable {
    var from: Node
    var to: Node
    var isOpen: Bool
  }

  private(set) var nodes: [Node] = []
  private var edges: Set<Edge> = []
  private let library: Library
  let unrolled: Unrolling

  init(_ library: Library) {
    self.library = library
    unrolled = Unrolling(library)
    nodes = library.definitions.indices.map { .definition(DefinitionID($0)) }
    for index in library.rules.indices {
      let rule = RuleID(index)
      for rows in unrolled.rows(of: rule) {
        nodes += [.body(rule, rows: rows), .effective(rule, rows: rows)] + conclusions(of: rule, rows)
      }
    }
    nodes += library.derivedRecords.sorted().map(Node.record)
    for index in library.definitions.indices { readDefinition(DefinitionID(index)) }
    for index in library.rules.indices {
      for rows in unrolled.rows(of: RuleID(index)) { readRule(RuleID(index), rows) }
    }
  }

  private func conclusions(of rule: RuleID, _ rows: [Int?]) -> [Node] {
    library[rule].conclusions.enumerated().compactMap { place, conclusion in
      guard case .kind = conclusion.head else { return nil }
      return .conclusion(rule, place: place, rows: rows)
    }
  }

  /// All unrolled rules of a rule.
  private func effectives(of rule: RuleID) -> [Node] {
    unrolled.rows(of: rule).map { .effective(rule, rows: $0) }
  }

  /// The components in the order of computation; nil when one has a closed edge inside or computes in a recursion.
  func components() -> [[Node]]? {
    let components = stronglyConnected()
    for component in components {
      let members = Set(component)
      let inside = edges.filter { members.contains($0.from) && members.contains($0.to) }
      if inside.contains(where: { !$0.isOpen }) { return nil }
      if !inside.isEmpty, component.contains(where: { computesInRecursion($0, members) }) { return nil }
    }
    return components
  }

  // MARK: Edges

  private mutating func readDefinition(_ id: DefinitionID) {
    var reads = self.reads(nil, [])
    switch library[id].form {
    case .means(let condition): reads.read(condition, isOpen: true)
    case .value(let value): reads.read(value)
    case .first(let clauses):
      for clause in clauses {
        if let condition = clause.condition { reads.read(condition, isOpen: false) }
        reads.read(clause.value)
      }
    case .agree(let facts): reads.found = facts.map { (.fact($0), false) }
    case .lookUp(let rows, _): reads.read(rows, isOpen: false)
    }
    connect(reads, to: .definition(id), reader: nil, rows: [])
  }

  private mutating func readRule(_ id: RuleID, _ rows: [Int?]) {
    let rule = library[id]
    let effective = Node.effective(id, rows: rows)
    var body = reads(id, rows)
    if let scope = library[rule.document].scope { body.read(scope, isOpen: true) }
    for variable in rule.variables { body.read(variable.rows, isOpen: true) }
    body.read(rule.when, isOpen: true)
    connect(body, to: .body(id, rows: rows), reader: id, rows: rows)
    edges.insert(Edge(from: .body(id, rows: rows), to: effective, isOpen: true))
    var unless = reads(id, rows)
    if let condition = rule.unless { unless.read(condition, isOpen: false) }
    connect(unless, to: effective, reader: id, rows: rows)
    for place in rule.conclusions.indices { readConclusion(id, place, rows) }
    for override in rule.overrides { readOverride(override, of: id, rows) }
  }

  private mutating func readConclusion(_ id: RuleID, _ place: Int, _ rows: [Int?]) {
    let conclusion = library[id].conclusions[place]
    var reads = self.reads(id, rows)
    for field in conclusion.fields { reads.read(field.value) }
    let node: Node =
      switch conclusion.head {
      case .derive(let record): .record(record)
      case .kind: .conclusion(id, place: place, rows: rows)
      }
    edges.insert(Edge(from: .effective(id, rows: rows), to: node, isOpen: true))
    connect(reads, to: node, reader: id, rows: rows)
  }

  private mutating func readOverride(_ override: Override, of id: RuleID, _ rows: [Int?]) {
    let overriding = Node.effective(id, rows: rows)
    switch override.target {
    case .rules(let rules):
      for other in rules where library[other].family != library[id].family {
        for node in effectives(of: other) { edges.insert(Edge(from: overriding, to: node, isOpen: false)) }
      }
    case .conclusions(let patterns):
      for pattern in patterns {
        var reads = self.reads(id, rows)
        reads.read(pattern)
        for node in mayMatch(pattern, reader: id, rows) {
          guard case .conclusion(let other, _, _) = node, library[other].family != library[id].family else { continue }
          edges.insert(Edge(from: overriding, to: node, isOpen: false))
          connect(reads, to: node, reader: id, rows: rows)
        }
      }
    }
  }

  /// Passes over what the rows of tables settle by themselves.
  private func reads(_ id: RuleID?, _ rows: [Int?]) -> Reads {
    let environment = id.map { unrolled.environment(of: $0, rows) } ?? Environment()
    return Reads(passingOver: unrolled.settled, environment)
  }

  private mutating func connect(_ reads: Reads, to node: Node, reader: RuleID?, rows: [Int?]) {
    for (source, isOpen) in reads.found {
      for from in origins(of: source, reader, rows) { edges.insert(Edge(from: from, to: node, isOpen: isOpen)) }
    }
  }

  private func origins(of source: Reads.Source, _ reader: RuleID?, _ rows: [Int?]) -> [Node] {
    switch source {
    case .fact(let fact): library.derivations[fact].map { [.definition($0)] } ?? []
    case .definition(let definition): [.definition(definition)]
    case .record(let record): library.derivedRecords.contains(record) ? [.record(record)] : []
    case .rule(let rule): effectives(of: rule)
    case .kind(let kind): nodes.filter { conclusionKind($0) == kind }
    case .pattern(let pattern): mayMatch(pattern, reader: reader, rows)
    case .variable: []
    }
  }

  private func conclusionKind(_ node: Node) -> KindID? {
    guard case .conclusion(let rule, let place, _) = node, case .kind(let kind) = library[rule].conclusions[place].head
    else { return nil }
    return kind
  }

  // MARK: Patterns

  /// Conclusion nodes of the kind that state every field of the pattern, with no constant outside of its values.
  private func mayMatch(_ pattern: Pattern, reader: RuleID?, _ readerRows: [Int?]) -> [Node] {
    nodes.filter { node in
      guard conclusionKind(node) == pattern.kind, case .conclusion(let rule, let place, let rows) = node
      else { return false }
      let stated = library[rule].conclusions[place].fields
      return pattern.fields.allSatisfy { wanted in
        guard let field = stated.first(where: { $0.field == wanted.field }) else { return false }
        guard let constant = unrolled.constant(field.value, of: rule, rows: rows) else { return true }
        // An empty cell leaves the field out.
        if constant == .none { return false }
        guard let values = wanted.values else { return true }
        return values.contains { value in
          guard let other = unrolled.constant(value, of: reader, rows: readerRows) else { return true }
          return other == constant
        }
      }
    }
  }

  // MARK: Recursion

  private func computesInRecursion(_ node: Node, _ members: Set<Node>) -> Bool {
    switch node {
    case .record(let record):
      return library.rules.indices.contains { index in
        effectives(of: RuleID(index)).contains(where: members.contains)
          && library.rules[index].conclusions.contains { $0.head == .derive(record) && $0.computes }
      }
    case .conclusion(let rule, let place, _):
      let conclusion = library[rule].conclusions[place]
      guard case .kind(let kind) = conclusion.head, conclusion.computes else { return false }
      return members.contains { isCollection(kind, readBy: $0) }
    default: return false
    }
  }

  private func isCollection(_ kind: KindID, readBy node: Node) -> Bool {
    guard case .body(let rule, _) = node else { return false }
    return library[rule].variables.contains { $0.rows.collection == .kind(kind) }
  }

  // MARK: Tarjan

  private func stronglyConnected() -> [[Node]] {
    var sources: [Node: [Node]] = [:]
    for edge in edges { sources[edge.to, default: []].append(edge.from) }
    var search = Tarjan(sources: sources)
    for node in nodes where search.index[node] == nil { search.visit(node) }
    return search.components
  }
}

/// Tarjan's algorithm, written along edges from a node to what it needs: components come out dependencies first.
private struct Tarjan {
  let sources: [Node: [Node]]
  var index: [Node: Int] = [:]
  var low: [Node: Int] = [:]
  var stack: [Node] = []
  var onStack: Set<Node> = []
  var components: [[Node]] = []

  init(sources: [Node: [Node]]) { self.sources = sources }

  mutating func visit(_ node: Node) {
    let number = index.count
    index[node] = number
    low[node] = number
    stack.append(node)
    onStack.insert(node)
    for source in sources[node] ?? [] {
      if index[source] == nil {
        visit(source)
        low[node] = min(low[node] ?? number, low[source] ?? number)
      } else if onStack.contains(source) {
        low[node] = min(low[node] ?? number, index[source] ?? number)
      }
    }
    guard low[node] == number else { return }
    var component: [Node] = []
    while let last = stack.popLast() {
      onStack.remove(last)
      component.append(last)
      if last == node { break }
    }
    components.append(component)
  }
}

extension Conclusion {
  /// Some field is more than a constant, a field of a variable or a fact.
  fileprivate var computes: Bool {
    fields.contains { field in
      func isCopied(_ value: Value) -> Bool {
        switch value.form {
        case .constant, .field, .fact: true
        case .translated(let inner, _): isCopied(inner)
        default: false
        }
      }
      return !isCopied(field.value)
    }
  }
}
