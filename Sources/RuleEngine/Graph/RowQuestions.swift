import ClinicalValues

/// Questions whether some given row meets tests of its cells, asked of all rows at once.
///
/// Each question has a bit in a *block* of up to 64. What a cell answers to all tests of its column is one mask of the
/// questions that it does not refute: the masks of a row's cells, joined, say which questions the row meets, and those of
/// all rows which are met.
struct RowQuestions: Sendable {
  struct Block: Sendable {
    var relation: RelationID
    /// The columns that are tested, each with its tests and the bits of the questions that ask them.
    fileprivate(set) var columns: ContiguousArray<Column> = []
    fileprivate(set) var count = 0

    fileprivate init(relation: RelationID) { self.relation = relation }

    fileprivate mutating func add(_ column: Int, _ test: Column.Test) {
      if let known = columns.firstIndex(where: { $0.column == column }) {
        columns[known].tests.append(test)
      } else {
        columns.append(Column(column: column, tests: [test]))
      }
    }

    /// The bit of another question.
    fileprivate mutating func nextBit() -> UInt64 {
      count += 1
      return 1 << UInt64(count - 1)
    }
  }

  struct Column: Sendable {
    struct Test: Sendable {
      var test: QuickTest
      var bit: UInt64
    }

    var column: Int
    fileprivate var tests: ContiguousArray<Test>

    /// What a cell answers; the bits of questions that do not test this column are set.
    func answer(_ cell: PackedEstimate) -> CellAnswer {
      var answer = CellAnswer(yes: .max, maybe: .max)
      for asked in tests {
        guard let truth = asked.test.answer(cell) else { return .undecided }
        if truth != .yes { answer.yes &= ~asked.bit }
        if truth == .no { answer.maybe &= ~asked.bit }
      }
      return answer
    }
  }

  /// Where a question about rows is answered as far as it asks cells.
  struct Question: Sendable {
    var block = RowQuestions.noBlock
    var bit: UInt64 = 0
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
      var tests: [(column: Int, test: QuickTest)] = []
      var rest: [Int] = []
      for condition in graph.conditionIDs(node.conditions) {
        if case .cell(node.variable, let column, let test) = quick[condition.index] {
          tests.append((Int(column), test))
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
      if blocks[block].count == 64 { block = add(node.relation) }
      latest[node.relation] = block
      let bit = blocks[block].nextBit()
      for (column, test) in tests { blocks[block].add(column, Column.Test(test: test, bit: bit)) }
      questions.append(
        Question(block: UInt32(truncatingIfNeeded: block), bit: bit, hasOthers: !rest.isEmpty))
    }
    self.others = FlatLists(others)
  }

  /// Where a question is answered that asks of given rows for nothing but cells; nil: it is of another sort.
  func byCells(_ id: RowsID) -> (block: Int, bit: UInt64)? {
    let question = questions[id.index]
    guard question.block != Self.noBlock, !question.hasOthers else { return nil }
    return (Int(question.block), question.bit)
  }

  private mutating func add(_ relation: RelationID) -> Int {
    blocks.append(Block(relation: relation))
    return blocks.count - 1
  }
}

/// What a cell, a row or all rows answer to the questions of a block: a bit for each.
struct CellAnswer: Equatable, Sendable {
  /// Questions that are met.
  var yes: UInt64
  /// Questions that may be met.
  var maybe: UInt64

  // What is met may be met: these are no answers.

  /// Has not been asked.
  static let unasked = CellAnswer(yes: .max, maybe: 0)
  /// Does not fit in words: the questions are asked in full.
  static let undecided = CellAnswer(yes: 1, maybe: 0)

  @inline(__always)
  func truth(_ bit: UInt64) -> Truth { yes & bit != 0 ? .yes : maybe & bit != 0 ? .unknown : .no }
}

/// What the rows of a relation answer to the questions of a block.
struct RowAnswers: Sendable {
  /// For each row, if it exists; there may be more room than rows.
  private(set) var rows: ContiguousArray<CellAnswer> = []
  private(set) var rowCount = 0
  /// How surely the rows exist.
  private(set) var existence = Truth.no
  /// Whether some row meets a question.
  private(set) var some = CellAnswer(yes: 0, maybe: 0)
  /// Questions that may be answered otherwise than of the rows before.
  private(set) var turned = UInt64.max
  /// Some row is undecided.
  private(set) var isUndecided = false
  /// What each estimate answers, by its number: in every tested column, one behind the other.
  private var cells: ContiguousArray<CellAnswer> = []

  /// Whether some row meets a question.
  @inline(__always)
  func exists(_ bit: UInt64) -> Truth { some.truth(bit) }

  /// Asks other rows, which exist alike.
  mutating func ask(
    _ columns: ContiguousArray<RowQuestions.Column>, _ given: InternedRows, exists: Truth,
    _ packed: ContiguousArray<PackedEstimate>
  ) {
    let count = given.count
    if rows.count < count {
      rows.append(contentsOf: repeatElement(.unasked, count: count - rows.count))
    }
    let missing = packed.count * columns.count - cells.count
    if missing > 0 { cells.append(contentsOf: repeatElement(.unasked, count: missing)) }
    let (before, wasUndecided) = (some, isUndecided)
    (rowCount, existence) = (count, exists)
    isUndecided = !Self.ask(columns, given.cells, count, packed, &cells, &rows, &some)
    if exists != .yes { some.yes = 0 }
    turned = wasUndecided ? .max : (before.yes ^ some.yes) | (before.maybe ^ some.maybe)
  }

  private static func ask(
    _ columns: ContiguousArray<RowQuestions.Column>, _ given: ContiguousArray<EstimateID>, _ count: Int,
    _ packed: ContiguousArray<PackedEstimate>, _ cells: inout ContiguousArray<CellAnswer>,
    _ rows: inout ContiguousArray<CellAnswer>, _ some: inout CellAnswer
  ) -> Bool {
    var cells = cells.mutableSpan
    var rows = rows.mutableSpan
    let width = count == 0 ? 0 : given.count / count
    var (yes, maybe): (UInt64, UInt64) = (0, 0)
    for row in 0..<count {
      var answer = CellAnswer(yes: .max, maybe: .max)
      for place in columns.indices {
        let column = columns[place].column
        // What is not there is none: whether a column is one of its relation is not known of every program.
        let cell = column < width ? given[row &* width &+ column] : RuleGraphBuilder.none
        let known = cell.index &* columns.count &+ place
        var own = cells[known]
        if own == .unasked {
          own = columns[place].answer(packed[cell.index])
          cells[known] = own
        }
        guard own != .undecided else { return false }
        answer.yes &= own.yes
        answer.maybe &= own.maybe
      }
      rows[row] = answer
      yes |= answer.yes
      maybe |= answer.maybe
    }
    some = CellAnswer(yes: yes, maybe: maybe)
    return true
  }
}
