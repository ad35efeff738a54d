package import ClinicalValues

/// What can be read of a session that has run.
extension Session {
  package func concluded(_ id: PlaceID, _ reading: Reading) -> [ConcludedInstance] {
    let rule = graph.places[id.index].rule
    guard !tables.plain.isPlain[rule.index] else {
      return instances(rule, reading).map { plain in
        ConcludedInstance(
          rows: [], fields: tables.plain.fields[id.index], body: plain.body, effective: plain.effective,
          overridden: .no, stands: plain.effective)
      }
    }
    return reading == .cautious ? states.0.concluded[id.index] : states.1.concluded[id.index]
  }

  /// The places that conclude anything in some reading, in no order: all others conclude nothing.
  package var placesThatConclude: ContiguousArray<UInt32> { concludedPlaces.members }

  /// How many there are.
  package var countOfPlacesThatConclude: Int { concludedPlaces.count }

  /// How many conclusions of plain rules, which are one each, stand for certain.
  package mutating func countStanding(_ reading: Reading) -> Int {
    var count = 0
    for place in 0..<concludedPlaces.count {
      let rule = tables.ruleOfPlace[concludedPlaces[place]].index
      let truth =
        tables.plain.isPlain[rule]
        ? reading == .cautious ? states.0.applies[rule] : states.1.applies[rule]
        : standing(PlaceID(concludedPlaces[place]), reading)
      if truth == .yes { count += 1 }
    }
    return count
  }

  /// How far a conclusion stands: for one that stands for several rows, the farthest.
  package func standing(_ id: PlaceID, _ reading: Reading) -> Truth {
    let rule = graph.places[id.index].rule
    guard !tables.plain.isPlain[rule.index] else { return applies(rule, reading) }
    return Truth.any((reading == .cautious ? states.0.concluded[id.index] : states.1.concluded[id.index]).map(\.stands))
  }

  /// Whether some instance of a rule is in effect.
  package func isInEffect(_ id: RuleNodeID, _ reading: Reading) -> Truth {
    reading == .cautious ? states.0.applies[id.index] : states.1.applies[id.index]
  }

  package func definition(_ id: DefinitionNodeID, _ reading: Reading) -> Estimate {
    pool[reading == .cautious ? states.0.definitions[id.index] : states.1.definitions[id.index]]
  }

  package func given(_ slot: ScalarSlotID) -> Estimate { pool[scalars[slot.index]] }

  package func isGiven(_ slot: SetSlotID) -> Bool { sets[slot.index] != nil }

  package func isGiven(_ slot: SeriesSlotID) -> Bool { series.isGiven(slot.index) }

  package func isGiven(_ slot: CollectionSlotID) -> Bool { collections[slot.index] != nil }

  package func members(_ slot: SetSlotID) -> TermSet? { sets[slot.index] }

  /// Nil: the series is not given.
  package func points(_ slot: SeriesSlotID) -> [SeriesPoint]? {
    internedPoints(slot)?.map { SeriesPoint(day: pool[$0.day], value: pool[$0.value]) }
  }

  /// The same in numbers of this session.
  package func internedPoints(_ slot: SeriesSlotID) -> ContiguousArray<InternedPoint>? {
    series.isGiven(slot.index) ? ContiguousArray(series[slot.index]) : nil
  }

  /// The rows of a collection; nil: it is not given.
  package func internedRows(_ slot: CollectionSlotID) -> InternedRows? { collections[slot.index] }

  package func estimate(_ id: EstimateID) -> Estimate { pool[id] }

  /// The points that are or may be in a window, each with how surely it is.
  package mutating func pointsIn(
    _ slot: SeriesSlotID, _ window: WindowID?, _ reading: Reading
  ) -> [(point: SeriesPoint, member: Truth)] {
    (members(slot, window, reading) ?? []).map { ($0.point, $0.member) }
  }

