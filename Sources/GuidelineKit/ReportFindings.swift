import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

extension ReportBuilder {
  // MARK: Conflicts

  mutating func conflicts(_ conclusions: [ReportedConclusion]) -> [ReportedConflict] {
    between(conclusions) + rowConflicts() + dataConflicts()
  }

  /// Kinds that exclude each other, with equal values of the fields that count.
  func between(_ conclusions: [ReportedConclusion]) -> [ReportedConflict] {
    var found: [ReportedConflict] = []
    let vocabulary = library.vocabulary
    for rule in vocabulary.conflicts {
      let first = standing(conclusions, of: vocabulary[rule.first], rule.same.map(\.first))
      let second = first.isEmpty ? [] : standing(conclusions, of: vocabulary[rule.second], rule.same.map(\.second))
      guard !second.isEmpty else { continue }
      var keys: [[FieldValue?]] = []
      for item in first where !keys.contains(item.key) { keys.append(item.key) }
      for key in keys {
        let left = first.filter { $0.key == key }.map(\.index)
        let right = second.filter { $0.key == key }.map(\.index)
        guard !right.isEmpty else { continue }
        let isCertain = [left, right].allSatisfy { side in side.contains { conclusions[$0].status == .certain } }
        found.append(.conclusions((left + right).sorted(), status: isCertain ? .certain : .provisional))
      }
    }
    return found
  }

  /// The conclusions of a kind that are certain or provisional, by their places, with the values of some of its fields.
  private func standing(
    _ conclusions: [ReportedConclusion], of kind: ConclusionKind, _ fields: [Int]
  ) -> [(index: Int, key: [FieldValue?])] {
    conclusions.indices.filter { conclusions[$0].status <= .provisional && conclusions[$0].kind == kind.name }.map {
      index in
      let key = fields.map { field -> FieldValue? in
        if field == 0 { return conclusions[index].subject }
        guard kind.fields.indices.contains(field) else { return nil }
        return conclusions[index].fields.first { $0.name == kind.fields[field].name }?.value
      }
      return (index, key)
    }
  }

  /// Tables of which one row should hold and several do.
  private func rowConflicts() -> [ReportedConflict] {
    var holding: [TableKey: [String]] = [:]
    for item in program.index.uniqueRows
    where session.instances(item.node, .cautious).contains(where: { $0.body == .yes }) {
      let key = TableKey(guideline: item.guideline, table: item.table)
      if holding[key]?.contains(item.row) != true { holding[key, default: []].append(item.row) }
    }
    return holding.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map {
      .rows(guideline: $0.key.guideline, table: $0.key.table, rows: $0.value.sorted(by: byCodePoints))
    }
  }

  private struct TableKey: Hashable, Comparable {
    var guideline: String
    var table: String

    static func < (left: Self, right: Self) -> Bool {
      left.guideline == right.guideline
        ? byCodePoints(left.table, right.table) : byCodePoints(left.guideline, right.guideline)
    }
  }

  private mutating func dataConflicts() -> [ReportedConflict] {
    var conflicts = intake.conflicts
    for (index, definition) in library.definitions.enumerated() {
      if let conflict = derivedDiffers(definition, DefinitionNodeID(index)) { conflicts.append(conflict) }
      if let conflict = disagreement(definition) { conflicts.append(conflict) }
    }
    var seen: Set<DataConflict> = []
    return conflicts.filter { seen.insert($0).inserted }
      .sorted { left, right in
        left.facts == right.facts
          ? byCodePoints(left.reason.rawValue, right.reason.rawValue)
          : left.facts.lexicographicallyPrecedes(right.facts, by: byCodePoints)
      }
      .map { .data(facts: $0.facts, reason: $0.reason.rawValue) }
  }

  private func derivedDiffers(_ definition: Definition, _ node: DefinitionNodeID) -> DataConflict? {
    guard let fact = definition.fact, let slot = program.sourceMap.scalarSlots[fact] else { return nil }
    let given = session.given(slot)
    let derived = session.definition(node, .cautious)
    guard given.isKnown, derived.isKnown, given != derived else { return nil }
    return DataConflict(facts: [definition.name], reason: .derivedDiffers)
  }

  private mutating func disagreement(_ definition: Definition) -> DataConflict? {
    guard case .agree(let facts) = definition.form else { return nil }
    var values: [Estimate] = []
    var names: [String] = []
    for fact in facts {
      guard let estimate = factEstimate(fact), estimate.isKnown else { continue }
      values.append(estimate)
      names.append(library.vocabulary[fact].name)
    }
    guard let first = values.first, values.contains(where: { $0 != first }) else { return nil }
    return DataConflict(facts: names, reason: .disagree)
  }

  /// What is known of a scalar fact, given or derived; nil: no rule reads it.
  mutating func factEstimate(_ fact: FactID, _ reading: Reading = .cautious) -> Estimate? {
    guard let slot = program.sourceMap.scalarSlots[fact] else { return nil }
    let given = session.given(slot)
    guard given.isUnknown, let definition = program.library.derivations[fact] else { return given }
    return session.definition(DefinitionNodeID(definition.index), reading)
  }

  // MARK: Invariants, definitions

  mutating func violations() -> [Violation] {
    var found: [Violation] = []
    for (index, invariant) in library.invariants.enumerated()
    where session.truth(program.sourceMap.invariants[index].node, .presuming) == .yes {
      found.append(
        Violation(
          guideline: library[invariant.document].id, invariant: invariant.name, because: invariant.because))
    }
    return found
  }

  mutating func derivedValues() -> [DerivedValue] {
    var values: [DerivedValue] = []
    values.reserveCapacity(library.definitions.count)
    for index in program.index.definitionsByName {
      let type = program.library.definitions[index].type
      let own = session.definition(DefinitionNodeID(index), .presuming)
      let estimate = program.library.definitions[index].fact.flatMap { factEstimate($0, .presuming) } ?? own
      let value = printer.value(estimate, type)
      values.append(
        DerivedValue(
          name: program.library.definitions[index].name, value: value, isNone: estimate.isNone,
          text: value?.description ?? printer.describe(estimate, type)))
    }
    return values
  }
}

/// The conclusions that are due on a day, or were before.
func dueItems(_ conclusions: [ReportedConclusion], on today: Day) -> [DueItem] {
  conclusions.indices.compactMap { index in
    guard conclusions[index].status <= .provisional,
      case .date(let day)? = conclusions[index].fields.first(where: { $0.name == "due" })?.value, day <= today
    else { return nil }
    return DueItem(conclusion: index, on: day, isOverdue: day < today)
  }
}
