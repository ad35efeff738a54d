package import ClinicalValues

/// A compiled program: flat tables of nodes that refer to each other by id, children before parents.
///
/// Immutable, and shared by all sessions. It holds no names: what a node is called, and where it was written, is kept by
/// whoever built it, in arrays indexed by the same ids.
package struct RuleGraph: Sendable {
  package internal(set) var conditions: ContiguousArray<ConditionNode> = []
  package internal(set) var values: ContiguousArray<ValueNode> = []
  /// Ids of all lists, one after the other; `Members` points into it.
  package internal(set) var members: ContiguousArray<UInt32> = []
  package internal(set) var estimates: ContiguousArray<Estimate> = []
  package internal(set) var masks: ContiguousArray<Mask> = []
  package internal(set) var classes: ContiguousArray<ClassTable> = []
  package internal(set) var translations: ContiguousArray<Translation> = []
  package internal(set) var windows: ContiguousArray<WindowNode> = []
  package internal(set) var rows: ContiguousArray<RowsNode> = []
  package internal(set) var patterns: ContiguousArray<PatternNode> = []
  package internal(set) var definitions: ContiguousArray<DefinitionNode> = []
  package internal(set) var rules: ContiguousArray<RuleNode> = []
  package internal(set) var places: ContiguousArray<PlaceNode> = []
  package internal(set) var relations: ContiguousArray<RelationNode> = []
  /// For each kind of conclusion its places, and the text that each place writes into the last column of the kind.
  package internal(set) var placesOfKind: [[PlaceID]] = []
  package internal(set) var ownerOfPlace: ContiguousArray<EstimateID> = []

  /// What each slot may hold when nothing is known.
  package internal(set) var scalarFulls: [EstimateID] = []
  package internal(set) var setSlotCount = 0
  package internal(set) var seriesFulls: [EstimateID] = []
  package internal(set) var collectionSlotCount = 0

  // What the builder works out from the nodes.

  /// A bit per variable that a node reads without binding it itself; 0: the node is closed and its answer is kept.
  var conditionVariables: ContiguousArray<UInt64> = []
  var valueVariables: ContiguousArray<UInt64> = []
  /// The last component that a node reads, or -1.
  var conditionComponent: ContiguousArray<Int32> = []
  var valueComponent: ContiguousArray<Int32> = []
  /// For each pattern the places it may match, beyond which no test is needed.
  package internal(set) var placesMatching: [[PlaceID]] = []
  package internal(set) var overridersOfRule: [[RuleNodeID]] = []
  package internal(set) var overridersOfPlace: [[PlaceOverride]] = []
  var rowsPlans: [JoinStep] = []
  var rulePlans: [RulePlan] = []
  package internal(set) var components: [Component] = []
  /// For each component those whose answers it reads.
  var componentInputs = FlatLists()
  /// For each component the slots that it reads, as `SlotNumbering` numbers them.
  var componentSlots = FlatLists()
  /// Nil until the graph is complete.
  var tables: RunTables?

  init() {}

  package func members(_ list: Members) -> Slice<ContiguousArray<UInt32>> {
    let range = list.range
    return Slice(base: members, bounds: range)
  }

  package func conditionIDs(_ list: Members) -> [ConditionID] { members(list).map { ConditionID(Int($0)) } }
  package func valueIDs(_ list: Members) -> [ValueID] { members(list).map { ValueID(Int($0)) } }
  package func ruleIDs(_ list: Members) -> [RuleNodeID] { members(list).map { RuleNodeID(Int($0)) } }

  package subscript(id: ConditionID) -> ConditionNode { conditions[id.index] }
  package subscript(id: ValueID) -> ValueNode { values[id.index] }
  package subscript(id: RowsID) -> RowsNode { rows[id.index] }
  package subscript(id: PatternID) -> PatternNode { patterns[id.index] }
  package subscript(id: DefinitionNodeID) -> DefinitionNode { definitions[id.index] }
  package subscript(id: RuleNodeID) -> RuleNode { rules[id.index] }
  package subscript(id: PlaceID) -> PlaceNode { places[id.index] }
  package subscript(id: RelationID) -> RelationNode { relations[id.index] }
  package subscript(id: WindowID) -> WindowNode { windows[id.index] }
  package subscript(id: MaskID) -> Mask { masks[id.index] }

  /// Whether a condition reads no variable of its surroundings.
  package func isClosed(_ id: ConditionID) -> Bool { conditionVariables[id.index] == 0 }

  /// A bit for each variable that a condition reads without binding it itself.
  package func variables(of id: ConditionID) -> UInt64 { conditionVariables[id.index] }

  /// A bit for each variable that a value reads without binding it itself.
  package func variables(of id: ValueID) -> UInt64 { valueVariables[id.index] }

  /// Whether a value reads no variable of its surroundings.
  package func isClosed(_ id: ValueID) -> Bool { valueVariables[id.index] == 0 }
}

