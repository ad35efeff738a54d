internal import GuidelineCompiler
internal import GuidelineModel
internal import SourceText

/// What depends on what among the guidelines that are loaded.
public struct GuidelineGraph: Hashable, Sendable {
  public struct Node: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      case fact
      case record
      case table
      case definition
      case rule
      case conclusion
      case scope
      case invariant
    }

    /// `kind:name`; names of rules and definitions carry their document.
    public var id: String
    public var kind: Kind
    /// For people.
    public var label: String
    /// The document it stands in, of definitions, rules, scopes and invariants.
    public var document: String?
    public var path: String?
    public var line: Int?
  }

  public struct Edge: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      case reads
      case derives
      /// From the scope of a guideline to a rule that speaks only within it.
      case limits
      /// From what the exception of a rule reads to the rule.
      case excepts
      case concludes
      case overrides
    }

    public var from: String
    public var to: String
    public var kind: Kind
  }

  /// By id.
  public var nodes: [Node]
  /// By from, to and kind; a read runs from what is read to its reader.
  public var edges: [Edge]
}

extension Guidelines {
  /// The graph of all guidelines that are loaded, or of one rule (`id`, `document/id`, `table#row`, `table`): what it
  /// rests on, what it concludes, and what overrides it.
  public func ruleGraph(rule: String? = nil) throws(UnknownRule) -> GuidelineGraph {
    var builder = DependencyGraph(program.library, source.quotations)
    builder.build()
    guard let rule else { return builder.graph() }
    let wanted = try rules(named: rule).map { builder.id(of: $0) }
    return builder.graph(around: wanted)
  }
}

/// Collects nodes and edges.
private struct DependencyGraph {
  let library: Library
  let quotations: Quotations
  private var nodes: [String: GuidelineGraph.Node] = [:]
  private var edges: Set<GuidelineGraph.Edge> = []

  init(_ library: Library, _ quotations: Quotations) {
    self.library = library
    self.quotations = quotations
  }

  mutating func build() {
    for node in library.readingNodes() {
      let id = add(node)
      for read in node.others ?? node.reads { connect(read, to: id, .reads) }
      for read in node.exceptions { connect(read, to: id, .excepts) }
      for name in node.derives { connect(id, derived: name) }
    }
    for rule in library.rules.indices.map({ RuleID($0) }) {
      let document = library[library[rule].document]
      if document.scope != nil { connect("scope:\(document.id)", id(of: rule), .limits) }
    }
    for index in library.rules.indices { conclude(RuleID(index)) }
    for index in library.rules.indices { override(RuleID(index)) }
  }

  // MARK: Nodes

  func id(of rule: RuleID) -> String { "rule:\(library[library[rule].document].id)/\(library[rule].name)" }

  private mutating func add(_ node: ReadingNode) -> String {
    switch node.origin {
    case .definition(let id): return add(.definition, node.qualifiedName, node.name, node.document, library[id].span)
    case .rule(let id): return add(.rule, node.qualifiedName, node.name, node.document, library[id].nameSpan)
    case .scope(let id):
      return add(.scope, node.document, "scope of \(node.document)", node.document, library[id].scope?.span)
    case .invariant(let index):
      return add(.invariant, node.qualifiedName, node.name, node.document, library.invariants[index].span)
    }
  }

  private mutating func add(
    _ kind: GuidelineGraph.Node.Kind, _ name: String, _ label: String, _ document: String?, _ span: Span?
  ) -> String {
    let id = "\(kind.rawValue):\(name)"
    guard nodes[id] == nil else { return id }
    nodes[id] = GuidelineGraph.Node(
      id: id, kind: kind, label: label, document: document, path: span.map { quotations.path($0) },
      line: span.map { quotations.line($0) })
    return id
  }

  private mutating func add(_ fact: FactID) -> String {
    let declared = library.vocabulary[fact]
    return add(.fact, declared.name, declared.name, nil, declared.span)
  }

  private mutating func add(_ record: RecordID) -> String {
    let declared = library.vocabulary[record]
    return add(.record, declared.name, declared.name, nil, declared.span)
  }

  private mutating func add(_ table: TableID) -> String {
    let declared = library[table]
    let document = library[declared.document].id
    return add(.table, "\(document)/\(declared.name)", declared.name, document, declared.span)
  }

  /// A kind of conclusion with its subject, where that is fixed.
  private mutating func add(_ kind: KindID, _ subject: FieldValue?) -> String {
    let name = library.vocabulary[kind].name
    let label = subject.map { "\(name) \($0)" } ?? name
    return add(.conclusion, label, label, nil, nil)
  }

