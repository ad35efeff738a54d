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
  let networks: RuleNetworks
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

  /// All of it at once; `masksLimit`: as `RuleNetworks` has it.
  convenience init(
    _ graph: RuleGraph, _ estimateIDs: [Estimate: EstimateID], masksLimit: Int = NetworkMasks.limit
  ) {
    let questions = GraphQuestions(graph)
    let plain = PlainRules(graph)
    let networks = RuleNetworks(graph, plain, questions.quick, questions.rowQuestions, masksLimit: masksLimit)
    var wake = WakeIndex(graph, plain)
    wake.connect(graph, networks)
    self.init(graph, estimateIDs, questions, plain, networks, wake)
  }

  init(
    _ graph: RuleGraph, _ estimateIDs: [Estimate: EstimateID], _ questions: GraphQuestions, _ plain: PlainRules,
    _ networks: RuleNetworks, _ wake: WakeIndex
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
    self.networks = networks
    self.wake = wake
    self.estimateIDs = estimateIDs
  }
}

extension RuleGraph {
  /// The same graph with masks of so many words at most.
  ///
  /// 0: all rules are told what turns. The answers are the same.
  package func withMasks(words limit: Int) -> RuleGraph {
    var graph = self
    graph.tables = RunTables(self, tables?.estimateIDs ?? [:], masksLimit: limit)
    return graph
  }
}