/// Terms that are in a class, and terms too coarse to tell.
package struct Mask: Hashable, Sendable {
  package var yes: TermSet
  package var maybe: TermSet

  package init(yes: TermSet, maybe: TermSet) {
    self.yes = yes
    self.maybe = maybe
  }
}

/// For each term of a group: its members and itself, and the classes above it.
package struct ClassTable: Hashable, Sendable {
  package var members: [TermSet]
  package var classes: [TermSet]
  /// No term has a class: related means equal.
  package var isFlat: Bool

  package init(members: [TermSet], classes: [TermSet]) {
    self.members = members
    self.classes = classes
    isFlat = classes.allSatisfy(\.isEmpty)
  }
}

/// Where each term of a group goes in another; nil: it is not there.
///
/// `count`: the size of the other group.
package struct Translation: Hashable, Sendable {
  package var targets: [Int?]
  package var count: Int

  package init(targets: [Int?], count: Int) {
    self.targets = targets
    self.count = count
  }
}

/// A rule that overrides the conclusions of a place that match a pattern.
package struct PlaceOverride: Hashable, Sendable {
  package var rule: RuleNodeID
  package var pattern: PatternID
}

/// What must be computed together, and what it reads.
package struct Component: Sendable {
  package var nodes: ComponentNodes
  package var isRecursive: Bool
}

/// The nodes of a component in the order of their numbers; nearly all have one, which needs no array.
package struct ComponentNodes: RandomAccessCollection, Sendable {
  private let single: DependencyNode?
  private let several: [DependencyNode]

  init(_ node: DependencyNode) {
    single = node
    several = []
  }

  init(_ nodes: [DependencyNode]) {
    single = nil
    several = nodes
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { single == nil ? several.count : 1 }
  package subscript(position: Int) -> DependencyNode { single ?? several[position] }
}

/// The slots that something reads.
struct SlotSet: Hashable, Sendable {
  var today = false
  var scalars = SlotIDs<Table.ScalarSlot>()
  var sets = SlotIDs<Table.SetSlot>()
  var series = SlotIDs<Table.SeriesSlot>()
  var collections = SlotIDs<Table.CollectionSlot>()

  mutating func removeAll() {
    today = false
    scalars.removeAll()
    sets.removeAll()
    series.removeAll()
    collections.removeAll()
  }
}

/// A few slots in order; nearly everything reads none to three.
struct SlotIDs<Tag>: Hashable, Sendable, RandomAccessCollection {
  private var ids: [ID<Tag>] = []

  mutating func insert(_ id: ID<Tag>) {
    let place = ids.firstIndex { $0 >= id } ?? ids.count
    if place == ids.count || ids[place] != id { ids.insert(id, at: place) }
  }

  mutating func removeAll() { ids.removeAll(keepingCapacity: true) }

  var startIndex: Int { 0 }
  var endIndex: Int { ids.count }
  subscript(position: Int) -> ID<Tag> { ids[position] }
}

/// What depends on what: the nodes of `semantics.md` §5.
package enum DependencyNode: Hashable, Sendable {
  case definition(DefinitionNodeID)
  case body(RuleNodeID)
  case effective(RuleNodeID)
  case conclusion(PlaceID)
  /// The rows of a derived record, or of a kind of conclusion.
  case rows(RelationID)
}

/// How a rule's variables are bound, one after the other.
struct RulePlan: Sendable {
  /// Conditions that read no variable: asked once, first those that hold least often.
  var closed: [ConditionID] = []
  /// While this one is false, nothing else of the rule is asked.
  var gate: ConditionID? { closed.first }
  /// All rows of every relation.
  var full: [JoinStep] = []
  /// For each variable whose relation grows in the rule's own component: the order that begins with it.
  var growing: [GrowingPlan] = []
}

/// The order of binding that begins with the new rows of one variable.
struct GrowingPlan: Sendable {
  var relation: RelationID
  var steps: [JoinStep]
}

/// One variable, how its rows are found, and what is asked as soon as it is bound.
struct JoinStep: Sendable {
  var variable: UInt8
  var relation: RelationID
  /// An equality that an index answers; nil: all rows.
  var probe: Probe?
  var checks: [ConditionID]
}

/// Rows whose `column` can be equal (or related by class) to a value that is already bound.
struct Probe: Sendable {
  /// The equality, or that the classes agree.
  var condition: ConditionID
  var column: UInt16
  var key: ValueID
  var classes: ClassesID?
}
