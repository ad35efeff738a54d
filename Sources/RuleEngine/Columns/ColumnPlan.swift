package import ClinicalValues

/// How a graph's network is answered by columns: which bits each value sets, and which planes are made of them.
///
/// Each question to a column or table has a *field* of bits in a word that each patient has; what a value answers is a
/// mask of these words. Planes, a bit for each patient, are the words turned by 90 degrees; conditions and rules are then
/// operations on planes.
package struct ColumnPlan: Sendable {
  /// Bits of a question: first those that count certain answers, one for each up to `count`, then as many for possible.
  struct Field: Sendable {
    var word: Int
    var shift: Int
    var count: Int

    var certain: UInt64 { (count == 64 ? .max : (1 << UInt64(count)) - 1) << UInt64(shift) }
    var possible: UInt64 { certain << UInt64(count) }
    /// The lowest bit of either count.
    var low: UInt64 { 1 << UInt64(shift) | 1 << UInt64(shift + count) }
    var certainPlane: Int { word * 64 + shift + count - 1 }
    var possiblePlane: Int { word * 64 + shift + 2 * count - 1 }
  }

  /// A condition with the field that answers it.
  struct FactQuestion: Sendable {
    var condition: ConditionID
    var field: Field
  }

  /// Points of a series.
  struct PointQuestion: Sendable {
    enum Days: Sendable {
      /// All days.
      case any
      case window(WindowID?)
    }

    var days: Days
    var inner: ConditionID?
    var field: Field
  }

  /// Rows of a collection that meet conditions of one cell each.
  struct RowQuestion: Sendable {
    var relation: RelationID
    var variable: UInt8
    var tests: [(column: Int, condition: ConditionID)]
    var field: Field
    /// What is asked of such a row besides, and the field of the answer.
    var joins: [Join] = []
    var joined: Field?
  }

  /// Some point since the day in a cell.
  struct Join: Sendable {
    var series: Int
    var column: Int
    var inner: ConditionID
    /// What the cell of a row that nobody gave may hold.
    var full: EstimateID
    /// Whether there is a point at all that meets the inner condition.
    var any: Field
  }

  /// What is asked of a series or a collection besides its rows: whether it is missing.
  struct Table<Question: Sendable>: Sendable {
    var questions: [Question] = []
    var missing: Field?
  }

  /// An operation on planes: `and`, `or`, or at least so many of its inputs.
  struct Gate: Sendable {
    enum Form: Sendable {
      case all
      case any
      case atLeast(Int)
    }

    var form: Form
    var inputs: Range<Int>
    var output: Int
  }

  let graph: RuleGraph
  let today: Day
  var scalars: [[FactQuestion]]
  var sets: [[FactQuestion]]
  var series: [Table<PointQuestion>]
  var collections: [Table<RowQuestion>]
  /// How many words a patient has.
  var words = 0
  var gates: ContiguousArray<Gate> = []
  /// Planes that gates read: their numbers, doubled; odd: inverted.
  var inputs: ContiguousArray<UInt32> = []
  var planes = 0
  /// The rules that are answered here, with their planes.
  var rules: ContiguousArray<(rule: RuleNodeID, certain: Int, possible: Int)> = []
  /// For each rule its place in `rules`, or -1.
  var placeOfRule: ContiguousArray<Int32>
  /// The planes of the conditions that were asked for besides; nil: columns do not answer it.
  var conditions: ContiguousArray<(certain: Int, possible: Int)?> = []
  private var usedBits = 64

  /// Answers rules and, besides, conditions that read no row of their surroundings.
  package init(_ graph: RuleGraph, today: Day, conditions asked: [ConditionID] = []) {
    self.graph = graph
    self.today = today
    scalars = Array(repeating: [], count: graph.scalarFulls.count)
    sets = Array(repeating: [], count: graph.setSlotCount)
    series = Array(repeating: Table(), count: graph.seriesFulls.count)
    collections = Array(repeating: Table(), count: graph.collectionSlotCount)
    placeOfRule = ContiguousArray(repeating: -1, count: graph.rules.count)
    let tables = graph.tables ?? RunTables(graph, [:])
    var network = TruthNetworkBuilder(graph, tables.plain)
    network.addRules()
    let others = asked.map { network.input($0) }
    var builder = ColumnQuestions(graph, tables, today)
    var answers: [ColumnAnswer?] = Array(repeating: nil, count: network.atoms.count)
    for atom in ColumnQuestions.order(network.atoms, graph) { answers[atom] = builder.ask(network.atoms[atom], &self) }
    var connection = ColumnGates(words: words)
    connection.connect(network, others, answers, &self)
  }

  /// Whether a condition that was asked for, by its place among these, is answered by columns.
  package func answers(condition: Int) -> Bool {
    conditions.indices.contains(condition) && conditions[condition] != nil
  }

  /// Whether a rule is answered by columns.
  package func covers(_ rule: RuleNodeID) -> Bool { placeOfRule[rule.index] >= 0 }

  /// The rules that are.
  package var coveredRules: [RuleNodeID] { rules.map(\.rule) }

  /// Nil: there are more than a word counts.
  mutating func field(count: Int = 1) -> Field? {
    guard count >= 1, count <= 32 else { return nil }
    if usedBits + 2 * count > 64 {
      words += 1
      usedBits = 0
    }
    let field = Field(word: words - 1, shift: usedBits, count: count)
    usedBits += 2 * count
    return field
  }
}

/// Where the answer to a condition stands.
enum ColumnAnswer: Sendable {
  case constant(Truth)
  case field(ColumnPlan.Field, TruthEdge.View)
  /// How many there are: enough, but not too many.
  case exactly(ColumnPlan.Field, butNot: ColumnPlan.Field, isNegated: Bool)
}
