import ClinicalValues

/// Closed conditions and plain rules as a network of counts, in which only what turns is looked at again.
///
/// Its *atoms* are conditions that read facts alone. Every other node, a *junction*, holds when enough of what it reads
/// holds: `all` of three is three of three, `any` is one of three, and a plain rule is all of its conditions. A junction
/// keeps how many hold, so that an atom that turns costs an addition for each junction that reads it, however many
/// conditions and rules there are (the counting of Dowling and Gallier 1984, in three values).
///
/// Everything in it reads neither a circle nor an exception: both readings see it alike.
struct TruthNetwork: Sendable {
  /// Atoms are the first nodes; those of one probe stand together.
  private(set) var atoms: ContiguousArray<ConditionID> = []
  /// For each atom of a probe what it asks.
  private(set) var tests: ContiguousArray<QuickTest> = []
  private(set) var probes: ContiguousArray<TruthProbe> = []
  private(set) var probesOfSlot = FlatLists([[Int]]())
  /// For each slot the atoms without a probe that read it.
  private(set) var atomsOfSlot = FlatLists([[Int]]())
  /// For each node the junctions that read it, and how.
  private(set) var edges = FlatLists([[Int]]())
  /// How many inputs hold of each junction while no atom and no rule does.
  private(set) var counts: ContiguousArray<JunctionCount> = []
  /// The truth of each node in that state; of rules `no`, for none has been computed.
  private(set) var truths: ContiguousArray<Truth> = []
  /// For each junction the component that computes its rule, or `noComponent`: conditions turn at once.
  private(set) var componentOfJunction: ContiguousArray<UInt32> = []
  /// For each component the junction of the rule that it computes.
  private(set) var junctionOfComponent: ContiguousArray<UInt32> = []
  /// Components of rules that hold, or may hold, in the first state.
  private(set) var startingComponents: ContiguousArray<Int> = []
  /// `TruthEdge.changes`, within reach.
  let changes = TruthEdge.changes()

  static let noComponent = UInt32.max
  static let noJunction = UInt32.max

  init(_ graph: RuleGraph, _ plain: PlainRules, _ quick: ContiguousArray<QuickCondition>, _ slots: SlotNumbering) {
    var builder = TruthNetworkBuilder(graph, plain)
    builder.addRules()
    let places = arrange(builder.atoms, quick)
    var readers: [[Int]] = Array(repeating: [], count: slots.count)
    var probeReaders = readers
    for (atom, id) in atoms.enumerated() where atom >= tests.count {
      for slot in slots.numbers(ReadWalk.slots(of: id, in: graph)) { readers[slot].append(atom) }
    }
    for (number, probe) in probes.enumerated() {
      for slot in slots.numbers(ReadWalk.slots(of: atoms[probe.all.lowerBound], in: graph)) {
        probeReaders[slot].append(number)
      }
    }
    atomsOfSlot = FlatLists(readers)
    probesOfSlot = FlatLists(probeReaders)
    componentOfJunction = ContiguousArray(builder.junctions.map(\.component))
    junctionOfComponent = ContiguousArray(repeating: Self.noJunction, count: graph.components.count)
    for (junction, component) in componentOfJunction.enumerated() where component != Self.noComponent {
      junctionOfComponent[Int(component)] = UInt32(truncatingIfNeeded: junction)
    }
    connect(builder.junctions, places)
  }

  /// Whether a component is computed here.
  @inline(__always)
  func includes(_ component: Int) -> Bool { junctionOfComponent[component] != Self.noJunction }

  @inline(__always)
  func node(ofJunction junction: Int) -> Int { atoms.count + junction }

  /// Puts the atoms of each probe together; the answer is the new place of each.
  private mutating func arrange(_ found: [ConditionID], _ quick: ContiguousArray<QuickCondition>) -> [Int] {
    var groups: [TruthProbe.Source: [(place: Int, question: ProbeQuestion)]] = [:]
    var sources: [TruthProbe.Source] = []
    var others: [Int] = []
    for (place, id) in found.enumerated() {
      guard let question = ProbeQuestion(quick[id.index]) else {
        others.append(place)
        continue
      }
      if groups[question.source] == nil { sources.append(question.source) }
      groups[question.source, default: []].append((place, question))
    }
    var order: [Int] = []
    for source in sources {
      let group = groups[source] ?? []
      let compares = Self.sorted(group.filter { $0.question.number != nil && !$0.question.comparesForEquality })
      let equals = Self.sorted(group.filter { $0.question.comparesForEquality })
      let rest = group.filter { $0.question.number == nil }
      let start = order.count
      for item in compares + equals + rest {
        order.append(item.place)
        tests.append(item.question.test)
      }
      let middle = start + compares.count
      probes.append(
        TruthProbe(
          source: source, compares: start..<middle, equals: middle..<middle + equals.count,
          others: middle + equals.count..<order.count))
    }
    order += others
    atoms = ContiguousArray(order.map { found[$0] })
    var places = Array(repeating: 0, count: order.count)
    for (place, old) in order.enumerated() { places[old] = place }
    return places
  }

  private static func sorted(
    _ group: [(place: Int, question: ProbeQuestion)]
  ) -> [(place: Int, question: ProbeQuestion)] {
    group.sorted { first, second in
      guard let left = first.question.number, let right = second.question.number else { return false }
      return PackedEstimate.precedes(left, right)
    }
  }

