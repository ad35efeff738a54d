import ClinicalValues

/// An estimate in two words, for the questions that are asked most.
struct PackedEstimate: Equatable, Sendable {
  enum Kind: UInt8, Sendable {
    /// A bit for each term.
    case terms
    /// One number: `word` over `divisor`.
    case number
    /// Any number at all.
    case anyNumber
    case none
    /// What does not fit.
    case other
  }

  /// The kind, three bits for what is known of it, and in the upper half the divisor: numbers over the same divisor have
  /// the same head.
  let head: UInt64
  let word: UInt64

  private static let mayBeNone: UInt64 = 1 << 8
  private static let isKnown: UInt64 = 1 << 9
  private static let isNone: UInt64 = 1 << 10

  init(_ estimate: Estimate) {
    var kind = Kind.other
    var divisor: UInt32 = 1
    var word: UInt64 = 0
    switch estimate.values {
    case .nothing: kind = .none
    case .terms(let terms):
      if let bits = terms.word { (kind, word) = (.terms, bits) }
    case .interval(.all): kind = .anyNumber
    case .interval(let interval):
      if !estimate.mayBeNone, let number = interval.single, let small = UInt32(exactly: number.denominator) {
        (kind, divisor, word) = (.number, small, UInt64(bitPattern: number.numerator))
      }
    case .text, .anyText: break
    }
    head =
      UInt64(kind.rawValue) | (estimate.mayBeNone ? Self.mayBeNone : 0) | (estimate.isKnown ? Self.isKnown : 0)
      | (estimate.isNone ? Self.isNone : 0) | UInt64(divisor) << 32
    self.word = word
  }

  /// Neither one value nor none.
  @inline(__always)
  var isUnknown: Bool { head & (Self.isKnown | Self.isNone) == 0 }

  @inline(__always)
  fileprivate init(head: UInt64, word: UInt64) { (self.head, self.word) = (head, word) }

  /// One number.
  init(_ number: Int64, over divisor: UInt32) {
    head = Self.numberHead(over: divisor)
    word = UInt64(bitPattern: number)
  }

  /// What all numbers over a divisor begin with.
  static func numberHead(over divisor: UInt32) -> UInt64 {
    UInt64(Kind.number.rawValue) | isKnown | UInt64(divisor) << 32
  }

  @inline(__always)
  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: head)) ?? .other }
  @inline(__always)
  var isNumber: Bool { UInt8(truncatingIfNeeded: head) == Kind.number.rawValue }
  @inline(__always)
  var isOther: Bool { UInt8(truncatingIfNeeded: head) == Kind.other.rawValue }
  var mayBeNone: Bool { head & Self.mayBeNone != 0 }
  var isKnown: Bool { head & Self.isKnown != 0 }
  var isNone: Bool { head & Self.isNone != 0 }
  var divisor: UInt32 { UInt32(truncatingIfNeeded: head >> 32) }

  /// What does not fit.
  static let other = PackedEstimate(Estimate(values: .anyText, mayBeNone: true))

  /// Whether one number is less than another.
  @inline(__always)
  static func precedes(_ first: Self, _ second: Self) -> Bool {
    order(first, second) == less
  }

  // How a number lies to another one; a bit each.
  static let less: UInt8 = 1
  static let equal: UInt8 = 2
  static let greater: UInt8 = 4

  /// How one number lies to another.
  @inline(__always)
  static func order(_ first: Self, _ second: Self) -> UInt8 {
    let (left, right) = (Int64(bitPattern: first.word), Int64(bitPattern: second.word))
    if first.head == second.head { return left < right ? less : left == right ? equal : greater }
    return orderOfFractions(first, second)
  }

  private static func orderOfFractions(_ first: Self, _ second: Self) -> UInt8 {
    let (left, isLeftLong) = Int64(bitPattern: first.word).multipliedReportingOverflow(by: Int64(second.divisor))
    let (right, isRightLong) = Int64(bitPattern: second.word).multipliedReportingOverflow(by: Int64(first.divisor))
    if !isLeftLong, !isRightLong { return left < right ? less : left == right ? equal : greater }
    // Both products fit: 64 and 32 bits make 96.
    let longLeft = Int128(Int64(bitPattern: first.word)) * Int128(second.divisor)
    let longRight = Int128(Int64(bitPattern: second.word)) * Int128(first.divisor)
    return longLeft < longRight ? less : longLeft == longRight ? equal : greater
  }

  /// A whole number that is known.
  @inline(__always)
  var whole: Int64? { head == Self.wholeHead ? Int64(bitPattern: word) : nil }

  private static let wholeHead: UInt64 = 1 | 1 << 9 | 1 << 32
  /// What one known term begins with.
  static let termHead: UInt64 = 1 << 9 | 1 << 32
}

