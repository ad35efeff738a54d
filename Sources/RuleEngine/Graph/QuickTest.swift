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

  let kind: Kind
  let mayBeNone: Bool
  let isKnown: Bool
  let isNone: Bool
  private(set) var divisor: UInt32 = 1
  private(set) var word: UInt64 = 0

  init(_ estimate: Estimate) {
    mayBeNone = estimate.mayBeNone
    isKnown = estimate.isKnown
    isNone = estimate.isNone
    switch estimate.values {
    case .nothing: kind = .none
    case .terms(let terms):
      kind = terms.word == nil ? .other : .terms
      word = terms.word ?? 0
    case .interval(.all): kind = .anyNumber
    case .interval(let interval):
      guard !estimate.mayBeNone, let number = interval.single, let divisor = UInt32(exactly: number.denominator) else {
        kind = .other
        return
      }
      kind = .number
      self.divisor = divisor
      word = UInt64(bitPattern: number.numerator)
    case .text, .anyText: kind = .other
    }
  }

  /// One number.
  init(_ number: Int64, over divisor: UInt32) {
    (kind, mayBeNone, isKnown, isNone) = (.number, false, true, false)
    self.divisor = divisor
    word = UInt64(bitPattern: number)
  }

  /// What does not fit.
  static let other = PackedEstimate(Estimate(values: .anyText, mayBeNone: true))
  static let anyNumber = PackedEstimate(.interval(.all))
  /// Known not to exist.
  static let nothing = PackedEstimate(.none)

  /// Whether one number is less than another.
  @inline(__always)
  static func precedes(_ first: Self, _ second: Self) -> Bool {
    let (left, right) = (Int64(bitPattern: first.word), Int64(bitPattern: second.word))
    if first.divisor == second.divisor { return left < right }
    return Int128(left) * Int128(second.divisor) < Int128(right) * Int128(first.divisor)
  }

  /// A whole number that is known.
  @inline(__always)
  var whole: Int64? { kind == .number && divisor == 1 ? Int64(bitPattern: word) : nil }
}

/// A question to one value that a look at its words decides.
///
/// Estimates that do not fit in words leave it undecided: then the condition itself is asked, and the answer is the same.
enum QuickTest: Sendable {
  case member(yes: UInt64, maybe: UInt64)
  case compare(Comparator, Int64, divisor: UInt32)
  case settled(SettledTest)

  /// Whether it compares with a number that is less than this one.
  @inline(__always)
  func compares(withLessThan number: PackedEstimate) -> Bool {
    guard case .compare(_, let own, let divisor) = self else { return false }
    return PackedEstimate.precedes(PackedEstimate(own, over: divisor), number)
  }

  @inline(__always)
  func compares(withMoreThan number: PackedEstimate) -> Bool {
    guard case .compare(_, let own, let divisor) = self else { return false }
    return PackedEstimate.precedes(number, PackedEstimate(own, over: divisor))
  }

  /// Nil: not decided here.
  @inline(__always)
  func answer(_ estimate: PackedEstimate) -> Truth? {
    switch self {
    case .settled(let test):
      return switch test {
      case .known: Truth(estimate.isKnown)
      case .unknown: Truth(!estimate.isKnown && !estimate.isNone)
      case .none: Truth(estimate.isNone)
      }
    case .member(let yes, let maybe):
      guard estimate.kind == .terms else { return estimate.kind == .none ? .no : nil }
      if estimate.word & (yes | maybe) == 0 { return .no }
      return estimate.word & ~yes == 0 && !estimate.mayBeNone ? .yes : .unknown
    case .compare(let comparator, let number, let divisor):
      switch estimate.kind {
      case .number:
        let own = Int64(bitPattern: estimate.word)
        if estimate.divisor == divisor { return Truth(holds(own, comparator, number)) }
        // Both products fit: 64 and 32 bits make 96.
        return Truth(holds(Int128(own) * Int128(divisor), comparator, Int128(number) * Int128(estimate.divisor)))
      case .anyNumber: return .unknown
      case .none: return .no
      case .terms, .other: return nil
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
  /// How many points there are that are at most so many days old.
  case countPoints(slot: UInt32, days: Int64, Comparator, Int64)
  case exists(RowsID)

  init(_ condition: ConditionNode, _ graph: borrowing RuleGraph) {
    switch condition {
    case .member(let value, let mask):
      guard let yes = graph[mask].yes.word, let maybe = graph[mask].maybe.word else { break }
      self = .asking(.member(yes: yes, maybe: maybe), of: value, graph)
      return
    case .related(let value, let asked, let classes):
      let table = graph.classes[classes.index]
      guard let constant = graph.constant(asked), case .terms(let terms) = graph.estimates[constant.index].values,
        graph.estimates[constant.index].isKnown, let term = terms.single, table.members.indices.contains(term),
        let yes = table.members[term].word, let maybe = table.classes[term].word
      else { break }
      self = .asking(.member(yes: yes, maybe: maybe), of: value, graph)
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
      self = .asking(.compare(comparator, Int64(bitPattern: packed.word), divisor: packed.divisor), of: value, graph)
      return
    case .settled(let test, .value(let value)):
      guard case .fact = graph[value] else { break }
      self = .asking(.settled(test), of: value, graph)
      return
    case .anyPoint(let slot, let window, let inner):
      guard let days = Self.days(window, graph), case .point(let test) = QuickCondition(graph[inner], graph) else {
        break
      }
      self = .anyPoint(slot: slot.raw, days: days, test)
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
