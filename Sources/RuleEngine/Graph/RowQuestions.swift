import ClinicalValues

/// Questions whether some given row meets tests of its cells, asked of all rows at once.
///
/// Each distinct test of a cell has a bit in a *block* of up to 64. A row is tested once for the whole block; what a
/// question asks of cells is then a mask, and whether the row meets it a comparison of words.
struct RowQuestions: Sendable {
  struct CellTest: Sendable {
    var column: Int
    var test: QuickTest
  }

  struct Block: Sendable {
    var relation: RelationID
    var tests: ContiguousArray<CellTest> = []
    fileprivate var bits: [ConditionID: Int] = [:]

    fileprivate init(relation: RelationID) { self.relation = relation }
  }

  /// What a question asks of cells, as a mask of its block's tests.
  struct Question: Sendable {
    var block = RowQuestions.noBlock
    var mask: UInt64 = 0
    /// It asks more than cells.
    var hasOthers = false
  }

  private(set) var blocks: ContiguousArray<Block> = []
  /// For each question about rows; of no block: it is not about given rows, or asks nothing of cells alone.
  private(set) var questions: ContiguousArray<Question> = []
  /// For each question its conditions that ask more than a cell.
  private(set) var others = FlatLists([[Int]]())

  static let noBlock = UInt32.max

  init(_ graph: RuleGraph, _ quick: ContiguousArray<QuickCondition>) {
    var latest: [RelationID: Int] = [:]
    var others: [[Int]] = []
    for node in graph.rows {
      var tests: [(condition: ConditionID, test: CellTest)] = []
      var rest: [Int] = []
      for condition in graph.conditionIDs(node.conditions) {
        if case .cell(node.variable, let column, let test) = quick[condition.index], tests.count < 64 {
          tests.append((condition, CellTest(column: Int(column), test: test)))
        } else {
          rest.append(condition.index)
        }
      }
      others.append(rest)
      guard case .given = graph[node.relation].origin, !tests.isEmpty else {
        questions.append(Question())
        continue
      }
      var block = latest[node.relation] ?? add(node.relation)
      if blocks[block].bits.count + tests.count > 64 { block = add(node.relation) }
      latest[node.relation] = block
      questions.append(
        Question(
          block: UInt32(truncatingIfNeeded: block), mask: mask(tests, in: block), hasOthers: !rest.isEmpty))
    }
    self.others = FlatLists(others)
  }

  private mutating func add(_ relation: RelationID) -> Int {
    blocks.append(Block(relation: relation))
    return blocks.count - 1
  }

  private mutating func mask(_ tests: [(condition: ConditionID, test: CellTest)], in block: Int) -> UInt64 {
    var mask: UInt64 = 0
    for (condition, test) in tests {
      let bit = blocks[block].bits[condition] ?? blocks[block].tests.count
      if bit == blocks[block].tests.count {
        blocks[block].tests.append(test)
        blocks[block].bits[condition] = bit
      }
      mask |= 1 << UInt64(bit)
    }
    return mask
  }
}

/// What the rows of a relation answer to the tests of a block: a bit for each test.
struct RowAnswers: Sendable {
  struct Row: Sendable {
    var exists: Truth
    /// Tests that are met.
    var yes: UInt64
    /// Tests that may be met.
    var maybe: UInt64
  }

  var rows: ContiguousArray<Row> = []
  /// A cell did not fit in words: the questions are asked in full.
  var isUndecided = false
}
