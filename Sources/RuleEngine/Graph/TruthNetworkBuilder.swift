import ClinicalValues

/// Finds out which conditions and rules belong to the network.
struct TruthNetworkBuilder {
  struct Junction {
    /// How many of the inputs must hold.
    var threshold: Int32
    var inputs: [Input]
    /// The rule that it is, and its component; `none`: a condition.
    var rule = TruthNetwork.none
    var component = TruthNetwork.none

    var needsAll: Bool { Int(threshold) == inputs.count }
  }

  enum Source {
    case atom(Int)
    case junction(Int)
  }

  struct Input {
    var source: Source
    var view = TruthEdge.View.itself
  }

  private let graph: RuleGraph
  private let plain: PlainRules
  private(set) var atoms: [ConditionID] = []
  private(set) var junctions: [Junction] = []
  /// For each condition what it is here, if it has been looked for.
  private var inputs: ContiguousArray<Input??>
  private var junctionOfRule: ContiguousArray<Int?>

  init(_ graph: RuleGraph, _ plain: PlainRules) {
    self.graph = graph
    self.plain = plain
    inputs = ContiguousArray(repeating: nil, count: graph.conditions.count)
    junctionOfRule = ContiguousArray(repeating: nil, count: graph.rules.count)
  }

  /// Components come in an order in which each reads only earlier ones.
  mutating func addRules() {
    for (index, component) in graph.components.enumerated() where !component.isRecursive {
      guard case .body(let rule) = component.nodes.first, plain.isPlain[rule.index] else { continue }
      var inputs: [Input] = []
      for condition in graph.rulePlans[rule.index].closed {
        guard let input = input(condition) else { break }
        inputs.append(input)
      }
      guard inputs.count == graph.rulePlans[rule.index].closed.count else { continue }
      junctionOfRule[rule.index] = junctions.count
      junctions.append(
        Junction(
          threshold: Int32(truncatingIfNeeded: inputs.count), inputs: inputs, rule: rule.raw,
          component: UInt32(truncatingIfNeeded: index)))
    }
  }

  /// Nil: the condition reads what is not in the network.
  mutating func input(_ id: ConditionID) -> Input? {
    if let known = inputs[id.index] { return known }
    let found = find(id)
    inputs[id.index] = .some(found)
    return found
  }

  private mutating func find(_ id: ConditionID) -> Input? {
    switch graph[id] {
    case .all(let list): return junction(list, threshold: list.count)
    case .any(let list): return junction(list, threshold: 1)
    case .atLeast(let count, let list): return junction(list, threshold: count)
    case .not(let inner): return input(inner).map { Input(source: $0.source, view: $0.view.negated) }
    case .certainly(let inner): return input(inner).map { Input(source: $0.source, view: $0.view.certain) }
    case .applies(let rules): return junction(of: graph.ruleIDs(rules).map(\.index))
    case .concluded(let pattern):
      guard plain.placesOfPattern.range(pattern.index).isEmpty else { return nil }
      return junction(of: plain.rulesOfPattern.range(pattern.index).map { plain.rulesOfPattern[$0] })
    default:
      guard graph.conditionComponent[id.index] < 0, graph.isClosed(id) else { return nil }
      atoms.append(id)
      return Input(source: .atom(atoms.count - 1))
    }
  }

  private mutating func junction(_ list: Members, threshold: UInt32) -> Input? {
    var inputs: [Input] = []
    for condition in graph.conditionIDs(list) {
      guard let input = input(condition) else { return nil }
      inputs.append(input)
    }
    return add(inputs, threshold: threshold)
  }

  /// Holds when one of the rules does.
  private mutating func junction(of rules: [Int]) -> Input? {
    var inputs: [Input] = []
    for rule in rules {
      guard let junction = junctionOfRule[rule] else { return nil }
      inputs.append(Input(source: .junction(junction)))
    }
    return add(inputs, threshold: 1)
  }

  private mutating func add(_ inputs: [Input], threshold: UInt32) -> Input? {
    guard let threshold = Int32(exactly: threshold) else { return nil }
    if inputs.count == 1, threshold == 1 { return inputs[0] }
    junctions.append(Junction(threshold: threshold, inputs: inputs))
    return Input(source: .junction(junctions.count - 1))
  }
}
