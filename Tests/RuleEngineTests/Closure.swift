internal import ClinicalValues
internal import RuleEngine

/// Reachability over given links: `reach(a, b)` from `link(a, b)`, and from `reach(a, m)` with `link(m, b)`.
struct Closure {
  let graph: RuleGraph
  let links: CollectionSlotID
  let reach: RelationID

  init() throws {
    var builder = RuleGraphBuilder()
    links = builder.collectionSlot()
    let columns = [RuleGraphBuilder.anyNumber, RuleGraphBuilder.anyNumber]
    let link = builder.relation(RelationNode(origin: .given(links), fulls: columns))
    reach = builder.relation(RelationNode(origin: .derived, fulls: columns))
    let always = builder.constant(.yes)

    let direct = builder.rule(family: 0)
    builder.define(direct, RuleNode(family: 0, scope: always, relations: [link], conditions: [], unless: nil))
    let from = builder.value(.field(variable: 0, column: 0))
    let to = builder.value(.field(variable: 0, column: 1))
    builder.derivation(DerivationNode(relation: reach, columns: [from, to]), of: direct)

    let longer = builder.rule(family: 1)
    let next = builder.value(.field(variable: 1, column: 0))
    let end = builder.value(.field(variable: 1, column: 1))
    let meets = builder.condition(.compare(to, .equal, next))
    builder.define(
      longer, RuleNode(family: 1, scope: always, relations: [reach, link], conditions: [meets], unless: nil))
    builder.derivation(DerivationNode(relation: reach, columns: [from, end]), of: longer)
    graph = try builder.finish()
  }

  func session(_ edges: [Edge]) -> Session {
    var session = Session(graph, today: Day(number: 0))
    session.assert(links, rows(edges))
    session.run()
    return session
  }

  func rows(_ edges: [Edge]) -> [[Estimate]] {
    edges.map { edge in [Self.number(edge.from), Self.number(edge.to)] }
  }

  private static func number(_ node: Int?) -> Estimate {
    node.map { .exactly(Rational(Int64($0))) } ?? .interval(.all, mayBeNone: true)
  }

  /// The pairs that are reached, surely or possibly; rows with an unknown end are left out.
  func pairs(_ session: borrowing Session, _ truth: Truth) -> Set<Edge> {
    var pairs: Set<Edge> = []
    for row in session.rows(reach, .cautious) where row.truth == truth {
      if let from = Self.node(row.cells[0]), let to = Self.node(row.cells[1]) { pairs.insert(Edge(from, to)) }
    }
    return pairs
  }

  private static func node(_ estimate: Estimate) -> Int? {
    guard estimate.isKnown, case .interval(let interval) = estimate.values else { return nil }
    return interval.single.map { Int($0.numerator) }
  }
}

/// A link; nil: the end is not known.
struct Edge: Hashable {
  var from: Int?
  var to: Int?

  init(_ from: Int?, _ to: Int?) {
    self.from = from
    self.to = to
  }
}

/// SplitMix64: the same numbers for the same seed on every machine.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
