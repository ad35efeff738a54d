import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import GuidelineSyntax
import RuleEngine

extension ReportBuilder {
  // MARK: Why

  /// The conditions of a conclusion's rule, as they stand for one instance.
  mutating func reasons(_ place: PlaceID, _ rows: [Int], _ status: Status) -> [Reason] {
    let node = program.graph[place].rule
    session.bind(rows, of: node)
    return reasons(of: node, status.reading)
  }

  /// The conditions of a rule under the present bindings.
  mutating func reasons(of node: RuleNodeID, _ reading: Reading) -> [Reason] {
    let steps = outlines.known(node) ?? outlines.outline(of: node, program, quotations)
    return reasons(steps, reading)
  }

  /// The conditions of a scope that do not hold.
  mutating func failures(ofScope document: Int) -> [Reason] {
    reasons(outlines.outline(ofScope: document, program, quotations), .cautious).filter { $0.truth == .no }
  }

  /// One condition under the present bindings.
  mutating func reason(_ trace: ConditionTrace, _ reading: Reading) -> Reason {
    let steps = outlines.outline(of: trace, program, quotations)
    fill(steps, reading)
    return reason(at: steps.lowerBound, -steps.lowerBound)
  }

  /// The lines of these steps under the present bindings.
  private mutating func reasons(_ steps: Range<Int>, _ reading: Reading) -> [Reason] {
    fill(steps, reading)
    return reasons(steps, filledFrom: 0)
  }

  private mutating func fill(_ steps: Range<Int>, _ reading: Reading) {
    tree.removeAll()
    tree.fill(steps, of: outlines.steps, reading, &session)
  }

  /// The lines of steps whose entries in the tree begin here.
  func reasons(_ steps: Range<Int>, filledFrom start: Int) -> [Reason] {
    let shift = start - steps.lowerBound
    var reasons: [Reason] = []
    var place = steps.lowerBound
    while place < steps.upperBound {
      reasons.append(reason(at: place, shift))
      place = outlines.steps[place].end
    }
    return reasons
  }

  // MARK: Lines

  /// A line with all that is below it; `shift`: from its step to its entry.
  private func reason(at place: Int, _ shift: Int) -> Reason {
    let step = outlines.steps[place]
    let line = outlines.lines[step.line]
    let entry = tree.entries[place + shift]
    var reason = Reason(
      text: line.text, truth: entry.truth, file: line.path, line: line.line, facts: [], parts: [])
    readParts(place, shift, &reason)
    switch step.kind {
    case .condition, .negation:
      // A line that is only the name of a definition shows at once what the definition says.
      if reason.parts.count == 1, let only = reason.parts.first, only.text == reason.text {
        reason.facts.removeAll { $0.fact == reason.text }
        reason.parts = only.parts
      }
    case .boundRow: reason.facts = rowReading(entry)
    case .value(let id):
      // A name that stands for a broken condition has no value to show.
      if case .means = program.library.definitions[id.index].form { break }
      let estimate = session.estimate(EstimateID(Int(entry.number)))
      reason.text += " is \(printer.describe(estimate, program.library.definitions[id.index].type))"
    default: break
    }
    if step.isException { reason.text = "unless " + reason.text }
    return reason
  }

  private func readParts(_ line: Int, _ shift: Int, _ reason: inout Reason) {
    let end = outlines.steps[line].end
    var place = line + 1
    while place < end {
      let next = outlines.steps[place].end
      defer { place = next }
      let entry = tree.entries[place + shift]
      guard entry.isShown else { continue }
      switch outlines.steps[place].kind {
      case .condition, .negation, .boundRow, .tableRow:
        let part = self.reason(at: place, shift)
        if case .negation = outlines.steps[line].kind {
          reason.parts += part.parts
          reason.facts += part.facts
        } else {
          reason.parts.append(part)
        }
      case .meaning, .value:
        let part = self.reason(at: place, shift)
        if !reason.parts.contains(where: { $0.text == part.text }) { reason.parts.append(part) }
      case .rows(let id): describeRows(id, entry, &reason)
      case .scalar(let fact, let slot): note(scalarReading(fact, slot, entry), &reason)
      case .derivable(let fact, let slot, _): note(scalarReading(fact, slot, entry), &reason)
      case .set(let fact): note(setReading(fact), &reason)
      case .series(let fact): note(seriesReading(fact), &reason)
      case .collection(let record): note(recordReading(record), &reason)
      }
    }
  }

  private func note(_ reading: FactReading, _ reason: inout Reason) {
    if !reason.facts.contains(reading) { reason.facts.append(reading) }
  }

  // MARK: Rows

  /// The row that a variable is bound to.
  private func rowReading(_ entry: ReasonTree.Entry) -> [FactReading] {
    let relation = RelationID(Int(entry.count))
    guard case .record(let record) = program.sourceMap.relations[relation.index] else { return [] }
    let name = library.vocabulary[record].name
    if session.isGhost(relation) { return [FactReading(fact: name, value: cause(name))] }
    return [FactReading(fact: name, value: describeRow(Int(entry.number), relation, record))]
  }

  private func describeRow(_ row: Int, _ relation: RelationID, _ record: RecordID) -> String {
    var words = ""
    for (field, cell) in zip(library.vocabulary[record].fields, session.row(row, of: relation, .cautious).cells) {
      guard !cell.isUnknown, !cell.isNone else { continue }
      if !words.isEmpty { words += ", " }
      words += field.name
      words += " "
      words += printer.describe(cell, field.type)
    }
    return words
  }