  // MARK: Edges

  private mutating func connect(_ from: String, _ to: String, _ kind: GuidelineGraph.Edge.Kind) {
    edges.insert(GuidelineGraph.Edge(from: from, to: to, kind: kind))
  }

  private mutating func connect(_ read: NamedRead, to reader: String, _ kind: GuidelineGraph.Edge.Kind) {
    switch read {
    case .fact(let id): connect(add(id), reader, kind)
    case .record(let id): connect(add(id), reader, kind)
    case .table(let id): connect(add(id), reader, kind)
    case .kind(let id): connect(add(id, nil), reader, kind)
    case .definition(let id):
      let definition = library[id]
      let document = library[definition.document].id
      connect(
        add(.definition, "\(document)/\(definition.name)", definition.name, document, definition.span), reader, kind)
    case .rule(let id): connect(self.id(of: id), reader, kind)
    case .conclusions(let pattern):
      for subject in subjects(pattern) { connect(add(pattern.kind, subject), reader, kind) }
    }
  }

  private mutating func connect(_ definer: String, derived name: String) {
    if let fact = library.vocabulary.factNamed[name] {
      connect(definer, add(fact), .derives)
    } else if let record = library.vocabulary.recordNamed[name] {
      connect(definer, add(record), .derives)
    }
  }

  private mutating func conclude(_ rule: RuleID) {
    for conclusion in library[rule].conclusions {
      guard case .kind(let kind) = conclusion.head else { continue }
      let type = library.vocabulary[kind].fields.first?.type
      let subject = conclusion.fields.first { $0.field == 0 }.flatMap { field in
        type.flatMap { FieldValue(field.value, as: $0, library.vocabulary) }
      }
      let to = add(kind, subject)
      connect(id(of: rule), to, .concludes)
    }
  }

  private mutating func override(_ rule: RuleID) {
    for item in library[rule].overrides {
      switch item.target {
      case .rules(let targets): for target in targets { connect(id(of: rule), id(of: target), .overrides) }
      case .conclusions(let patterns):
        for pattern in patterns {
          for subject in subjects(pattern) { connect(id(of: rule), add(pattern.kind, subject), .overrides) }
        }
      }
    }
  }

  /// The subjects that a pattern names; one nil: any.
  private func subjects(_ pattern: Pattern) -> [FieldValue?] {
    guard let type = library.vocabulary[pattern.kind].fields.first?.type,
      let values = pattern.fields.first(where: { $0.field == 0 })?.values
    else { return [nil] }
    let subjects = values.compactMap { FieldValue($0, as: type, library.vocabulary) }
    return subjects.count == values.count ? subjects.map { .some($0) } : [nil]
  }

  // MARK: Results

  func graph() -> GuidelineGraph { graph(keeping: Set(nodes.keys)) }

  /// What lies behind some nodes, what they conclude, and who overrides them.
  func graph(around wanted: [String]) -> GuidelineGraph {
    var sources: [String: [String]] = [:]
    for edge in edges where edge.kind != .overrides { sources[edge.to, default: []].append(edge.from) }
    var kept = Set(wanted)
    var open = wanted
    while let node = open.popLast() {
      // Other rules with the same conclusion are no part of this rule, unless it asks what they conclude.
      for source in sources[node] ?? [] where kept.insert(source).inserted { open.append(source) }
    }
    for edge in edges where wanted.contains(edge.from) { kept.insert(edge.to) }
    for edge in edges where edge.kind == .overrides && wanted.contains(edge.to) { kept.insert(edge.from) }
    let concluded = Set(edges.filter { wanted.contains($0.from) && $0.kind == .concludes }.map(\.to))
    for edge in edges where edge.kind == .overrides && concluded.contains(edge.to) { kept.insert(edge.from) }
    return graph(keeping: kept)
  }

  private func graph(keeping kept: Set<String>) -> GuidelineGraph {
    let sortedNodes = nodes.values.filter { kept.contains($0.id) }.sorted { byCodePoints($0.id, $1.id) }
    let sortedEdges = edges.filter { kept.contains($0.from) && kept.contains($0.to) }.sorted { left, right in
      [left.from, left.to, left.kind.rawValue].lexicographicallyPrecedes(
        [right.from, right.to, right.kind.rawValue], by: byCodePoints)
    }
    return GuidelineGraph(nodes: sortedNodes, edges: sortedEdges)
  }
}
