package import ClinicalValues

/// What reasons are made of: answers as numbers, into memory of the caller.
///
/// They change nothing, but a call that only borrows a session moves a copy of it on the stack.
extension Session {
  /// The places that conclude anything in some reading, in no order, in place of what `places` held.
  package mutating func listPlacesThatConclude(_ places: inout ContiguousArray<UInt32>) {
    places.removeAll(keepingCapacity: true)
    for place in 0..<concludedPlaces.count { places.append(UInt32(truncatingIfNeeded: concludedPlaces[place])) }
  }

  /// How far the only conclusion of a plain rule stands in both readings; nil: the rule is not plain.
  package mutating func plainTruths(_ place: PlaceID) -> (cautious: Truth, presuming: Truth)? {
    let rule = tables.ruleOfPlace[place.index]
    guard tables.plain.isPlain[rule.index] else { return nil }
    return (states.0.applies[rule.index], states.1.applies[rule.index])
  }

  /// What is given of a scalar, by its number.
  package mutating func givenNumber(_ slot: ScalarSlotID) -> EstimateID { scalars[slot.index] }

  /// Whether a scalar is given, or given as none: then nothing is derived of it.
  package mutating func isGivenKnown(_ slot: ScalarSlotID) -> Bool { !pool.isUnknown(scalars[slot.index]) }

  /// What a definition says, by its number.
  package mutating func definitionNumber(_ id: DefinitionNodeID, _ reading: Reading) -> EstimateID {
    reading == .cautious ? states.0.definitions[id.index] : states.1.definitions[id.index]
  }

  package func countOfRows(_ id: RelationID) -> Int { relations[id.index].count }

  package mutating func isUnknown(_ id: EstimateID) -> Bool { pool.isUnknown(id) }

  /// Adds the rows of a question that may match under the present bindings, in ascending order.
  package mutating func appendRowsMatching(_ id: RowsID, _ reading: Reading, to rows: inout ContiguousArray<UInt32>) {
    let relation = tables.rows[id.index].relation.index
    guard relations[relation].count <= Self.scanLimit else {
      for match in matchingRows(id, reading) { rows.append(UInt32(truncatingIfNeeded: match.row)) }
      return
    }
    let conditions = tables.rows[id.index].conditions
    let variable = Int(tables.rows[id.index].variable)
    let outer = bindings[variable]
    for row in 0..<relations[relation].count {
      bindings[variable] = Binding(relation: UInt32(truncatingIfNeeded: relation), row: row)
      var result = relations[relation].truth(row, reading)
      for index in conditions.range where result != .no {
        result = min(result, truth(ConditionID(Int(tables.members[index])), reading))
      }
      if result != .no { rows.append(UInt32(truncatingIfNeeded: row)) }
    }
    bindings[variable] = outer
  }
}
