internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax

extension OracleRuns {
  /// What is listed of both readings (`semantics.md` §4, §7).
  func result() -> OracleResult {
    var result = OracleResult()
    scopes(&result)
    let listed = listed(&result)
    result.needs = needs(listed.compactMap(\.origin))
    var merged: [OracleConclusion: OracleStatus] = [:]
    for var conclusion in listed.map(\.conclusion) {
      let status = conclusion.status
      conclusion.status = .overridden
      merged[conclusion] = min(merged[conclusion] ?? status, status)
    }
    result.conclusions = merged.map { conclusion, status in
      var conclusion = conclusion
      conclusion.status = status
      return conclusion
    }.sorted()
    result.conflicts = conflicts(result.conclusions)
    result.uniqueTables = uniqueTables()
    result.dataConflicts = cautious.intake.conflicts.union(cautious.conflicts).union(differences())
    result.due = due(result.conclusions)
    result.violated = violated()
    result.derived = derived()
    for (index, definition) in library.definitions.enumerated() {
      let guess = definition.fact.map(presumed.fact) ?? presumed.definitions[DefinitionID(index)] ?? .none
      result.words[definition.name] = Printing(library.vocabulary).words(guess, definition.type)
    }
    return result
  }

  private func scopes(_ result: inout OracleResult) {
    for document in library.documents where document.kind == .guideline {
      switch document.scope.map({ cautious.truth(of: $0, Environment()) }) ?? .yes {
      case .no: result.outOfScope.append(document.id)
      case .unknown: result.undecided[document.id] = 0
      case .yes: break
      }
    }
    result.outOfScope.sort()
  }

  // MARK: Conclusions

  /// Every instance with its status; possible ones of an unknown scope are only counted.
  private func listed(_ result: inout OracleResult) -> [Listed] {
    var listed: [Listed] = []
    var counted: [String: Set<OracleConclusion>] = [:]
    for node in cautious.conclusions.keys {
      guard case .conclusion(let rule, let place, _) = node else { continue }
      let guideline = library[library[rule].document].id
      for (key, first, second) in paired(node, rule) {
        guard let status = status(first, second),
          let shown = status == .provisional || status == .overridden ? second ?? first : first ?? second
        else { continue }
        let conclusion = conclusion(shown, status, library[rule].name, guideline)
        if status == .possible, first?.scope == .unknown {
          counted[guideline, default: []].insert(conclusion)
        } else {
          let instance = key.flatMap { key in cautious.effectives(of: rule).first { $0.key == key } }
          listed.append(
            Listed(
              conclusion: conclusion,
              origin: first.flatMap { first in
                instance.map { (first, $0, rule, place, conclusion) }
              }))
        }
      }
    }
    for (guideline, conclusions) in counted { result.undecided[guideline] = conclusions.count }
    return listed
  }

  /// The same instance in both readings.
  ///
  /// A row that rules derive may be known better in the default reading, and then it is another row: its instances
  /// stand alone.
  private func paired(_ node: Node, _ rule: RuleID) -> [([RowKey]?, Concluded?, Concluded?)] {
    let first = cautious.conclusionsByInstance(of: node, rule)
    let second = presumed.conclusionsByInstance(of: node, rule)
    return Set(first.keys).union(second.keys).map { ($0, first[$0], second[$0]) }
  }

  private func status(_ first: Concluded?, _ second: Concluded?) -> OracleStatus? {
    let stands = second?.stands ?? .no
    switch first?.stands ?? .unknown {
    case .yes: return .certain
    case .unknown where stands == .yes: return .provisional
    case .unknown: return first == nil ? nil : .possible
    case .no: return second?.body == .yes ? .overridden : nil
    }
  }

  private func conclusion(
    _ concluded: Concluded, _ status: OracleStatus, _ rule: String, _ guideline: String
  ) -> OracleConclusion {
    let kind = library.vocabulary[concluded.key.kind]
    var result = OracleConclusion(
      kind: kind.name, fields: [:], undecided: [], status: status, strength: concluded.key.grades[0],
      certainty: concluded.key.grades[1], guideline: guideline, rule: rule)
    for (index, guess) in concluded.key.fields {
      let field = kind.fields[index]
      if let text = Printing(library.vocabulary).known(guess, field.type) {
        result.fields[field.name] = text
      } else {
        result.undecided.insert(field.name)
      }
    }
    return result
  }