  private mutating func connect(_ junctions: [TruthNetworkBuilder.Junction], _ places: [Int]) {
    var lists: [[Int]] = Array(repeating: [], count: atoms.count + junctions.count)
    truths = ContiguousArray(repeating: .no, count: lists.count)
    for (number, junction) in junctions.enumerated() {
      var count = JunctionCount(missing: junction.threshold)
      for input in junction.inputs {
        let node: Int =
          switch input.source {
          case .atom(let atom): places[atom]
          case .junction(let other): atoms.count + other
          }
        lists[node].append(number << TruthEdge.viewBits | Int(input.view.rawValue))
        count.add(TruthEdge.counts(input.view, truths[node]))
      }
      counts.append(count)
      guard junction.component == Self.noComponent else {
        if count.truth != .no { startingComponents.append(Int(junction.component)) }
        continue
      }
      truths[atoms.count + number] = count.truth
    }
    edges = FlatLists(lists)
  }
}

/// How many inputs of a junction certainly hold, and how many may hold, in one word.
///
/// Each half counts up to its highest bit, which is set when there are enough: whether a junction turns is seen at once.
struct JunctionCount: Sendable {
  private var halves: UInt64

  private static let enough: UInt64 = 0x8000_0000_8000_0000

  /// So many are missing.
  init(missing: Int32) {
    let half = UInt64(0x8000_0000) - UInt64(UInt32(max(missing, 0)))
    halves = half << 32 | half
  }

  /// Both halves move by -1, 0 or 1; neither leaves its bounds, so that the sum of the words is the word of the sums.
  @inline(__always)
  mutating func add(_ change: UInt64) { halves &+= change }

  /// Whether there are enough in either half where there were not, or the other way round.
  @inline(__always)
  func differs(from other: Self) -> Bool { (halves ^ other.halves) & Self.enough != 0 }

  @inline(__always)
  var truth: Truth { halves >> 63 != 0 ? .yes : halves & 0x8000_0000 != 0 ? .unknown : .no }
}

/// How a junction counts a node that it reads.
enum TruthEdge {
  /// The six questions that `not` and `is known to be`, one around the other, can ask of a truth.
  enum View: UInt8, Sendable {
    case itself
    case negated
    case certain
    case notCertain
    case certainlyNot
    case possible
  }

  static let viewBits = 3

  /// What a truth counts: for holding certainly, and for that it may hold.
  static func counts(_ view: View, _ truth: Truth) -> UInt64 {
    let seen: Truth =
      switch view {
      case .itself: truth
      case .negated: !truth
      case .certain: Truth(truth == .yes)
      case .notCertain: Truth(truth != .yes)
      case .certainlyNot: Truth(truth == .no)
      case .possible: Truth(truth != .no)
      }
    return (seen == .yes ? 1 << 32 : 0) + (seen == .no ? 0 : 1)
  }

  /// What is to be added to a count when a node turns: for each view and pair of truths.
  static func changes() -> ContiguousArray<UInt64> {
    var changes = ContiguousArray(repeating: UInt64(0), count: 9 << viewBits)
    for view in 0..<6 {
      guard let view = View(rawValue: UInt8(view)) else { continue }
      for before in [Truth.no, .unknown, .yes] {
        for after in [Truth.no, .unknown, .yes] {
          changes[place(before, after) | Int(view.rawValue)] = counts(view, after) &- counts(view, before)
        }
      }
    }
    return changes
  }

  @inline(__always)
  static func place(_ before: Truth, _ after: Truth) -> Int {
    (Int(before.rawValue) * 3 + Int(after.rawValue)) << viewBits
  }
}

/// Finds out which conditions and rules belong to the network.
struct TruthNetworkBuilder {
  struct Junction {
    /// How many of the inputs must hold.
    var threshold: Int32
    var inputs: [Input]
    /// The component of the rule that it is; `noComponent`: a condition.
    var component = TruthNetwork.noComponent
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
  private var inputOfCondition: [ConditionID: Input?] = [:]
  private var junctionOfRule: [Int: Int] = [:]

  init(_ graph: RuleGraph, _ plain: PlainRules) {
    self.graph = graph
    self.plain = plain
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
          threshold: Int32(truncatingIfNeeded: inputs.count), inputs: inputs,
          component: UInt32(truncatingIfNeeded: index)))
    }
  }

  /// Nil: the condition reads what is not in the network.
  mutating func input(_ id: ConditionID) -> Input? {
    if let known = inputOfCondition[id] { return known }
    let found = find(id)
    inputOfCondition[id] = .some(found)
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

extension TruthEdge.View {
  /// The same, with `not` before it.
  var negated: Self {
    switch self {
    case .itself: .negated
    case .negated: .itself
    case .certain: .notCertain
    case .notCertain: .certain
    case .certainlyNot: .possible
    case .possible: .certainlyNot
    }
  }

  /// The same, asked whether it is known to be so.
  var certain: Self {
    switch self {
    case .itself: .certain
    case .negated: .certainlyNot
    case .certain, .notCertain, .certainlyNot, .possible: self
    }
  }
}
