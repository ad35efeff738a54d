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
  /// Answers of closed conditions and values, kept once their component is settled, each with the run it was found in:
  /// answers of an earlier run count for nothing, and need not be cleared.
  private var truths: ContiguousArray<KeptTruth>
  private var values: ContiguousArray<KeptValue>
  var definitions: ContiguousArray<EstimateID>
  /// The greatest `effective` among a rule's instances.
  var applies: ContiguousArray<Truth>
  var instances: ContiguousArray<[RuleInstance]>
  var concluded: ContiguousArray<[ConcludedInstance]>

  init(_ graph: RuleGraph) {
    truths = ContiguousArray(repeating: KeptTruth(run: 0, truth: .no), count: graph.conditions.count)
    values = ContiguousArray(
      repeating: KeptValue(run: 0, estimate: RuleGraphBuilder.none), count: graph.values.count)
    definitions = ContiguousArray(graph.definitions.map(\.full))
    applies = ContiguousArray(repeating: .no, count: graph.rules.count)
    instances = ContiguousArray(repeating: [], count: graph.rules.count)
    concluded = ContiguousArray(repeating: [], count: graph.places.count)
  }

  func kept(_ id: ConditionID, run: UInt32) -> Truth? {
    let kept = truths[id.index]
    return kept.run == run ? kept.truth : nil
  }

  func kept(_ id: ValueID, run: UInt32) -> EstimateID? {
    let kept = values[id.index]
    return kept.run == run ? kept.estimate : nil
  }

  mutating func keep(_ id: ConditionID, _ truth: Truth, run: UInt32) {
    truths[id.index] = KeptTruth(run: run, truth: truth)
  }

  mutating func keep(_ id: ValueID, _ estimate: EstimateID, run: UInt32) {
    values[id.index] = KeptValue(run: run, estimate: estimate)
  }

  /// For when the numbers of runs begin anew.
  mutating func forgetAnswers() {
    for index in truths.indices { truths[index].run = 0 }
    for index in values.indices { values[index].run = 0 }
  }
}

private struct KeptTruth: Sendable {
  var run: UInt32
  var truth: Truth
}

private struct KeptValue: Sendable {
  var run: UInt32
  var estimate: EstimateID
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

/// The same, as numbers of a session.
package struct InternedPoint: Hashable, Sendable {
  package var day: EstimateID
  package var value: EstimateID
}

/// The points of one series.
struct SeriesStore: Sendable {
  var isGiven = false
  var points: ContiguousArray<InternedPoint> = []

  /// Takes these points in place of its own, into the same memory; false: they are its own.
  mutating func replace(_ isGiven: Bool, _ others: ContiguousArray<InternedPoint>, _ range: Range<Int>) -> Bool {
    guard isGiven != self.isGiven || range.count != points.count || !isEqual(to: others, from: range.lowerBound) else {
      return false
    }
    self.isGiven = isGiven
    if range.count != points.count {
      points.removeAll(keepingCapacity: true)
      for place in range { points.append(others[place]) }
    } else {
      for place in points.indices { points[place] = others[range.lowerBound + place] }
    }
    return true
  }

  private func isEqual(to others: ContiguousArray<InternedPoint>, from start: Int) -> Bool {
    for place in points.indices where points[place] != others[start + place] { return false }
    return true
  }
}

/// The rows of a collection, one behind the other, as numbers of a session.
package struct InternedRows: Hashable, Sendable {
  package var count: Int
  package var cells: ContiguousArray<EstimateID>

  package init(count: Int, cells: ContiguousArray<EstimateID>) {
    self.count = count
    self.cells = cells
  }
}
