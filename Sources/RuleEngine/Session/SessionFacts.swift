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

  /// Takes back every scalar that is given: the next patient's come.
  package mutating func forgetScalars() {
    for position in givenScalars.members.indices {
      let slot = ScalarSlotID(Int(givenScalars.members[position]))
      scalars[slot.index] = tables.scalarFulls[slot.index]
      changed.insert(tables.wake.slots.number(slot))
    }
    givenScalars.removeAll()
  }

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
    guard series[slot.index].isGiven != (points != nil) || series[slot.index].points != points ?? [] else { return }
    series[slot.index].isGiven = points != nil
    series[slot.index].points = points ?? []
    changed.insert(tables.wake.slots.number(slot))
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
    !isFresh && changed.members.allSatisfy { $0 == UInt32(SlotNumbering.today) }
  }
}
