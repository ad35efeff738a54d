internal import ClinicalValues
internal import CommandSupport
internal import RuleEngine

extension Bench {
  /// The transitive closure of edges, two numbers a line, as a rule graph of two rules.
  static func closure(_ path: String) throws {
    let edges = try readFile(path).split(separator: UInt8(ascii: "\n")).map { line in
      line.split(separator: UInt8(ascii: " ")).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    }
    let graph = try closureGraph()
    let rows = edges.filter { $0.count == 2 }.map { $0.map { Estimate.exactly(Rational(Int64($0))) } }
    let start = processorTime()
    var session = Session(graph, today: Workload.today)
    session.assert(CollectionSlotID(0), rows)
    session.run()
    let elapsed = processorTime() - start
    try say("closure_ms \(elapsed / 1000) tuples \(session.rows(RelationID(1), .cautious).count)")
  }

  /// `path(a, b)` if `edge(a, b)`; `path(a, c)` if `path(a, b)` and `edge(b, c)`.
  static func closureGraph() throws -> RuleGraph {
    var builder = RuleGraphBuilder()
    let slot = builder.collectionSlot()
    let any = RuleGraphBuilder.anyNumber
    let edge = builder.relation(RelationNode(origin: .given(slot), fulls: [any, any]))
    let path = builder.relation(RelationNode(origin: .derived, fulls: [any, any]))
    let always = builder.constant(.yes)
    let first = builder.rule(family: 0)
    builder.define(first, RuleNode(family: 0, scope: always, relations: [edge], conditions: [], unless: nil))
    let from = builder.value(.field(variable: 0, column: 0))
    let over = builder.value(.field(variable: 0, column: 1))
    builder.derivation(DerivationNode(relation: path, columns: [from, over]), of: first)
    let next = builder.rule(family: 1)
    let start = builder.value(.field(variable: 1, column: 0))
    let end = builder.value(.field(variable: 1, column: 1))
    let meets = builder.condition(.compare(start, .equal, over))
    builder.define(
      next, RuleNode(family: 1, scope: always, relations: [path, edge], conditions: [meets], unless: nil))
    builder.derivation(DerivationNode(relation: path, columns: [from, end]), of: next)
    return try builder.finish()
  }
}
