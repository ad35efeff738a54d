package import ClinicalValues

/// The two readings of a program (`semantics.md` §4).
package enum Reading: Int, Sendable, CaseIterable {
  /// An exception that is not known not to hold may hold.
  case cautious = 0
  /// An exception that is not known to hold is presumed not to hold.
  case presuming = 1
}

/// One binding of a rule's variables for which its body is not false.
package struct RuleInstance: Hashable, Sendable {
  /// A row per variable.
  package var rows: [Int]
  package var body: Truth
  package var effective: Truth
  /// What held against it: `unless`, or a rule that overrides this one.
  package var excepted: Truth
}

/// One conclusion of one instance.
package struct ConcludedInstance: Hashable, Sendable {
  package var rows: [Int]
  /// An estimate per field of the place; nil: left out.
  package var fields: [EstimateID?]
  package var body: Truth
  package var effective: Truth
  /// Overridden by pattern.
  package var overridden: Truth
  package var stands: Truth
}

/// What one reading has found out.
struct ReadingState: Sendable {
  static let unset = UInt8.max

  /// Answers of closed conditions and values, kept once their component is settled.
  var truths: ContiguousArray<UInt8>
  var values: ContiguousArray<UInt32>
  var definitions: ContiguousArray<EstimateID>
  /// The greatest `effective` among a rule's instances.
  var applies: ContiguousArray<Truth>
  var instances: ContiguousArray<[RuleInstance]>
  var concluded: ContiguousArray<[ConcludedInstance]>

  init(_ graph: RuleGraph) {
    truths = ContiguousArray(repeating: Self.unset, count: graph.conditions.count)
    values = ContiguousArray(repeating: .max, count: graph.values.count)
    definitions = ContiguousArray(graph.definitions.map(\.full))
    applies = ContiguousArray(repeating: .no, count: graph.rules.count)
    instances = ContiguousArray(repeating: [], count: graph.rules.count)
    concluded = ContiguousArray(repeating: [], count: graph.places.count)
  }

  mutating func forgetAnswers() {
    for index in truths.indices { truths[index] = Self.unset }
    for index in values.indices { values[index] = .max }
  }
}

/// A dated value of a series.
package struct SeriesPoint: Hashable, Sendable {
  /// A day number, or what is known of it.
  package var day: Estimate
  package var value: Estimate

  package init(day: Estimate, value: Estimate) {
    self.day = day
    self.value = value
  }
}