  /// Sets the point that conditions on points are asked of; the answer is the one before.
  package mutating func exchangeCurrentPoint(_ value: Estimate) -> Estimate {
    let before = pool[currentPoint]
    currentPoint = pool.intern(value)
    return before
  }

  /// The answer to a condition on the facts as they are now, though no rule has run on them; what is kept is not used.
  package mutating func askAnew(_ id: ConditionID, _ reading: Reading) -> Truth { ask(graph[id], reading) }

  /// The same of a value.
  package mutating func askAnew(_ id: ValueID, _ reading: Reading) -> Estimate { compute(graph[id], reading) }

  /// How far a rule overrides a conclusion by a pattern.
  package mutating func overrides(
    _ override: PlaceOverride, _ place: PlaceID, _ fields: [EstimateID?], _ reading: Reading
  ) -> Truth {
    overridden(by: override, place, fields, reading)
  }

  package var compositeTexts: CompositeTexts { texts }

  /// The rows of a relation with what exists of them, in a reading.
  package func rows(_ id: RelationID, _ reading: Reading) -> [(cells: [Estimate], truth: Truth)] {
    let store = relations[id.index]
    return (0..<store.count).map { row in
      ((0..<store.width).map { pool[store.cell(row, $0)] }, store.truth(row, reading))
    }
  }

  package func row(_ row: Int, of id: RelationID, _ reading: Reading) -> (cells: [Estimate], truth: Truth) {
    let store = relations[id.index]
    guard row < store.count else { return ([], .no) }
    return ((0..<store.width).map { pool[store.cell(row, $0)] }, store.truth(row, reading))
  }

  /// The instances of a rule, also of one that keeps none because it only derives rows.
  package mutating func currentInstances(_ id: RuleNodeID, _ reading: Reading) -> [RuleInstance] {
    let kept = instances(id, reading)
    guard kept.isEmpty, !graph[id].derivations.isEmpty else { return kept }
    return findInstances(id, reading).map { found in
      var instance = found
      bind(found.rows, of: id)
      (instance.effective, instance.excepted) = effective(id, body: found.body, reading)
      return instance
    }
  }

  /// The rows of a question that may match, under the present bindings.
  package mutating func rowsMatching(_ id: RowsID, _ reading: Reading) -> [(row: Int, truth: Truth)] {
    matchingRows(id, reading).map { ($0.row, $0.truth) }
  }

  /// Binds a single variable; the caller puts back what was bound before.
  package mutating func bind(variable: UInt8, of relation: RelationID, to row: Int) {
    bindings[Int(variable)] = Binding(relation: relation.raw, row: row)
  }

  /// Whether the rows of a relation stand for a collection that is not given.
  package func isGhost(_ id: RelationID) -> Bool { relations[id.index].isGhost }

  /// The relation that a variable is bound to.
  package func boundRelation(_ variable: UInt8) -> RelationID { RelationID(Int(bindings[Int(variable)].relation)) }

  /// The row that a variable is bound to.
  package func boundRow(_ variable: UInt8) -> Int { bindings[Int(variable)].row }

  /// Whether an instance's exceptions hold, as far as its own `unless` goes.
  package mutating func unless(_ rule: RuleNodeID, _ reading: Reading) -> Truth {
    graph[rule].unless.map { truth($0, reading) } ?? .no
  }

  /// Whether the fields of a conclusion match a pattern.
  package mutating func matches(
    _ pattern: PatternID, _ place: PlaceID, _ fields: [EstimateID?], _ reading: Reading
  ) -> Truth {
    match(pattern, place, fields, reading)
  }
}

/// What all variables are bound to; to be put back after a walk that binds them anew.
package struct SavedBindings: Sendable {
  fileprivate var bindings: ContiguousArray<Session.Binding>
}

extension Session {
  package var savedBindings: SavedBindings {
    get { SavedBindings(bindings: bindings) }
    set { bindings = newValue.bindings }
  }
}
