package import ClinicalValues

/// What a session is told of its patient.
extension Session {
  /// Nil takes the fact back.
  package mutating func assert(_ slot: ScalarSlotID, _ estimate: Estimate?) {
    assert(slot, estimate.map { pool.intern($0) })
  }

  /// The same with the number that `intern` gave.
  package mutating func assert(_ slot: ScalarSlotID, _ estimate: EstimateID?) {
    let id = estimate ?? tables.scalarFulls[slot.index]
    guard scalars[slot.index] != id else { return }
    scalars[slot.index] = id
    givenScalars.set(slot.index, isMember: id != tables.scalarFulls[slot.index])
    changed.insert(tables.wake.slots.number(slot))
  }

  /// The slots of scalars that are given, in no order.
  package var givenScalarSlots: [ScalarSlotID] { givenScalars.members.map { ScalarSlotID(Int($0)) } }

  /// The number of an estimate in this session: facts that come again need not be compared anew.
  package mutating func intern(_ estimate: Estimate) -> EstimateID { pool.intern(estimate) }

  package mutating func assert(_ slot: SetSlotID, _ members: TermSet?) {
    guard sets[slot.index] != members else { return }
    sets[slot.index] = members
    changed.insert(tables.wake.slots.number(slot))
  }

  package mutating func assert(_ slot: SeriesSlotID, _ points: [SeriesPoint]?) {
    var interned: ContiguousArray<InternedPoint>?
    if let points {
      interned = []
      for point in points {
        interned?.append(InternedPoint(day: pool.intern(point.day), value: pool.intern(point.value)))
      }
    }
    assert(slot, interned: interned)
  }

  /// The same with numbers of this session.
  package mutating func assert(_ slot: SeriesSlotID, interned points: ContiguousArray<InternedPoint>?) {
    if series.replace(slot.index, points) { changed.insert(tables.wake.slots.number(slot)) }
  }

  /// Rows with an estimate for each column of the relation.
  package mutating func assert(_ slot: CollectionSlotID, _ rows: [[Estimate]]?) {
    var given: InternedRows?
    if let rows {
      var cells: ContiguousArray<EstimateID> = []
      for row in rows { for estimate in row { cells.append(pool.intern(estimate)) } }
      given = InternedRows(count: rows.count, cells: cells)
    }
    assert(slot, interned: given)
  }

  /// The same with numbers that `intern` gave.
  package mutating func assert(_ slot: CollectionSlotID, interned rows: InternedRows?) {
    guard collections[slot.index] != rows else { return }
    collections[slot.index] = rows
    changed.insert(tables.wake.slots.number(slot))
  }

  package mutating func setToday(_ day: Day) {
    guard day != today else { return }
    today = day
    changed.insert(SlotNumbering.today)
  }

  /// Whether nothing has changed since the last run but the day.
  package var changesOnlyToday: Bool {
    !isFresh && changed.count == 1 && changed.contains(SlotNumbering.today)
  }
}

/// All that is given of one patient, as numbers of a session: what comes again need not be looked up again.
///
/// One reference, for it is handed about as often as there are patients.
package final class InternedFacts: Sendable {
  fileprivate let scalars: ContiguousArray<Scalar>
  fileprivate let sets: [TermSet?]
  /// The points of all series, and for each series whether it is given and which are its own.
  fileprivate let points: ContiguousArray<InternedPoint>
  fileprivate let series: ContiguousArray<SeriesTable.Extent>
  fileprivate let collections: ContiguousArray<InternedRows?>

  fileprivate init(_ session: borrowing Session) {
    scalars = ContiguousArray(
      session.givenScalars.members.sorted().map { Scalar(slot: $0, value: session.scalars[Int($0)]) })
    sets = session.sets
    var points: ContiguousArray<InternedPoint> = []
    series = ContiguousArray(
      (0..<session.series.count).map { slot in
        let start = points.count
        points += session.series[slot]
        return SeriesTable.Extent(isGiven: session.series.isGiven(slot), start: start, end: points.count)
      })
    self.points = points
    collections = session.collections
  }

  fileprivate struct Scalar: Sendable {
    var slot: UInt32
    var value: EstimateID
  }
}

extension Session {
  /// What the session has been told.
  package var internedFacts: InternedFacts { InternedFacts(self) }

  /// Gives these facts, which this session has numbered, in place of all others.
  package mutating func enter(_ facts: InternedFacts) {
    if entry == .max {
      for slot in entries.indices { entries[slot] = 0 }
      entry = 0
    }
    entry += 1
    Self.enter(
      facts.scalars, tables, entry, &entries, &scalars, givenScalars.limit, &givenScalars.storage, &givenScalars.count,
      changed.limit, &changed.storage, &changed.count)
    for slot in facts.sets.indices { assert(SetSlotID(slot), facts.sets[slot]) }
    series.replace(facts.points, facts.series, first: tables.wake.slots.number(SeriesSlotID(0)), &changed)
    for slot in facts.collections.indices { assert(CollectionSlotID(slot), interned: facts.collections[slot]) }
  }

  private static func enter(
    _ facts: ContiguousArray<InternedFacts.Scalar>, _ tables: RunTables, _ entry: UInt32,
    _ entries: inout ContiguousArray<UInt32>, _ scalars: inout ContiguousArray<EstimateID>,
    _ slots: Int, _ given: inout ContiguousArray<UInt32>, _ givenCount: inout Int,
    _ numbers: Int, _ changed: inout ContiguousArray<UInt32>, _ changedCount: inout Int
  ) {
    var entries = entries.mutableSpan
    var scalars = scalars.mutableSpan
    var given = given.mutableSpan
    var changed = changed.mutableSpan
    for fact in facts {
      let slot = Int(fact.slot)
      guard scalars[slot] != fact.value else { continue }
      scalars[slot] = fact.value
      NumberSet.insert(slot, slots, &given, &givenCount)
      NumberSet.insert(tables.wake.slots.number(ScalarSlotID(slot)), numbers, &changed, &changedCount)
    }
    guard givenCount > facts.count else { return }
    for fact in facts { entries[Int(fact.slot)] = entry }
    // From the end, for the last takes the place of one that goes.
    var place = givenCount
    while place > 0 {
      place -= 1
      let slot = Int(given[place])
      guard entries[slot] != entry else { continue }
      scalars[slot] = tables.scalarFulls[slot]
      NumberSet.remove(slot, slots, &given, &givenCount)
      NumberSet.insert(tables.wake.slots.number(ScalarSlotID(slot)), numbers, &changed, &changedCount)
    }
  }
}