/// A question to one value that a look at its words decides.
///
/// Estimates that do not fit in words leave it undecided: then the condition itself is asked, and the answer is the same.
struct QuickTest: Sendable {
  private enum Form: UInt8, Sendable {
    case member
    case compare
    case isKnown
    case isUnknown
    case isNone
  }

  private let form: Form
  /// Of a comparison: whether it holds for what is less, equal, greater.
  private let signs: UInt8
  /// Of a comparison: what numbers over its divisor begin with.
  private let head: UInt64
  /// The terms that are asked for; or the number compared with.
  private let first: UInt64
  /// Terms that may be meant.
  private let second: UInt64

  /// Whether a value is one of some terms.
  init(yes: UInt64, maybe: UInt64) {
    (form, signs, head, first, second) = (.member, 0, 0, yes, maybe)
  }

  /// How a value compares with a number.
  init(_ comparator: Comparator, _ number: Int64, over divisor: UInt32) {
    let (less, equal, greater) = (PackedEstimate.less, PackedEstimate.equal, PackedEstimate.greater)
    let signs: UInt8 =
      switch comparator {
      case .less: less
      case .lessOrEqual: less | equal
      case .greater: greater
      case .greaterOrEqual: equal | greater
      case .equal: equal
      case .notEqual: less | greater
      }
    (form, self.signs, head) = (.compare, signs, PackedEstimate.numberHead(over: divisor))
    (first, second) = (UInt64(bitPattern: number), 0)
  }

  init(_ test: SettledTest) {
    form =
      switch test {
      case .known: .isKnown
      case .unknown: .isUnknown
      case .none: .isNone
      }
    (signs, head, first, second) = (0, 0, 0, 0)
  }

  /// The number it compares with; nil: it asks something else.
  var number: PackedEstimate? {
    guard form == .compare else { return nil }
    return PackedEstimate(head: head, word: first)
  }

  /// Whether it compares, and all smaller or all greater numbers answer alike.
  var isThreshold: Bool {
    form == .compare && signs != PackedEstimate.equal && signs != PackedEstimate.less | PackedEstimate.greater
  }

  /// Whether it compares with a threshold from which on it is met; of a threshold.
  var wantsMore: Bool { signs & PackedEstimate.greater != 0 }

  /// Whether it compares with a number that is less than this one.
  @inline(__always)
  func compares(withLessThan number: PackedEstimate) -> Bool {
    self.number.map { PackedEstimate.precedes($0, number) } ?? false
  }

  @inline(__always)
  func compares(withMoreThan number: PackedEstimate) -> Bool {
    self.number.map { PackedEstimate.precedes(number, $0) } ?? false
  }

  /// Nil: not decided here.
  @inline(__always)
  func answer(_ estimate: PackedEstimate) -> Truth? {
    if form == .compare, estimate.isNumber {
      let sign = PackedEstimate.order(estimate, PackedEstimate(head: head, word: first))
      return signs & sign != 0 ? .yes : .no
    }
    if form == .member, estimate.head == PackedEstimate.termHead {
      return estimate.word & first != 0 ? .yes : estimate.word & second != 0 ? .unknown : .no
    }
    return answerSlowly(estimate)
  }

  private func answerSlowly(_ estimate: PackedEstimate) -> Truth? {
    switch form {
    case .isKnown: return Truth(estimate.isKnown)
    case .isUnknown: return Truth(!estimate.isKnown && !estimate.isNone)
    case .isNone: return Truth(estimate.isNone)
    case .member:
      guard estimate.kind == .terms else { return estimate.kind == .none ? .no : nil }
      if estimate.word & (first | second) == 0 { return .no }
      return estimate.word & ~first == 0 && !estimate.mayBeNone ? .yes : .unknown
    case .compare:
      switch estimate.kind {
      case .anyNumber: return .unknown
      case .none: return .no
      case .number, .terms, .other: return nil
      }
    }
  }
}

