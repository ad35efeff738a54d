package import ClinicalValues

extension Session {
  /// The answer to a condition, under the present bindings (`semantics.md` §2).
  package mutating func truth(_ id: ConditionID, _ reading: Reading) -> Truth {
    if let truth = answer(tables.quick[id.index]) { return truth }
    guard tables.conditionVariables[id.index] == 0 else { return ask(tables.conditions[id.index], reading) }
    if let kept = reading == .cautious ? states.0.kept(id, run: runs) : states.1.kept(id, run: runs) { return kept }
    let truth = ask(tables.conditions[id.index], reading)
    if tables.conditionComponent[id.index] < unsettledComponent {
      if reading == .cautious { states.0.keep(id, truth, run: runs) } else { states.1.keep(id, truth, run: runs) }
    }
    return truth
  }

  mutating func ask(_ node: ConditionNode, _ reading: Reading) -> Truth {
    switch node {
    case .constant(let truth): return truth
    case .all(let list): return all(list, reading)
    case .any(let list): return any(list, reading)
    case .not(let inner): return !truth(inner, reading)
    case .atLeast(let count, let list): return atLeast(Int(count), list, reading)
    case .member(let value, let mask):
      let terms = tables.masks[mask.index]
      return estimate(value, reading).isMember(yes: terms.yes, maybe: terms.maybe)
    case .related(let first, let second, let classes):
      return related(estimate(first, reading), estimate(second, reading), graph.classes[classes.index])
    case .compare(let first, let comparator, let second):
      return estimate(first, reading).compared(comparator, to: estimate(second, reading))
    case .settled(let test, let subject): return settled(test, subject)
    case .certainly(let inner):
      if readsGhost(tables.conditionVariables[inner.index]) { return .unknown }
      return Truth(truth(inner, .cautious) == .yes)
    case .includes(let slot, let mask):
      guard let set = sets[slot.index] else { return .unknown }
      let terms = tables.masks[mask.index]
      return set.intersects(terms.yes) ? .yes : set.intersects(terms.maybe) ? .unknown : .no
    case .includesValue(let slot, let value, let classes):
      let asked = estimate(value, reading)
      guard let set = sets[slot.index] else { return asked.isNone ? .no : .unknown }
      let table = graph.classes[classes.index]
      return includes(set, asked, table)
    case .exists(let rows): return exists(rows, reading)
    case .anyPoint(let slot, let window, let inner): return anyPoint(slot, window, inner, reading)
    case .applies(let rules): return applies(rules, reading)
    case .concluded(let pattern): return concluded(pattern, reading)
    }
  }

  private mutating func all(_ list: Members, _ reading: Reading) -> Truth {
    var result = Truth.yes
    for index in list.range {
      result = min(result, truth(ConditionID(Int(tables.members[index])), reading))
      if result == .no { break }
    }
    return result
  }

  private mutating func any(_ list: Members, _ reading: Reading) -> Truth {
    var result = Truth.no
    for index in list.range {
      result = max(result, truth(ConditionID(Int(tables.members[index])), reading))
      if result == .yes { break }
    }
    return result
  }

  private mutating func atLeast(_ count: Int, _ list: Members, _ reading: Reading) -> Truth {
    var certain = 0
    var possible = 0
    for index in list.range {
      switch truth(ConditionID(Int(tables.members[index])), reading) {
      case .yes: certain += 1
      case .unknown: possible += 1
      case .no: break
      }
    }
    return certain >= count ? .yes : certain + possible < count ? .no : .unknown
  }

  /// The class test over all pairs of values: true if it holds for all, false if for none.
  private func related(_ value: Estimate, _ asked: Estimate, _ table: ClassTable) -> Truth {
    guard case .terms(let values) = value.values, case .terms(let terms) = asked.values, !values.isEmpty, !terms.isEmpty
    else { return value.isNone || asked.isNone ? .no : .unknown }
    var yes = false
    var open = false
    var no = value.mayBeNone || asked.mayBeNone
    for term in terms.indices where table.members.indices.contains(term) {
      for candidate in values.indices {
        if table.members[term].contains(candidate) {
          yes = true
        } else if table.classes[term].contains(candidate) {
          open = true
        } else {
          no = true
        }
      }
    }
    return yes && !open && !no ? .yes : !yes && !open ? .no : .unknown
  }

