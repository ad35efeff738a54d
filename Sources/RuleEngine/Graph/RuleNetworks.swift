import ClinicalValues

/// All that is evaluated as a network, in two forms.
///
/// Rules fall apart into *islands*: whatever asks the same fact, or reads the other, is of one island. Small islands are
/// evaluated in masks, which costs a run little and the same whatever turns; in a large one only what turns is told.
struct RuleNetworks: Sendable {
  /// Small islands, and their masks.
  let few: TruthNetwork
  let masks: NetworkMasks
  /// All others.
  let many: TruthNetwork
  /// Whether a component is computed in one of the two.
  private let included: ContiguousArray<Bool>

  /// `masksLimit`: how many words the masks have at most; 0: everything is told what turns.
  init(
    _ graph: RuleGraph, _ plain: PlainRules, _ quick: ContiguousArray<QuickCondition>, _ rows: RowQuestions,
    masksLimit: Int = NetworkMasks.limit
  ) {
    var builder = TruthNetworkBuilder(graph, plain)
    builder.addRules()
    let parts = NetworkParts(builder, quick)
    let (few, many) = parts.split(limit: masksLimit)
    let slots = SlotNumbering(graph)
    self.few = TruthNetwork(graph, few, quick, rows, slots)
    masks = NetworkMasks(self.few)
    self.many = TruthNetwork(graph, many, quick, rows, slots)
    included = builder.junctions.reduce(
      into: ContiguousArray(repeating: false, count: graph.components.count)
    ) { included, junction in
      if junction.component != TruthNetwork.none { included[Int(junction.component)] = true }
    }
  }

  @inline(__always)
  func includes(_ component: Int) -> Bool { included[component] }
}

/// Junctions, and the atoms that they read.
struct NetworkParts {
  struct Atom {
    var condition: ConditionID
    /// What it asks of a number or of terms; nil: it asks something else.
    var question: ProbeQuestion?
    /// Atoms that look at the same have the same number.
    var source: Int
  }

  private(set) var atoms: [Atom] = []
  private(set) var sourceCount = 0
  /// Each reads only earlier ones.
  private(set) var junctions: [TruthNetworkBuilder.Junction] = []

  private init() {}

  init(_ builder: TruthNetworkBuilder, _ quick: ContiguousArray<QuickCondition>) {
    junctions = builder.junctions
    var numbers: [TruthProbe.Source: Int] = [:]
    atoms.reserveCapacity(builder.atoms.count)
    for condition in builder.atoms {
      let question = ProbeQuestion(quick[condition.index])
      let known = question.flatMap { numbers[$0.source] }
      if let question, known == nil { numbers[question.source] = sourceCount }
      atoms.append(Atom(condition: condition, question: question, source: known ?? sourceCount))
      if known == nil { sourceCount += 1 }
    }
  }

  /// The smallest islands that masks of so many words have room for, and the rest.
  func split(limit: Int) -> (few: NetworkParts, many: NetworkParts) {
    var sets = DisjointSets(count: junctions.count + sourceCount)
    for (index, junction) in junctions.enumerated() {
      for input in junction.inputs {
        switch input.source {
        case .atom(let atom): sets.join(index, junctions.count + atoms[atom].source)
        case .junction(let other): sets.join(index, other)
        }
      }
    }
    // The lowest number stands for an island: that of its first junction.
    var islands = ContiguousArray(junctions.indices.map { Island(first: $0) })
    let roots = junctions.indices.map { sets.find($0) }
    for (index, junction) in junctions.enumerated() {
      islands[roots[index]].junctions += 1
      if junction.rule != TruthNetwork.none { islands[roots[index]].hasRules = true }
      // Masks do not count how many hold.
      if !junction.needsAll, junction.threshold != 1 { islands[roots[index]].isCounted = true }
    }
    for source in 0..<sourceCount {
      let root = sets.find(junctions.count + source)
      if root < junctions.count { islands[root].sources += 1 }
    }
    var (lanes, sources) = (0, 0)
    var isFew = ContiguousArray(repeating: false, count: junctions.count)
    for island in islands.filter({ $0.hasRules && !$0.isCounted }).sorted() {
      guard NetworkMasks.words(lanes + island.junctions) * (sources + island.sources) <= limit else { break }
      lanes += island.junctions
      sources += island.sources
      isFew[island.first] = true
    }
    // Of rules that turned out to be no part of this, conditions may be left.
    return (part { isFew[roots[$0]] }, part { !isFew[roots[$0]] && islands[roots[$0]].hasRules })
  }

  /// A part that reads nothing of the rest.
  private func part(_ isMeant: (Int) -> Bool) -> NetworkParts {
    var part = NetworkParts()
    var placeOfAtom = Array(repeating: -1, count: atoms.count)
    var placeOfJunction = Array(repeating: -1, count: junctions.count)
    part.sourceCount = sourceCount
    for index in junctions.indices where isMeant(index) {
      var junction = junctions[index]
      for place in junction.inputs.indices {
        switch junction.inputs[place].source {
        case .atom(let atom):
          if placeOfAtom[atom] < 0 {
            placeOfAtom[atom] = part.atoms.count
            part.atoms.append(atoms[atom])
          }
          junction.inputs[place].source = .atom(placeOfAtom[atom])
        case .junction(let other): junction.inputs[place].source = .junction(placeOfJunction[other])
        }
      }
      placeOfJunction[index] = part.junctions.count
      part.junctions.append(junction)
    }
    return part
  }

  private struct Island: Comparable {
    var first: Int
    var junctions = 0
    var sources = 0
    var hasRules = false
    var isCounted = false

    init(first: Int) { self.first = first }

    static func < (one: Self, other: Self) -> Bool { (one.junctions, one.first) < (other.junctions, other.first) }
  }
}
