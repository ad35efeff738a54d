import ClinicalValues

/// An estimate in one word, for the questions that are asked most.
struct PackedEstimate: Sendable {
  enum Kind: UInt8, Sendable {
    /// A bit for each term.
    case terms
    /// A whole number.
    case whole
    /// Any number at all.
    case anyNumber
    case none
    /// What does not fit in a word.
    case other
  }

  let kind: Kind
  let mayBeNone: Bool
  let isKnown: Bool
  let isNone: Bool
  let word: UInt64

  init(_ estimate: Estimate) {
    mayBeNone = estimate.mayBeNone
    isKnown = estimate.isKnown
    isNone = estimate.isNone
    switch estimate.values {
    case .nothing: (kind, word) = (.none, 0)
    case .terms(let terms):
      if let bits = terms.word { (kind, word) = (.terms, bits) } else { (kind, word) = (.other, 0) }
    case .interval(.all): (kind, word) = (.anyNumber, 0)
    case .interval(let interval):
      if !estimate.mayBeNone, let number = interval.single?.whole {
        (kind, word) = (.whole, UInt64(bitPattern: number))
      } else {
        (kind, word) = (.other, 0)
      }
    case .text, .anyText: (kind, word) = (.other, 0)
    }
  }
}

/// A condition on one value that is decided by a look at one word.
///
/// Estimates that do not fit in a word leave it undecided: then the condition itself is asked, and the answer is the same.
struct QuickTest: Sendable {
  enum Subject: Sendable {
    case slot(UInt32)
    case cell(variable: UInt8, column: UInt16)
  }

  enum Kind: Sendable {
    /// The condition is of another sort.
    case no
    case member(yes: UInt64, maybe: UInt64)
    case compare(Comparator, Int64)
    case settled(SettledTest)
  }

  var kind = Kind.no
  var subject = Subject.slot(0)

  init(_ condition: ConditionNode, _ graph: RuleGraph) {
    switch condition {
    case .member(let value, let mask):
      guard let yes = graph[mask].yes.word, let maybe = graph[mask].maybe.word else { return }
      ask(.member(yes: yes, maybe: maybe), of: value, graph)
    case .related(let value, let asked, let classes):
      let table = graph.classes[classes.index]
      guard let constant = graph.constant(asked), case .terms(let terms) = graph.estimates[constant.index].values,
        graph.estimates[constant.index].isKnown, let term = terms.single, table.members.indices.contains(term),
        let yes = table.members[term].word, let maybe = table.classes[term].word
      else { return }
      ask(.member(yes: yes, maybe: maybe), of: value, graph)
    case .compare(let value, let comparator, let constant):
      guard let constant = graph.constant(constant) else { return }
      let packed = PackedEstimate(graph.estimates[constant.index])
      guard packed.kind == .whole else { return }
      ask(.compare(comparator, Int64(bitPattern: packed.word)), of: value, graph)
    case .settled(let test, .value(let value)):
      guard case .fact = graph[value] else { return }
      ask(.settled(test), of: value, graph)
    default: return
    }
  }

  private mutating func ask(_ kind: Kind, of value: ValueID, _ graph: RuleGraph) {
    switch graph[value] {
    case .fact(let slot, nil): subject = .slot(slot.raw)
    case .field(let variable, let column): subject = .cell(variable: variable, column: column)
    default: return
    }
    self.kind = kind
  }

  /// Nil: not decided here.
  func answer(_ estimate: PackedEstimate) -> Truth? {
    switch kind {
    case .no: return nil
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
    case .compare(let comparator, let number):
      switch estimate.kind {
      case .whole: return Truth(Self.holds(Int64(bitPattern: estimate.word), comparator, number))
      case .anyNumber: return .unknown
      case .none: return .no
      case .terms, .other: return nil
      }
    }
  }

  private static func holds(_ first: Int64, _ comparator: Comparator, _ second: Int64) -> Bool {
    switch comparator {
    case .less: first < second
    case .lessOrEqual: first <= second
    case .greater: first > second
    case .greaterOrEqual: first >= second
    case .equal: first == second
    case .notEqual: first != second
    }
  }
}
