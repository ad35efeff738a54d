internal import ClinicalValues
internal import SourceText

// What is broken is left out of the library, and so is what reads it; nothing is reported a second time.

extension Resolver {
  mutating func compact() -> Library {
    var library = Library(vocabulary: vocabulary)
    library.documents = documents
    library.derivedRecords = derivedRecords
    let kept = keptDefinitions()
    if brokenTables.isEmpty, kept.allSatisfy({ $0 != nil }), rules.allSatisfy({ $0.allSatisfy { $0 != nil } }) {
      // Nothing is left out, as in any library that is used: all keep their numbers.
      adopt(kept, into: &library)
      return library
    }
    var numbers = numbering(of: kept)
    let resolved = Array(rules.joined())
    let rules = resolved.map { rule in rule.flatMap { numbers.rule($0) } }
    numbers.rules = numbered(rules.map { $0 != nil }) { RuleID($0) }
    library.tables = tables.indices.filter { !brokenTables.contains($0) }.map { tables[$0] }
    library.definitions = kept.compactMap { $0.flatMap { numbers.definition($0) } }
    for (index, definition) in library.definitions.enumerated() {
      if let fact = definition.fact { library.derivations[fact] = DefinitionID(index) }
    }
    let sound = ruleDrafts.indices.filter { rules[$0] != nil }
    library.rules = sound.compactMap { resolved[$0].flatMap { numbers.rule($0) } }
    renumberFamilies(&library)
    for index in library.documents.indices {
      guard let scope = library.documents[index].scope else { continue }
      library.documents[index].scope = numbers.condition(scope) ?? Condition(.constant(.unknown), scope.span)
    }
    library.invariants = invariants.compactMap { invariant in
      numbers.condition(invariant.never).map {
        Invariant(
          name: invariant.name, document: invariant.document, never: $0, because: invariant.because,
          span: invariant.span)
      }
    }
    return library
  }

  private mutating func adopt(_ definitions: [Definition?], into library: inout Library) {
    library.tables = tables
    library.definitions = definitions.compactMap { $0 }
    for (index, definition) in library.definitions.enumerated() {
      if let fact = definition.fact { library.derivations[fact] = DefinitionID(index) }
    }
    library.rules.reserveCapacity(ruleDrafts.count)
    // Rules are large: they are moved.
    for part in rules.indices {
      for place in rules[part].indices {
        if let rule = rules[part][place].take() { library.rules.append(rule) }
      }
    }
    library.invariants = invariants
  }

  /// Definitions that are sound and read sound ones only; the others are nil.
  private func keptDefinitions() -> [Definition?] {
    var kept = drafts.map { draft -> Definition? in
      if case .done(let definition) = draft.state { return definition }
      return nil
    }
    var open = kept.indices.filter { kept[$0] == nil }
    guard !open.isEmpty || !brokenTables.isEmpty else { return kept }
    var readers: [String: [Int]] = [:]
    for (index, draft) in drafts.enumerated() {
      for name in draft.syntax.names { readers[name, default: []].append(index) }
    }
    var numbers = numbering(of: kept)
    numbers.definitions = kept.indices.map { kept[$0] == nil ? nil : DefinitionID($0) }
    for index in kept.indices where !isSound(kept[index], numbers) {
      kept[index] = nil
      open.append(index)
    }
    while let lost = open.popLast() {
      numbers.definitions[lost] = nil
      for reader in readers[drafts[lost].name] ?? [] where kept[reader] != nil && !isSound(kept[reader], numbers) {
        kept[reader] = nil
        open.append(reader)
      }
    }
    return kept
  }

  private func isSound(_ definition: Definition?, _ numbers: Renumbering) -> Bool {
    definition.map { numbers.definition($0) != nil } ?? true
  }

  /// Rules keep their numbers until it is known which of them are sound.
  private func numbering(of definitions: [Definition?]) -> Renumbering {
    Renumbering(
      definitions: numbered(definitions.map { $0 != nil }) { DefinitionID($0) },
      tables: numbered(tables.indices.map { !brokenTables.contains($0) }) { TableID($0) },
      rules: ruleDrafts.indices.map { RuleID($0) })
  }

  private func numbered<ID>(_ isKept: [Bool], _ id: (Int) -> ID) -> [ID?] {
    var next = 0
    return isKept.map { kept in
      guard kept else { return nil }
      next += 1
      return id(next - 1)
    }
  }

  /// A family has the number of its first rule.
  private func renumberFamilies(_ library: inout Library) {
    var first: [Int: Int] = [:]
    for index in library.rules.indices {
      let family = first[library.rules[index].family] ?? index
      first[library.rules[index].family] = family
      library.rules[index].family = family
    }
  }
}
