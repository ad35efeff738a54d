package import ClinicalValues

/// The nodes of a graph as a builder made them; all else is worked out from them.
package struct GraphParts: Sendable {
  package var conditions: ContiguousArray<ConditionNode> = []
  package var values: ContiguousArray<ValueNode> = []
  package var members: ContiguousArray<UInt32> = []
  package var estimates: ContiguousArray<Estimate> = []
  package var masks: ContiguousArray<Mask> = []
  package var classes: ContiguousArray<ClassTable> = []
  package var translations: ContiguousArray<Translation> = []
  package var windows: ContiguousArray<WindowNode> = []
  package var rows: ContiguousArray<RowsNode> = []
  package var patterns: ContiguousArray<PatternNode> = []
  package var definitions: ContiguousArray<DefinitionNode> = []
  package var rules: ContiguousArray<RuleNode> = []
  package var places: ContiguousArray<PlaceNode> = []
  package var relations: ContiguousArray<RelationNode> = []
  package var ownerOfPlace: ContiguousArray<EstimateID> = []
  package var kindCount = 0
  package var scalarFulls: [EstimateID] = []
  package var setSlotCount = 0
  package var seriesFulls: [EstimateID] = []
  package var collectionSlotCount = 0

  package init() {}

  package init(_ graph: RuleGraph) {
    conditions = graph.conditions
    values = graph.values
    members = graph.members
    estimates = graph.estimates
    masks = graph.masks
    classes = graph.classes
    translations = graph.translations
    windows = graph.windows
    rows = graph.rows
    patterns = graph.patterns
    definitions = graph.definitions
    rules = graph.rules
    places = graph.places
    relations = graph.relations
    ownerOfPlace = graph.ownerOfPlace
    kindCount = graph.placesOfKind.count
    scalarFulls = graph.scalarFulls
    setSlotCount = graph.setSlotCount
    seriesFulls = graph.seriesFulls
    collectionSlotCount = graph.collectionSlotCount
  }
}

/// Parts that no builder has made.
package struct GraphFault: Error, Hashable, Sendable {
  package var what: String
}

extension RuleGraph {
  /// Puts a graph together from parts that come from outside; every id in them has to be one of its table.
  package init(_ parts: GraphParts) throws(GraphFault) {
    self.init()
    conditions = parts.conditions
    values = parts.values
    members = parts.members
    estimates = parts.estimates
    masks = parts.masks
    classes = parts.classes
    translations = parts.translations
    windows = parts.windows
    rows = parts.rows
    patterns = parts.patterns
    definitions = parts.definitions
    rules = parts.rules
    places = parts.places
    relations = parts.relations
    ownerOfPlace = parts.ownerOfPlace
    scalarFulls = parts.scalarFulls
    setSlotCount = parts.setSlotCount
    seriesFulls = parts.seriesFulls
    collectionSlotCount = parts.collectionSlotCount
    placesOfKind = Array(repeating: [], count: parts.kindCount)
    for (index, place) in places.enumerated() where Int(place.kind) < placesOfKind.count {
      placesOfKind[Int(place.kind)].append(PlaceID(index))
    }
    let ids = try checkedEstimates()
    var check = GraphCheck(self)
    try check.run()
    do throws(GraphRefusal) { try complete(ids) } catch {
      throw GraphFault(what: "rules depend on each other in a circle")
    }
  }

  /// The numbers of the estimates: each is there once, and those come first that a session needs for itself.
  private func checkedEstimates() throws(GraphFault) -> [Estimate: EstimateID] {
    let own: [Estimate] = [
      .interval(.all, mayBeNone: true), Estimate(values: .anyText, mayBeNone: true), .none,
    ]
    guard estimates.prefix(own.count).elementsEqual(own) else {
      throw GraphFault(what: "the first estimates are others")
    }
    var ids: [Estimate: EstimateID] = [:]
    ids.reserveCapacity(estimates.count)
    for (index, estimate) in estimates.enumerated() {
      guard ids.updateValue(EstimateID(index), forKey: estimate) == nil else {
        throw GraphFault(what: "an estimate is there twice")
      }
    }
    return ids
  }
}
