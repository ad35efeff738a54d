import ClinicalValues
import RuleEngine

/// Whether the rows that a candidate asks for can exist in one collection with none of the rows that it rules out.
struct RowTheory {
  let space: PatientSpace
  /// Only these relations; nil: all.
  let relations: Set<RelationID>?
  private static let budget = 200_000

  init(space: PatientSpace, only relations: Set<RelationID>? = nil) {
    self.space = space
    self.relations = relations
  }

  /// A row of a collection: the values of its fields that matter.
  struct Row {
    var relation: RelationID
    var fields: [Int: DomainValue]
  }

  private struct Wanted {
    var variable: VariableID
    var relation: RelationID
    var formula: FormulaID
    var exists: Bool
  }

  /// What the candidate overlooks; empty: all its rows can exist, and `take` gets each.
  func lemmas(
    _ assignment: Assignment, _ store: inout FormulaStore, _ search: inout Search, into take: ((Row) -> Void)?
  ) -> [FormulaID] {
    let wanted = wanted(assignment)
    var lemmas: [FormulaID] = []
    for row in wanted where row.exists {
      let excluded = wanted.filter { $0.relation == row.relation && !$0.exists }
      switch solve([row], excluded, &store, &search) {
      case .found(let found): take?(Row(relation: row.relation, fields: fields(found)))
      case .exhausted: continue
      case .impossible: lemmas.append(lemma(row, excluded, &store, &search))
      }
    }
    return lemmas
  }

  private func wanted(_ assignment: Assignment) -> [Wanted] {
    assignment.choices.compactMap { choice in
      guard case .rowExists(let relation, let formula) = space.subjects[choice.variable.index],
        relations?.contains(relation) ?? true
      else { return nil }
      return Wanted(variable: choice.variable, relation: relation, formula: formula, exists: choice.value == 1)
    }
  }

  private func solve(
    _ wanted: [Wanted], _ excluded: [Wanted], _ store: inout FormulaStore, _ search: inout Search
  ) -> SearchOutcome {
    var goals = wanted.map(\.formula)
    for other in excluded { goals.append(store.not(other.formula)) }
    if goals.contains(FormulaStore.impossible) { return .impossible }
    return search.solve(goals, in: store, budget: Self.budget)
  }

  private func fields(_ found: Assignment) -> [Int: DomainValue] {
    var fields: [Int: DomainValue] = [:]
    for choice in found.choices {
      guard case .field(_, _, let column) = space.subjects[choice.variable.index] else { continue }
      fields[column] = space.domains[choice.variable.index][choice.value]
    }
    return fields
  }

  /// The row cannot exist unless one of these rows that stand in its way does: as few as still do.
  private func lemma(
    _ row: Wanted, _ excluded: [Wanted], _ store: inout FormulaStore, _ search: inout Search
  ) -> FormulaID {
    var needed = excluded
    for candidate in excluded {
      let fewer = needed.filter { $0.variable != candidate.variable }
      if solve([row], fewer, &store, &search) == .impossible { needed = fewer }
    }
    var ways = [store.literal(row.variable, in: TermSet(0))]
    for other in needed { ways.append(store.literal(other.variable, in: TermSet(1))) }
    return store.any(ways)
  }
}
