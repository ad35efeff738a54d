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

  package init(
    rows: [Int], fields: [EstimateID?], body: Truth, effective: Truth, overridden: Truth, stands: Truth
  ) {
    self.rows = rows
    self.fields = fields
    self.body = body
    self.effective = effective
    self.overridden = overridden
    self.stands = stands
  }
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

/// The points of all series, those of one series one behind the other.
struct SeriesTable: Sendable {
  struct Extent: Sendable {
    var isGiven = false
    var start = 0
    var end = 0
  }

  private(set) var points: ContiguousArray<InternedPoint> = []
  /// For each series whether it is given, and its points.
  private var extents: ContiguousArray<Extent>

  init(count: Int) { extents = ContiguousArray(repeating: Extent(), count: count) }

  @inline(__always)
  func isGiven(_ slot: Int) -> Bool { extents[slot].isGiven }

  /// The places of the points of a series.
  @inline(__always)
  func range(_ slot: Int) -> Range<Int> { extents[slot].start..<extents[slot].end }

  subscript(slot: Int) -> ContiguousArray<InternedPoint>.SubSequence { points[range(slot)] }

  var count: Int { extents.count }

  /// Gives a series other points, or takes it back; false: nothing changes.
  mutating func replace(_ slot: Int, _ others: ContiguousArray<InternedPoint>?) -> Bool {
    let known = self[slot]
    guard isGiven(slot) != (others != nil) || known.count != others?.count ?? 0 || !known.elementsEqual(others ?? [])
    else { return false }
    let more = (others?.count ?? 0) - known.count
    let end = extents[slot].end
    points.replaceSubrange(range(slot), with: others ?? [])
    for other in extents.indices where extents[other].start >= end && other != slot {
      extents[other].start += more
      extents[other].end += more
    }
    extents[slot].isGiven = others != nil
    extents[slot].end += more
    return true
  }

  /// Gives all series other points; those that change are added to a set, by their numbers from `first` on.
  mutating func replace(
    _ others: ContiguousArray<InternedPoint>, _ given: ContiguousArray<Extent>, first: Int, _ changed: inout NumberSet
  ) {
    Self.replace(points, others, given, &extents, first, changed.limit, &changed.storage, &changed.count)
    points = others
  }

  private static func replace(
    _ points: ContiguousArray<InternedPoint>, _ others: ContiguousArray<InternedPoint>,
    _ given: ContiguousArray<Extent>, _ extents: inout ContiguousArray<Extent>, _ first: Int, _ limit: Int,
    _ changed: inout ContiguousArray<UInt32>, _ changedCount: inout Int
  ) {
    var extents = extents.mutableSpan
    var changed = changed.mutableSpan
    for slot in given.indices {
      let (before, now) = (extents[slot], given[slot])
      extents[slot] = now
      let count = now.end &- now.start
      var isSame = before.isGiven == now.isGiven && before.end &- before.start == count
      var place = 0
      while isSame, place < count {
        isSame = points[before.start &+ place] == others[now.start &+ place]
        place += 1
      }
      if !isSame { NumberSet.insert(first + slot, limit, &changed, &changedCount) }
    }
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