@inline(__always)
func holds<Number: Comparable>(_ first: Number, _ comparator: Comparator, _ second: Number) -> Bool {
  switch comparator {
  case .less: first < second
  case .lessOrEqual: first <= second
  case .greater: first > second
  case .greaterOrEqual: first >= second
  case .equal: first == second
  case .notEqual: first != second
  }
}

/// A condition that is decided by looks at words: what is looked at, and what is asked of it.
enum QuickCondition: Sendable {
  /// The condition is of another sort.
  case no
  case scalar(slot: UInt32, QuickTest)
  case cell(variable: UInt8, column: UInt16, QuickTest)
  /// The point of a series that is being asked.
  case point(QuickTest)
  /// Some point that is at most so many days old.
  case anyPoint(slot: UInt32, days: Int64, QuickTest)
  /// Some point since the day in a cell.
  case anyPointSince(slot: UInt32, variable: UInt8, column: UInt16, QuickTest)
  /// How many points there are that are at most so many days old.
  case countPoints(slot: UInt32, days: Int64, Comparator, Int64)
  case exists(RowsID)

  init(_ condition: ConditionNode, _ graph: borrowing RuleGraph) {
    switch condition {
    case .member(let value, let mask):
      guard let yes = graph[mask].yes.word, let maybe = graph[mask].maybe.word else { break }
      self = .asking(QuickTest(yes: yes, maybe: maybe), of: value, graph)
      return
    case .related(let value, let asked, let classes):
      let table = graph.classes[classes.index]
      guard let constant = graph.constant(asked), case .terms(let terms) = graph.estimates[constant.index].values,
        graph.estimates[constant.index].isKnown, let term = terms.single, table.members.indices.contains(term),
        let yes = table.members[term].word, let maybe = table.classes[term].word
      else { break }
      self = .asking(QuickTest(yes: yes, maybe: maybe), of: value, graph)
      return
    case .compare(let value, let comparator, let constant):
      guard let constant = graph.constant(constant) else { break }
      let packed = PackedEstimate(graph.estimates[constant.index])
      guard packed.kind == .number else { break }
      if case .countPoints(let slot, let window) = graph[value] {
        guard let number = packed.whole, let days = Self.days(window, graph) else { break }
        self = .countPoints(slot: slot.raw, days: days, comparator, number)
        return
      }
      self = .asking(
        QuickTest(comparator, Int64(bitPattern: packed.word), over: packed.divisor), of: value, graph)
      return
    case .settled(let test, .value(let value)):
      guard case .fact = graph[value] else { break }
      self = .asking(QuickTest(test), of: value, graph)
      return
    case .anyPoint(let slot, let window, let inner):
      guard case .point(let test) = QuickCondition(graph[inner], graph) else { break }
      if let days = Self.days(window, graph) {
        self = .anyPoint(slot: slot.raw, days: days, test)
        return
      }
      guard let window, case .since(let start) = graph[window],
        case .field(let variable, let column) = graph[start]
      else { break }
      self = .anyPointSince(slot: slot.raw, variable: variable, column: column, test)
      return
    case .exists(let rows):
      self = .exists(rows)
      return
    default: break
    }
    self = .no
  }

  private static func asking(_ test: QuickTest, of value: ValueID, _ graph: borrowing RuleGraph) -> Self {
    switch graph[value] {
    case .fact(let slot, nil): .scalar(slot: slot.raw, test)
    case .field(let variable, let column): .cell(variable: variable, column: column, test)
    case .currentPoint: .point(test)
    default: .no
    }
  }

  /// The length of a window in whole days; without one, more than there are.
  ///
  /// Nil: it is of another form.
  private static func days(_ window: WindowID?, _ graph: borrowing RuleGraph) -> Int64? {
    guard let window else { return .max }
    guard case .within(let length) = graph[window] else { return nil }
    return PackedEstimate(graph.estimates[length.index]).whole
  }
}