  // MARK: Conflicts

  private func conflicts(_ conclusions: [OracleConclusion]) -> Set<String> {
    let standing = conclusions.filter { $0.status <= .provisional }
    var found: Set<String> = []
    for rule in library.vocabulary.conflicts {
      let first = library.vocabulary[rule.first]
      let second = library.vocabulary[rule.second]
      for one in standing where one.kind == first.name {
        let values = rule.same.map { one.fields[first.fields[$0.first].name] }
        let left = standing.filter { other in
          other.kind == first.name && rule.same.map { other.fields[first.fields[$0.first].name] } == values
        }
        let right = standing.filter { other in
          other.kind == second.name && rule.same.map { other.fields[second.fields[$0.second].name] } == values
        }
        if right.isEmpty { continue }
        let isCertain = [left, right].allSatisfy { side in side.contains { $0.status == .certain } }
        found.insert(OracleResult.conflict(left + right, isCertain ? "certain" : "provisional"))
      }
    }
    return found
  }

  /// A table is named with its guideline.
  private func uniqueTables() -> Set<String> {
    var rows: [String: Int] = [:]
    for (index, rule) in library.rules.enumerated() {
      guard let table = rule.uniqueIn else { continue }
      let holds = cautious.bodies(of: RuleID(index)).contains { $0.body == .yes }
      if holds { rows["\(library[rule.document].id)/\(table)", default: 0] += 1 }
    }
    return Set(rows.filter { $0.value > 1 }.keys)
  }

  /// Facts that are given and derived, both known, with different values.
  private func differences() -> Set<String> {
    var found: Set<String> = []
    for (fact, definition) in library.derivations {
      guard let given = cautious.intake.scalars[fact], given.isKnown, let derived = cautious.definitions[definition]
      else { continue }
      if derived.isKnown, derived != given { found.insert("derived_differs \(library.vocabulary[fact].name)") }
    }
    return found
  }

  // MARK: The rest

  private func due(_ conclusions: [OracleConclusion]) -> Set<String> {
    var found: Set<String> = []
    for conclusion in conclusions where conclusion.status <= .provisional {
      guard let kind = library.vocabulary.kinds.first(where: { $0.name == conclusion.kind }),
        kind.fields.contains(where: { $0.name == "due" && $0.type == .date }),
        let day = conclusion.fields["due"], day <= today.iso
      else { continue }
      found.insert("\(day == today.iso ? "due" : "overdue") \(conclusion)")
    }
    return found
  }

  private func violated() -> Set<String> {
    Set(
      library.invariants.filter { presumed.truth(of: $0.never, Environment()) == .yes }.map {
        "\(library[$0.document].id)/\($0.name)"
      })
  }

  private func derived() -> [String: [String]] {
    let printing = Printing(library.vocabulary)
    var result: [String: [String]] = [:]
    for (index, definition) in library.definitions.enumerated() {
      let id = DefinitionID(index)
      let type = definition.fact.map { library.vocabulary[$0].type } ?? definition.type
      let name = definition.fact == nil ? "\(library[definition.document].id)/\(definition.name)" : definition.name
      result[name] = [cautious, presumed].map { run in
        let guess = definition.fact.map(run.fact) ?? run.definitions[id] ?? .none
        return printing.estimate(guess, type)
      }
    }
    return result
  }
}

/// A conclusion as it is listed, and what it stems from in the cautious reading.
private struct Listed {
  var conclusion: OracleConclusion
  var origin: (concluded: Concluded, instance: Instance, rule: RuleID, place: Int, name: OracleConclusion)?
}

extension Run {
  /// The conclusions of a node by the rows they stem from.
  func conclusionsByInstance(of node: Node, _ rule: RuleID) -> [[RowKey]: Concluded] {
    guard case .conclusion(_, _, let rows) = node else { return [:] }
    let keys = (effectives[rule]?[rows] ?? []).map(\.key)
    return Dictionary(zip(keys, conclusions[node] ?? []), uniquingKeysWith: { first, _ in first })
  }
}
