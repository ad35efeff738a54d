import ClinicalValues

/// What a run looks into again and again, behind one reference.
///
/// A `RuleGraph` is a value of some fifty tables: a session that reached into it through its own copy moved all of them
/// for a single look.
final class RunTables: Sendable {
  let conditions: ContiguousArray<ConditionNode>
  let conditionVariables: ContiguousArray<UInt64>
  let conditionComponent: ContiguousArray<Int32>
  let quick: ContiguousArray<QuickCondition>
  let rowQuestions: RowQuestions
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
  let ruleOfPlace: ContiguousArray<RuleNodeID>
  let network: TruthNetwork
  let wake: WakeIndex
  /// The number of each estimate of the program.
  let estimateIDs: [Estimate: EstimateID]

  /// A relation whose rows come with the patient.
  struct GivenRelation: Sendable {
    var relation: RelationID
    var slot: CollectionSlotID
    /// The row that stands for those nobody gave.
    var fulls: ContiguousArray<EstimateID>
    /// The blocks of questions that are asked of its rows.
    var blocks: ContiguousArray<Int>
  }

  /// All of it at once; `isInMasks`: whether a network of few rules is one in masks.
  convenience init(_ graph: RuleGraph, _ estimateIDs: [Estimate: EstimateID], inMasks isInMasks: Bool = true) {
    let questions = GraphQuestions(graph)
    let plain = PlainRules(graph)
    let network = TruthNetwork(
      graph, plain, questions.quick, questions.rowQuestions, SlotNumbering(graph), inMasks: isInMasks)
    var wake = WakeIndex(graph, plain)
    wake.connect(graph, network)
    self.init(graph, estimateIDs, questions, plain, network, wake)
  }

  init(
    _ graph: RuleGraph, _ estimateIDs: [Estimate: EstimateID], _ questions: GraphQuestions, _ plain: PlainRules,
    _ network: TruthNetwork, _ wake: WakeIndex
  ) {
    conditions = graph.conditions
    conditionVariables = graph.conditionVariables
    conditionComponent = graph.conditionComponent
    let rowQuestions = questions.rowQuestions
    quick = questions.quick
    self.rowQuestions = rowQuestions
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
      guard case .given(let slot) = node.origin else { continue }
      let blocks = rowQuestions.blocks.indices.filter { rowQuestions.blocks[$0].relation.index == index }
      given.append(
        GivenRelation(
          relation: RelationID(index), slot: slot, fulls: ContiguousArray(node.fulls), blocks: ContiguousArray(blocks)))
    }
    self.given = given
    self.plain = plain
    ruleOfPlace = ContiguousArray(graph.places.indices.map { graph.places[$0].rule })
    self.network = network
    self.wake = wake
    self.estimateIDs = estimateIDs
  }
}
