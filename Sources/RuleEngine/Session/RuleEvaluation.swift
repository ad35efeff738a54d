import ClinicalValues

/// Takes in the instances that a join finds.
protocol JoinSink {
  /// The variables of the rule are bound to the rows.
  mutating func take(_ body: Truth, in session: inout Session)
}

/// Keeps every instance whose body is not false.
struct InstanceSink: JoinSink {
  let variableCount: Int
  var instances: [RuleInstance] = []

  mutating func take(_ body: Truth, in session: inout Session) {
    let rows = (0..<variableCount).map { session.bindings[$0].row }
    instances.append(RuleInstance(rows: rows, body: body, effective: .no, excepted: .no))
  }
}

/// Derives the rule's rows at once and keeps nothing else.
struct DerivationSink: JoinSink {
  let rule: RuleNodeID
  let reading: Reading
  var hasRaised = false
  var applies = Truth.no

  mutating func take(_ body: Truth, in session: inout Session) {
    let effective = session.effective(rule, body: body, reading).effective
    guard effective != .no else { return }
    applies = max(applies, effective)
    for derivation in session.graph[rule].derivations where session.raise(derivation, to: effective, reading) {
      hasRaised = true
    }
  }
}

extension Session {
  /// All bindings of a rule's variables for which its body is not false.
  mutating func findInstances(_ id: RuleNodeID, _ reading: Reading) -> [RuleInstance] {
    var sink = InstanceSink(variableCount: graph[id].relations.count)
    join(id, graph.rulePlans[id.index].full, growing: nil, reading, &sink)
    return sink.instances.count > 1
      ? sink.instances.sorted { $0.rows.lexicographicallyPrecedes($1.rows) } : sink.instances
  }

  mutating func join(
    _ id: RuleNodeID, _ steps: [JoinStep], growing: ContiguousArray<Int>?, _ sink: inout DerivationSink
  ) {
    join(id, steps, growing: growing, sink.reading, &sink)
  }

  /// The conditions of a rule that read no variable.
  mutating func closedBody(_ id: RuleNodeID, _ reading: Reading) -> Truth {
    var body = Truth.yes
    for place in tables.wake.conditionsOfRule.range(id.index) {
      body = min(body, truth(ConditionID(tables.wake.conditionsOfRule[place]), reading))
      if body == .no { break }
    }
    return body
  }

  private mutating func join(
    _ id: RuleNodeID, _ steps: [JoinStep], growing: ContiguousArray<Int>?, _ reading: Reading,
    _ sink: inout some JoinSink
  ) {
    let body = closedBody(id, reading)
    guard body != .no else { return }
    bind(steps[...], growing, body, reading, &sink)
  }

  /// Binds the variable of the first step to each of its rows in turn; `growing` restricts the first step.
  private mutating func bind(
    _ steps: ArraySlice<JoinStep>, _ growing: ContiguousArray<Int>?, _ body: Truth, _ reading: Reading,
    _ sink: inout some JoinSink
  ) {
    guard !steps.isEmpty else {
      sink.take(body, in: &self)
      return
    }
    let rest = steps.dropFirst()
    let (variable, relation) = (Int(steps[steps.startIndex].variable), steps[steps.startIndex].relation)
    let checks = steps[steps.startIndex].checks
    if let growing {
      for row in growing { bind(variable, relation, to: row, checks, nil, rest, body, reading, &sink) }
      return
    }
    let found = findCandidates(steps[steps.startIndex], reading)
    for place in found.places {
      bind(variable, relation, to: candidates[place], checks, found.met, rest, body, reading, &sink)
    }
    forget(found)
  }

  /// `met`: a check that the row meets.
  @inline(__always)
  private mutating func bind(
    _ variable: Int, _ relation: RelationID, to row: Int, _ checks: [ConditionID], _ met: ConditionID?,
    _ rest: ArraySlice<JoinStep>, _ body: Truth, _ reading: Reading, _ sink: inout some JoinSink
  ) {
    var result = min(body, relations[relation.index].truth(row, reading))
    guard result != .no else { return }
    bindings[variable] = Binding(relation: relation.raw, row: row)
    for check in checks where result != .no && check != met { result = min(result, truth(check, reading)) }
    if result != .no { bind(rest, nil, result, reading, &sink) }
  }

  /// Binds a rule's variables to the rows of an instance.
  package mutating func bind(_ rows: [Int], of rule: RuleNodeID) {
    for (variable, row) in rows.enumerated() where graph[rule].relations.indices.contains(variable) {
      bindings[variable] = Binding(relation: graph[rule].relations[variable].raw, row: row)
    }
  }

  // MARK: Exceptions

  /// Whether the bound instance is in effect: its body holds and no exception does.
  mutating func effective(
    _ id: RuleNodeID, body: Truth, _ reading: Reading
  ) -> (effective: Truth, excepted: Truth) {
    var excepted = Truth.no
    for overrider in graph.overridersOfRule[id.index] { excepted = max(excepted, applies(overrider, reading)) }
    if let unless = graph[id].unless { excepted = max(excepted, truth(unless, reading)) }
    return (min(body, !presume(excepted, body, reading)), excepted)
  }

  /// In the default reading an exception that is not known to hold is presumed not to hold.
  private mutating func presume(_ exception: Truth, _ body: Truth, _ reading: Reading) -> Truth {
    guard exception == .unknown else { return exception }
    if body != .no { hasPresumed = true }
    return reading == .presuming ? .no : .unknown
  }