  private func describeRows(_ id: RowsID, _ entry: ReasonTree.Entry, _ reason: inout Reason) {
    let relation = program.graph[id].relation
    guard case .record(let record) = program.sourceMap.relations[relation.index] else { return }
    let name = library.vocabulary[record].name
    if session.isGhost(relation) {
      reason.facts.append(FactReading(fact: name, value: cause(name)))
      return
    }
    for place in Int(entry.number)..<Int(entry.number) + Int(entry.count) {
      let row = Int(tree.rows[place])
      reason.facts.append(FactReading(fact: name, value: describeRow(row, relation, record)))
    }
    if entry.count == 0 { reason.facts.append(FactReading(fact: name, value: "no such row")) }
  }

  private func recordReading(_ record: RecordID) -> FactReading {
    let name = library.vocabulary[record].name
    guard let slot = program.sourceMap.collectionSlots[record], session.isGiven(slot) else {
      return FactReading(fact: name, value: cause(name))
    }
    guard let index = program.sourceMap.relations.firstIndex(of: .record(record)) else {
      return FactReading(fact: name, value: "given")
    }
    let relation = RelationID(index)
    let count = session.countOfRows(relation)
    let rows = (0..<count).map { describeRow($0, relation, record) }
    return FactReading(fact: name, value: rows.isEmpty ? "none" : rows.joined(separator: "; "))
  }

  // MARK: Facts

  private func scalarReading(_ fact: FactID, _ slot: ScalarSlotID?, _ entry: ReasonTree.Entry) -> FactReading {
    let name = program.library.vocabulary.facts[fact.index].name
    let type = program.library.vocabulary.facts[fact.index].type
    guard slot != nil else { return FactReading(fact: name, value: "unknown") }
    let estimate = session.estimate(EstimateID(Int(entry.number)))
    if estimate.isUnknown, estimate == fullEstimate(type) { return FactReading(fact: name, value: cause(name)) }
    return FactReading(fact: name, value: printer.describe(estimate, type))
  }

  private func fullEstimate(_ type: ValueType) -> Estimate {
    guard case .term(let group) = type else { return .interval(.all, mayBeNone: true) }
    return .terms(TermSet(allOf: program.library.vocabulary.groups[group.index].terms.count), mayBeNone: true)
  }

  /// `unknown`, with the word that says why.
  private func cause(_ name: String) -> String { "unknown (\(intake.causes[name] ?? "never_given"))" }

  private func setReading(_ fact: FactID) -> FactReading {
    let declared = library.vocabulary[fact]
    guard let slot = program.sourceMap.setSlots[fact], let members = session.members(slot),
      case .term(let group) = declared.type
    else { return FactReading(fact: declared.name, value: cause(declared.name)) }
    let terms = library.vocabulary[group].terms
    let names = members.indices.compactMap { terms.indices.contains($0) ? terms[$0].name : nil }
    return FactReading(fact: declared.name, value: names.isEmpty ? "none of them" : names.joined(separator: ", "))
  }

  private func seriesReading(_ fact: FactID) -> FactReading {
    let declared = library.vocabulary[fact]
    guard let slot = program.sourceMap.seriesSlots[fact], let points = session.points(slot) else {
      return FactReading(fact: declared.name, value: cause(declared.name))
    }
    let words = points.suffix(3).map { point in
      "\(printer.describe(point.value, declared.type)) on \(printer.describe(point.day, .date))"
    }
    return FactReading(fact: declared.name, value: words.isEmpty ? "no result" : words.joined(separator: "; "))
  }

  // MARK: Against

  /// The rules that override a conclusion, or may.
  mutating func overriders(_ place: PlaceID, _ shown: ConcludedInstance?, _ status: Status) -> [Overrider] {
    guard status == .overridden || status == .possible || status == .provisional else { return [] }
    let reading: Reading = status == .overridden ? .presuming : .cautious
    let node = program.graph[place].rule
    var found: [Overrider] = []
    let target = program.sourceMap.rules[node.index].id
    for overrider in program.graph.overridersOfRule[node.index] {
      let truth = session.applies(overrider, reading)
      guard truth != .no else { continue }
      let id = program.sourceMap.rules[overrider.index].id
      add(overrider, program.library.rules[id.index].overrides.firstIndex { $0.names(target) }, truth, &found)
    }
    for override in program.graph.overridersOfPlace[place.index] {
      session.bind(shown?.rows ?? [], of: node)
      let truth = session.overrides(override, place, shown?.fields ?? [], reading)
      let item = program.sourceMap.rules[override.rule.index].overridePatterns[override.pattern]
      add(override.rule, item, truth, &found)
    }
    return found
  }

  /// `item`: which of the rule's overrides it is.
  private func add(_ node: RuleNodeID, _ item: Int?, _ truth: Truth, _ found: inout [Overrider]) {
    guard truth != .no else { return }
    let rule = library[program.sourceMap.rules[node.index].id]
    let overrider = Overrider(
      guideline: library[rule.document].id, rule: rule.name,
      because: item.flatMap { rule.overrides[$0].because }, isCertain: truth == .yes)
    if !found.contains(overrider) { found.append(overrider) }
  }
}

extension Override {
  /// Whether the item overrides a rule by its name.
  func names(_ rule: RuleID) -> Bool {
    if case .rules(let targets) = target { return targets.contains(rule) }
    return false
  }
}
