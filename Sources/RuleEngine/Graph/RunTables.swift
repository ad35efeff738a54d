import ClinicalValues

/// What a run looks into again and again, behind one reference.
///
/// A `RuleGraph` is a value of some fifty tables: a session that reached into it through its own copy moved all of them
/// for a single look.
final class RunTables: Sendable {
  let conditions: ContiguousArray<ConditionNode>
  let conditionVariables: ContiguousArray<UInt64>
  let conditionComponent: ContiguousArray<Int32>
  let quickTests: ContiguousArray<QuickTest>
  let values: ContiguousArray<ValueNode>
  let valueVariables: ContiguousArray<UInt64>
  let valueComponent: ContiguousArray<Int32>
  let members: ContiguousArray<UInt32>
  let masks: ContiguousArray<Mask>
  let windows: ContiguousArray<WindowNode>
  let rows: ContiguousArray<RowsNode>
  let scalarFulls: ContiguousArray<EstimateID>
  let seriesFulls: ContiguousArray<EstimateID>
  let given: ContiguousArray<GivenRelation>
  let plain: PlainRules
  let wake: WakeIndex
  /// The number of each estimate of the program.
  let estimateIDs: [Estimate: EstimateID]

  /// A relation whose rows come with the patient.
  struct GivenRelation: Sendable {
    var relation: RelationID
    var slot: CollectionSlotID
  }

  init(_ graph: RuleGraph, _ estimateIDs: [Estimate: EstimateID]) {
    conditions = graph.conditions
    conditionVariables = graph.conditionVariables
    conditionComponent = graph.conditionComponent
    quickTests = ContiguousArray(graph.conditions.map { QuickTest($0, graph) })
    values = graph.values
    valueVariables = graph.valueVariables
    valueComponent = graph.valueComponent
    members = graph.members
    masks = graph.masks
    windows = graph.windows
    rows = graph.rows
    scalarFulls = ContiguousArray(graph.scalarFulls)
    seriesFulls = ContiguousArray(graph.seriesFulls)
    var given: ContiguousArray<GivenRelation> = []
    for (index, node) in graph.relations.enumerated() {
      if case .given(let slot) = node.origin { given.append(GivenRelation(relation: RelationID(index), slot: slot)) }
    }
    self.given = given
    plain = PlainRules(graph)
    wake = WakeIndex(graph, plain)
    self.estimateIDs = estimateIDs
  }
}