  mutating func settleInstances(_ id: RuleNodeID, _ reading: Reading) {
    var settled = instances(id, reading)
    var greatest = Truth.no
    for index in settled.indices {
      bind(settled[index].rows, of: id)
      (settled[index].effective, settled[index].excepted) = effective(id, body: settled[index].body, reading)
      greatest = max(greatest, settled[index].effective)
    }
    setInstances(id, settled, reading)
    setApplies(id, greatest, reading)
  }

  // MARK: Conclusions

  /// What one conclusion of a rule says, for each instance.
  mutating func conclude(_ id: PlaceID, _ reading: Reading) -> [ConcludedInstance] {
    let place = graph[id]
    var concluded: [ConcludedInstance] = []
    for instance in instances(place.rule, reading) {
      bind(instance.rows, of: place.rule)
      var item = ConcludedInstance(
        rows: instance.rows, fields: [], body: instance.body, effective: instance.effective, overridden: .no,
        stands: .no)
      var isComplete = true
      for field in place.fields {
        let value = stated(field, reading)
        item.fields.append(value)
        if let value, !pool[value].isKnown { isComplete = false }
      }
      // Without a subject nothing is said.
      if place.fields.first?.column == 0, item.fields.first == .some(nil) { continue }
      for override in graph.overridersOfPlace[id.index] where applies(override.rule, reading) > item.overridden {
        item.overridden = max(item.overridden, overridden(by: override, id, item.fields, reading))
      }
      item.stands = min(
        item.effective, !presume(item.overridden, item.effective, reading), isComplete ? .yes : .unknown)
      concluded.append(item)
    }
    return concluded
  }

  /// How far a rule overrides a conclusion: a pattern that names fields of rows means those of the rule that overrides.
  mutating func overridden(
    by override: PlaceOverride, _ place: PlaceID, _ fields: [EstimateID?], _ reading: Reading
  ) -> Truth {
    let values = graph[override.pattern].tests.flatMap(\.values)
    guard values.contains(where: { !graph.isClosed($0) }) else {
      return min(applies(override.rule, reading), match(override.pattern, place, fields, reading))
    }
    let outer = bindings
    defer { bindings = outer }
    var result = Truth.no
    for instance in currentInstances(override.rule, reading) where instance.effective > result {
      bind(instance.rows, of: override.rule)
      result = max(result, min(instance.effective, match(override.pattern, place, fields, reading)))
    }
    return result
  }

  /// The value of a field, unless it is none, or unknown and marked `if known`.
  private mutating func stated(_ field: PlaceNode.Field, _ reading: Reading) -> EstimateID? {
    if field.ifKnown, !readsGhost(field.value), !estimate(field.value, .cautious).isKnown { return nil }
    let value = estimateID(field.value, reading)
    return pool[value].isNone ? nil : value
  }

  // MARK: Derived rows

  /// Puts into a relation what its rules conclude; the answer says whether a row is new or has risen.
  mutating func raiseRows(
    _ id: RelationID, _ reading: Reading, from isWanted: (RuleNodeID) -> Bool = { _ in true }
  ) -> Bool {
    var hasRaised = false
    switch graph[id].origin {
    case .given, .knowledge: break
    case .derived:
      for index in graph.rules.indices {
        let rule = RuleNodeID(index)
        guard isWanted(rule) else { continue }
        for derivation in graph.rules[index].derivations where derivation.relation == id {
          for instance in instances(rule, reading) where instance.effective != .no {
            bind(instance.rows, of: rule)
            if raise(derivation, to: instance.effective, reading) { hasRaised = true }
          }
        }
      }
    case .conclusions(let kind):
      for place in graph.placesOfKind[Int(kind)] where raiseConclusions(place, into: id, reading) { hasRaised = true }
    }
    return hasRaised
  }

  /// Derives one row from the bound instance.
  mutating func raise(_ derivation: DerivationNode, to truth: Truth, _ reading: Reading) -> Bool {
    var row = ContiguousArray<EstimateID>()
    swap(&row, &derivedRow)
    for column in derivation.columns {
      row.append(column.map { estimateID($0, reading) } ?? RuleGraphBuilder.none)
    }
    let hasRaised = raise(row, to: truth, derivation.relation, reading)
    row.removeAll(keepingCapacity: true)
    swap(&row, &derivedRow)
    return hasRaised
  }

  private mutating func raise(
    _ row: ContiguousArray<EstimateID>, to truth: Truth, _ relation: RelationID, _ reading: Reading
  ) -> Bool {
    guard let index = relations[relation.index].raise(row, to: truth, reading) else { return false }
    if !growing.isEmpty { growing[relation.index].append(index) }
    return true
  }

  private mutating func raiseConclusions(_ place: PlaceID, into relation: RelationID, _ reading: Reading) -> Bool {
    let width = graph[relation].width
    let concluded = concluded(place, reading)
    var hasRaised = false
    for item in concluded where item.stands != .no {
      var row = ContiguousArray(repeating: RuleGraphBuilder.none, count: width)
      for (field, value) in zip(graph[place].fields, item.fields) where Int(field.column) < width {
        if let value { row[Int(field.column)] = value }
      }
      if width > 0 { row[width - 1] = graph.ownerOfPlace[place.index] }
      if raise(row, to: item.stands, relation, reading) { hasRaised = true }
    }
    return hasRaised
  }
}
