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
    /// The columns that are tested, each with the bits of its tests.
    fileprivate(set) var columns: ContiguousArray<(column: Int, bits: UInt64)> = []
    fileprivate var bits: [ConditionID: Int] = [:]

    fileprivate init(relation: RelationID) { self.relation = relation }

    fileprivate mutating func note(_ column: Int, _ bit: Int) {
      if let known = columns.firstIndex(where: { $0.column == column }) {
        columns[known].bits |= 1 << UInt64(bit)
      } else {
        columns.append((column, 1 << UInt64(bit)))
      }
    }

    /// What a cell of a column answers to the tests; bits of other columns are set.
    func answer(_ cell: PackedEstimate, _ column: (column: Int, bits: UInt64)) -> CellAnswer {
      var answer = CellAnswer(yes: ~column.bits, maybe: ~column.bits)
      var rest = column.bits
      while rest != 0 {
        let bit = rest & (0 &- rest)
        guard let truth = tests[rest.trailingZeroBitCount].test.answer(cell) else { return .undecided }
        if truth == .yes { answer.yes |= bit }
        if truth != .no { answer.maybe |= bit }
        rest &= ~bit
      }
      return answer
    }
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

  /// Where a question is answered that asks of given rows for nothing but cells; nil: it is of another sort.
  func byCells(_ id: RowsID) -> (block: Int, mask: UInt64)? {
    let question = questions[id.index]
    guard question.block != Self.noBlock, !question.hasOthers else { return nil }
    return (Int(question.block), question.mask)
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
        blocks[block].note(test.column, bit)
      }
      mask |= 1 << UInt64(bit)
    }
    return mask
  }
}

/// What a cell, or a row, answers to the tests of a block: a bit for each test.
struct CellAnswer: Equatable, Sendable {
  /// Tests that are met.
  var yes: UInt64
  /// Tests that may be met.
  var maybe: UInt64

  // What is met may be met: these are no answers.

  /// Has not been asked.
  static let unasked = CellAnswer(yes: .max, maybe: 0)
  /// Does not fit in words: the questions are asked in full.
  static let undecided = CellAnswer(yes: 1, maybe: 0)
}

/// What the rows of a relation answer to the tests of a block.
struct RowAnswers: Sendable {
  struct Row: Sendable {
    var exists: Truth
    var answer: CellAnswer
  }

  var rows: ContiguousArray<Row> = []
  /// Some row is undecided.
  var isUndecided = false
  /// What each estimate answers, by its number: in every tested column, one behind the other.
  var cells: ContiguousArray<CellAnswer> = []

  /// Whether some row meets all tests of a mask.
  @inline(__always)
  func exists(_ mask: UInt64) -> Truth {
    var found = Truth.no
    for row in rows where row.answer.maybe & mask == mask && found != .yes {
      let truth = row.answer.yes & mask == mask ? row.exists : .unknown
      if truth == .yes || found == .no { found = truth }
    }
    return found
  }

  /// Begins anew, with so many estimates that may be asked.
  mutating func prepare(estimates: Int, columns: Int) {
    rows.removeAll(keepingCapacity: true)
    isUndecided = false
    let missing = estimates * columns - cells.count
    if missing > 0 { cells.append(contentsOf: repeatElement(.unasked, count: missing)) }
  }
}