  /// Asked for each value that is asked for: two that are both in the set need not be told apart.
  private func includes(_ set: TermSet, _ asked: Estimate, _ table: ClassTable) -> Truth {
    guard case .terms(let terms) = asked.values, !terms.isEmpty else { return asked.isNone ? .no : .unknown }
    var truths = asked.mayBeNone ? [Truth.no] : []
    for term in terms.indices {
      truths.append(Truth.any(set.indices.map { related(.term($0), .term(term), table) }))
    }
    return truths.allSatisfy { $0 == truths[0] } ? truths[0] : .unknown
  }

  /// Known-ness is judged in the cautious reading, and is the same in both; of a ghost it is unknown.
  private mutating func settled(_ test: SettledTest, _ subject: SettledSubject) -> Truth {
    switch subject {
    case .value(let value):
      if readsGhost(value) { return .unknown }
      let estimate = estimate(value, .cautious)
      return switch test {
      case .known: Truth(estimate.isKnown)
      case .unknown: Truth(estimate.isUnknown)
      case .none: Truth(estimate.isNone)
      }
    case .set(let slot): return given(sets[slot.index] != nil, test)
    case .series(let slot): return given(series.isGiven(slot.index), test)
    case .collection(let slot): return given(collections[slot.index] != nil, test)
    }
  }

  private func given(_ isGiven: Bool, _ test: SettledTest) -> Truth {
    switch test {
    case .known: Truth(isGiven)
    case .unknown: Truth(!isGiven)
    case .none: .no
    }
  }

  /// Whether an expression reads a field of a row that stands for an absent collection.
  mutating func readsGhost(_ value: ValueID) -> Bool { readsGhost(tables.valueVariables[value.index]) }

  private mutating func readsGhost(_ variables: UInt64) -> Bool {
    var bits = variables & ~RuleGraph.pointBit
    while bits != 0 {
      let variable = bits.trailingZeroBitCount
      if relations[Int(bindings[variable].relation)].isGhost { return true }
      bits &= bits &- 1
    }
    return false
  }

  private mutating func applies(_ rules: Members, _ reading: Reading) -> Truth {
    var result = Truth.no
    for index in rules.range {
      let rule = Int(tables.members[index])
      result = max(result, reading == .cautious ? states.0.applies[rule] : states.1.applies[rule])
    }
    return result
  }

  private mutating func concluded(_ pattern: PatternID, _ reading: Reading) -> Truth {
    var result = Truth.no
    for position in tables.plain.rulesOfPattern.range(pattern.index) {
      let rule = tables.plain.rulesOfPattern[position]
      result = max(result, reading == .cautious ? states.0.applies[rule] : states.1.applies[rule])
      if result == .yes { return .yes }
    }
    for position in tables.plain.placesOfPattern.range(pattern.index) {
      let place = PlaceID(tables.plain.placesOfPattern[position])
      let instances = concluded(place, reading)
      for instance in instances where instance.stands > result {
        result = max(result, min(instance.stands, match(pattern, place, instance.fields, reading)))
      }
      if result == .yes { break }
    }
    return result
  }

  /// Whether the fields of a conclusion match a pattern: names exactly, quantities by value; a field that is left out
  /// does not match.
  mutating func match(_ id: PatternID, _ place: PlaceID, _ fields: [EstimateID?], _ reading: Reading) -> Truth {
    var result = Truth.yes
    let stated = graph.places[place.index].fields
    for test in graph.patterns[id.index].tests {
      guard let position = stated.firstIndex(where: { $0.column == test.column }), let field = fields[position] else {
        return .no
      }
      if test.isOpen { continue }
      result = min(result, matches(pool[field], test.values, reading))
      if result == .no { return .no }
    }
    return result
  }

  private mutating func matches(_ field: Estimate, _ values: [ValueID], _ reading: Reading) -> Truth {
    if case .terms(let terms) = field.values, !terms.isEmpty { return matchTerms(field, terms, values, reading) }
    var result = Truth.no
    for value in values { result = max(result, field.compared(.equal, to: estimate(value, reading))) }
    return result
  }

  /// For several values that a field may have, `one of` holds when each of them is listed.
  private mutating func matchTerms(
    _ field: Estimate, _ terms: TermSet, _ values: [ValueID], _ reading: Reading
  ) -> Truth {
    var listed = TermSet()
    var open = TermSet()
    for value in values {
      guard case .terms(let candidates) = estimate(value, reading).values else { continue }
      if candidates.single != nil { listed = listed.union(candidates) } else { open = open.union(candidates) }
    }
    return field.isMember(yes: listed, maybe: open)
  }
}
