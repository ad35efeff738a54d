import ClinicalValues

/// Turns the junctions of a network into operations on planes.
struct ColumnGates {
  /// A plane, doubled; odd: inverted.
  private typealias Plane = UInt32

  /// The planes of a node: where it certainly holds, and where it may.
  private struct Node {
    var certain: Plane
    var possible: Plane

    func seen(_ view: TruthEdge.View) -> Node {
      switch view {
      case .itself: self
      case .negated: Node(certain: possible ^ 1, possible: certain ^ 1)
      case .certain: Node(certain: certain, possible: certain)
      case .notCertain: Node(certain: certain ^ 1, possible: certain ^ 1)
      case .certainlyNot: Node(certain: possible ^ 1, possible: possible ^ 1)
      case .possible: Node(certain: possible, possible: possible)
      }
    }
  }

  /// The plane without a bit; the next ones are made by gates.
  private let zero: Plane
  private var planes: Int

  init(words: Int) {
    zero = Plane(truncatingIfNeeded: words * 64) << 1
    planes = words * 64 + 1
  }

  mutating func connect(_ network: TruthNetworkBuilder, _ answers: [ColumnAnswer?], _ plan: inout ColumnPlan) {
    let atoms = answers.map { answer in answer.map { node(of: $0, &plan) } }
    var junctions: [Node?] = []
    for junction in network.junctions {
      var inputs: [Node] = []
      for input in junction.inputs {
        let source =
          switch input.source {
          case .atom(let atom): atoms[atom]
          case .junction(let other): junctions[other]
          }
        if let source { inputs.append(source.seen(input.view)) }
      }
      guard inputs.count == junction.inputs.count else {
        junctions.append(nil)
        continue
      }
      let node = self.junction(inputs, Int(junction.threshold), &plan)
      junctions.append(node)
      guard junction.component != TruthNetwork.none,
        case .body(let rule) = plan.graph.components[Int(junction.component)].nodes.first
      else { continue }
      plan.placeOfRule[rule.index] = Int32(truncatingIfNeeded: plan.rules.count)
      plan.rules.append((rule, Int(node.certain), Int(node.possible)))
    }
    plan.planes = planes
  }

  private mutating func junction(_ inputs: [Node], _ threshold: Int, _ plan: inout ColumnPlan) -> Node {
    Node(
      certain: gate(inputs.map(\.certain), threshold, &plan), possible: gate(inputs.map(\.possible), threshold, &plan))
  }

  private mutating func gate(_ inputs: [Plane], _ threshold: Int, _ plan: inout ColumnPlan) -> Plane {
    if threshold <= 0 { return zero ^ 1 }
    if threshold > inputs.count { return zero }
    if inputs.count == 1 { return inputs[0] }
    let start = plan.inputs.count
    plan.inputs.append(contentsOf: inputs)
    let form: ColumnPlan.Gate.Form = threshold == inputs.count ? .all : threshold == 1 ? .any : .atLeast(threshold)
    plan.gates.append(ColumnPlan.Gate(form: form, inputs: start..<plan.inputs.count, output: planes))
    planes += 1
    return Plane(truncatingIfNeeded: planes - 1) << 1
  }

  private mutating func node(of answer: ColumnAnswer, _ plan: inout ColumnPlan) -> Node {
    switch answer {
    case .constant(let truth):
      return Node(certain: truth == .yes ? zero ^ 1 : zero, possible: truth == .no ? zero : zero ^ 1)
    case .field(let field, let view): return node(of: field).seen(view)
    case .exactly(let enough, let tooMany, let isNegated):
      let node = junction([node(of: enough), node(of: tooMany).seen(.negated)], 2, &plan)
      return isNegated ? node.seen(.negated) : node
    }
  }

  private func node(of field: ColumnPlan.Field) -> Node {
    Node(
      certain: Plane(truncatingIfNeeded: field.certainPlane) << 1,
      possible: Plane(truncatingIfNeeded: field.possiblePlane) << 1)
  }
}
