package import ClinicalValues

/// Builds a rule graph node by node; equal nodes become one.
///
/// Definitions, rules and relations may be announced before they are filled in, for they refer to each other.
package struct RuleGraphBuilder {
  package private(set) var graph = RuleGraph()

  private var conditionKeys = KeyIndex()
  private var valueKeys = KeyIndex()
  private(set) var estimateIDs: [Estimate: EstimateID] = [:]
  private var lists = ListIndex()
  private var maskIDs: [Mask: MaskID] = [:]
  private var classIDs: [ClassTable: ClassesID] = [:]
  private var translationIDs: [Translation: TranslationID] = [:]
  private var windowIDs: [WindowNode: WindowID] = [:]
  private var rowsIDs: [RowsNode: RowsID] = [:]
  private var patternIDs: [PatternNode: PatternID] = [:]

  package init() {
    // Two estimates that the session needs for itself: any number, any text.
    _ = estimate(.interval(.all, mayBeNone: true))
    _ = estimate(Estimate(values: .anyText, mayBeNone: true))
    _ = estimate(.none)
  }

  /// Makes room for a library with so many rules.
  package mutating func expect(rules: Int) {
    conditionKeys.reserve(rules * 3)
    valueKeys.reserve(rules * 2)
    estimateIDs.reserveCapacity(rules)
    graph.conditions.reserveCapacity(rules * 3)
    graph.values.reserveCapacity(rules * 2)
    graph.estimates.reserveCapacity(rules)
    graph.rules.reserveCapacity(rules)
    graph.places.reserveCapacity(rules)
    graph.ownerOfPlace.reserveCapacity(rules)
  }

  /// Any number, or none.
  package static let anyNumber = EstimateID(0)
  /// Any text, or none.
  package static let anyText = EstimateID(1)
  /// Known not to exist.
  package static let none = EstimateID(2)

  // MARK: Interned parts

  package mutating func estimate(_ estimate: Estimate) -> EstimateID {
    Self.intern(estimate, in: &estimateIDs, table: &graph.estimates)
  }

  package mutating func mask(yes: TermSet, maybe: TermSet) -> MaskID {
    Self.intern(Mask(yes: yes, maybe: maybe), in: &maskIDs, table: &graph.masks)
  }

  package mutating func classes(_ table: ClassTable) -> ClassesID {
    Self.intern(table, in: &classIDs, table: &graph.classes)
  }

  package mutating func translation(_ table: Translation) -> TranslationID {
    Self.intern(table, in: &translationIDs, table: &graph.translations)
  }

  package mutating func window(_ node: WindowNode) -> WindowID {
    Self.intern(node, in: &windowIDs, table: &graph.windows)
  }

  package mutating func rows(_ node: RowsNode) -> RowsID {
    Self.intern(node, in: &rowsIDs, table: &graph.rows)
  }

  package mutating func pattern(_ node: PatternNode) -> PatternID {
    Self.intern(node, in: &patternIDs, table: &graph.patterns)
  }

  package mutating func value(_ node: ValueNode) -> ValueID {
    let (number, isNew) = valueKeys.number(node.key)
    if isNew { graph.values.append(node) }
    return ValueID(number)
  }

  package mutating func constant(_ estimate: Estimate) -> ValueID { value(.constant(self.estimate(estimate))) }

  // One function for each sort of id: a generic one is not specialized for other modules.

  package mutating func members(_ ids: [ConditionID]) -> Members { list(ids) }
  package mutating func members(_ ids: [ValueID]) -> Members { list(ids) }
  package mutating func members(_ ids: [RuleNodeID]) -> Members { list(ids) }

  private mutating func list<Tag>(_ ids: [ID<Tag>]) -> Members {
    lists.list(ids, in: &graph.members)
  }

  private static func intern<Node: Hashable, Tag>(
    _ node: Node, in ids: inout [Node: ID<Tag>], table: inout ContiguousArray<Node>
  ) -> ID<Tag> {
    if let known = ids[node] { return known }
    let id = ID<Tag>(table.count)
    table.append(node)
    ids[node] = id
    return id
  }

  // MARK: Conditions

  package mutating func condition(_ node: ConditionNode) -> ConditionID {
    let (number, isNew) = conditionKeys.number(node.key)
    if isNew { graph.conditions.append(node) }
    return ConditionID(number)
  }

  package mutating func constant(_ truth: Truth) -> ConditionID { condition(.constant(truth)) }

  /// All of the conditions; what is always true is left out, and groups in groups are one.
  package mutating func all(_ conditions: [ConditionID]) -> ConditionID {
    if conditions.count == 1 { return conditions[0] }
    var flat: [ConditionID] = []
    flat.reserveCapacity(conditions.count)
    for condition in conditions {
      switch graph[condition] {
      case .constant(.yes): continue
      case .constant(.no): return constant(.no)
      case .all(let list): for inner in graph.conditionIDs(list) where !flat.contains(inner) { flat.append(inner) }
      default: if !flat.contains(condition) { flat.append(condition) }
      }
    }
    switch flat.count {
    case 0: return constant(.yes)
    case 1: return flat[0]
    default:
      let list = members(flat)
      return condition(.all(list))
    }
  }

  /// Any of the conditions.
  package mutating func any(_ conditions: [ConditionID]) -> ConditionID {
    if conditions.count == 1 { return conditions[0] }
    var flat: [ConditionID] = []
    flat.reserveCapacity(conditions.count)
    for condition in conditions {
      switch graph[condition] {
      case .constant(.no): continue
      case .constant(.yes): return constant(.yes)
      default: if !flat.contains(condition) { flat.append(condition) }
      }
    }
    switch flat.count {
    case 0: return constant(.no)
    case 1: return flat[0]
    default:
      let list = members(flat)
      return condition(.any(list))
    }
  }

  /// At least so many of the conditions; what is always true or never is counted here.
  package mutating func atLeast(_ count: Int, _ conditions: [ConditionID]) -> ConditionID {
    var missing = count
    var open: [ConditionID] = []
    for condition in conditions {
      switch graph[condition] {
      case .constant(.yes): missing -= 1
      case .constant(.no): continue
      default: open.append(condition)
      }
    }
    if missing <= 0 { return constant(.yes) }
    if open.count < missing { return constant(.no) }
    let list = members(open)
    return condition(.atLeast(UInt32(clamping: missing), list))
  }

  package mutating func not(_ inner: ConditionID) -> ConditionID {
    switch graph[inner] {
    case .constant(let truth): constant(!truth)
    case .not(let twice): twice
    default: condition(.not(inner))
    }
  }

  // MARK: Slots, relations, definitions, rules

  package mutating func scalarSlot(full: EstimateID) -> ScalarSlotID {
    graph.scalarFulls.append(full)
    return ScalarSlotID(graph.scalarFulls.count - 1)
  }

  package mutating func setSlot() -> SetSlotID {
    graph.setSlotCount += 1
    return SetSlotID(graph.setSlotCount - 1)
  }

  package mutating func seriesSlot(full: EstimateID) -> SeriesSlotID {
    graph.seriesFulls.append(full)
    return SeriesSlotID(graph.seriesFulls.count - 1)
  }

  package mutating func collectionSlot() -> CollectionSlotID {
    graph.collectionSlotCount += 1
    return CollectionSlotID(graph.collectionSlotCount - 1)
  }

  package mutating func relation(_ node: RelationNode) -> RelationID {
    graph.relations.append(node)
    return RelationID(graph.relations.count - 1)
  }

  /// A kind of conclusion; its number is used in patterns and places.
  package mutating func kind() -> UInt32 {
    graph.placesOfKind.append([])
    return UInt32(graph.placesOfKind.count - 1)
  }

  /// Announces a definition, to be filled in with `define`; until then it is unknown.
  package mutating func definition(full: EstimateID) -> DefinitionNodeID {
    let unknown = value(.constant(full))
    graph.definitions.append(DefinitionNode(form: .value(unknown), full: full))
    return DefinitionNodeID(graph.definitions.count - 1)
  }

  package mutating func define(_ id: DefinitionNodeID, _ form: DefinitionNode.Form) {
    graph.definitions[id.index].form = form
  }

  /// Announces a rule, to be filled in with `define`.
  package mutating func rule(family: UInt32) -> RuleNodeID {
    let never = constant(.no)
    graph.rules.append(RuleNode(family: family, scope: never, relations: [], conditions: [], unless: nil))
    return RuleNodeID(graph.rules.count - 1)
  }

  package mutating func define(_ id: RuleNodeID, _ node: RuleNode) { graph.rules[id.index] = node }

  package mutating func place(_ node: PlaceNode, owner: EstimateID) -> PlaceID {
    let id = PlaceID(graph.places.count)
    graph.places.append(node)
    graph.ownerOfPlace.append(owner)
    graph.placesOfKind[Int(node.kind)].append(id)
    graph.rules[node.rule.index].places.append(id)
    return id
  }

  package mutating func derivation(_ node: DerivationNode, of rule: RuleNodeID) {
    graph.rules[rule.index].derivations.append(node)
  }

  package mutating func override(_ rule: RuleNodeID, rules: [RuleNodeID], patterns: [PatternID]) {
    graph.rules[rule.index].overriddenRules += rules
    graph.rules[rule.index].overriddenPatterns += patterns
  }
}
