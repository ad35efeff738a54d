internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// What a name means, and what is said when it means nothing.

extension Resolver {
  /// The meaning of a name: fields of the row first, then a variable's field, then facts, definitions, collections.
  mutating func meaning(of name: LocatedText, in place: Environment) -> Meaning {
    for number in place.rows.reversed() where place.variables.indices.contains(number) {
      let variable = place.variables[number]
      if let field = variable.fields.firstIndex(where: { $0.name == name.value }) {
        return .field(variable: number, field: field, variable.fields[field])
      }
    }
    if let found = variableField(name, in: place) { return found }
    if let fact = vocabulary.factNamed[name.value] {
      return sees(vocabulary[fact].document, "fact", name, in: place) ? .fact(fact) : .broken
    }
    if let definition = definition(named: name, in: place) { return definition }
    return collectionMeaning(of: name, in: place)
  }

  /// `variable.field`, if the name begins with a variable.
  mutating func variableField(_ name: LocatedText, in place: Environment) -> Meaning? {
    guard !place.variables.isEmpty, let dot = name.value.firstIndex(of: ".") else { return nil }
    let first = String(name.value[..<dot])
    let rest = String(name.value[name.value.index(after: dot)...])
    guard let number = place.variables.lastIndex(where: { $0.name == first }) else { return nil }
    if place.seesOnlyOwnRow, number != place.rows.first {
      diagnostics.report(
        .misplacedWord, "`where` speaks of one row alone, but `\(name.value)` is of another", at: name.span,
        help: "write this condition under `when`")
      return .broken
    }
    let fields = place.variables[number].fields
    guard let field = fields.firstIndex(where: { $0.name == rest }) else {
      diagnostics.report(
        .unknownField, "the rows of `\(first)` have no field `\(rest)`", at: name.span,
        help: didYouMean(rest, fields.map(\.name), shown: { "\(first).\($0)" })
          ?? "its fields are \(list(fields.map { "`\($0.name)`" }))")
      return .broken
    }
    return .field(variable: number, field: field, fields[field])
  }

  private mutating func definition(named name: LocatedText, in place: Environment) -> Meaning? {
    guard let index = definitionNamed[name.value] else { return nil }
    let declared = documentIDs[drafts[index].document.index]
    guard sees(declared, "definition", name, in: place) else { return .broken }
    return drafts[index].isBroken ? .broken : .definition(DefinitionID(index))
  }

  private mutating func collectionMeaning(of name: LocatedText, in place: Environment) -> Meaning {
    if let record = vocabulary.recordNamed[name.value] {
      return sees(vocabulary[record].document, "record", name, in: place) ? .record(record) : .broken
    }
    if let table = tableNamed(name, in: place) { return table }
    if let kind = vocabulary.kindNamed[name.value] {
      return sees(vocabulary[kind].document, "kind of conclusion", name, in: place) ? .kind(kind) : .broken
    }
    return .nothing
  }

  private mutating func tableNamed(_ name: LocatedText, in place: Environment) -> Meaning? {
    // A table of the same document goes before one of another that has its name.
    guard let named = tablesNamed[name.value] else { return nil }
    let own = named.first { tables[$0].document == place.document }
    let seen = visibility[place.document.index]
    let other = named.first { seen.sees(documentIDs[tables[$0].document.index]) }
    if let index = own ?? other {
      return brokenTables.contains(index) ? .broken : .table(TableID(index))
    }
    guard let hidden = named.first else { return nil }
    _ = sees(documentIDs[tables[hidden].document.index], "table", name, in: place)
    return .broken
  }

  /// Whether a document may use what another declares; if not, it is said what to do.
  mutating func sees(_ declared: String, _ what: String, _ name: LocatedText, in place: Environment) -> Bool {
    let seen = visibility[place.document.index]
    guard !seen.sees(declared) else { return true }
    diagnostics.report(
      .nameNotVisible, "the \(what) `\(name.value)` is declared in `\(declared)`, which is not used here",
      at: name.span, help: seen.help(toSee: declared))
    return false
  }

  // MARK: Terms

  /// The term of a group.
  ///
  /// Nil when the group has none of that name. A term that is not visible is reported.
  mutating func term(_ name: LocatedText, of group: GroupID, in place: Environment) -> Int? {
    guard let index = vocabulary[group].termNamed[name.value] else { return nil }
    let declared = vocabulary[group].terms[index].document
    if group != .yesNo { _ = sees(declared, "term", name, in: place) }
    return index
  }

  // MARK: Nothing found

  /// Reports a name that means nothing where a value of a type is expected.
  mutating func reportUnknown(_ name: LocatedText, expecting type: ValueType?, in place: Environment) {
    if case .term(let group)? = type, !name.value.contains(".") {
      reportUnknownTerm(name, of: group, in: place)
      return
    }
    if let group = groupsHolding(name.value).first {
      diagnostics.report(
        .misplacedWord, "`\(name.value)` is a term of `\(vocabulary[group].name)`, not a fact", at: name.span,
        help: "compare a fact with it, as in `… is \(name.value)`")
      return
    }
    let near = namesInReach(of: place)
    diagnostics.report(
      .unknownFact, "nothing is named `\(name.value)`: no fact, no definition, no field", at: name.span,
      help: didYouMean(name.value, near) ?? "declare it in a vocabulary, or name it under `define:`")
  }

  mutating func reportUnknownTerm(_ name: LocatedText, of group: GroupID, in place: Environment) {
    let terms = vocabulary[group].terms
    let others = groupsHolding(name.value).filter { $0 != group }
    if let label = terms.first(where: { $0.label == name.value || $0.codes.contains { $0.code.value == name.value } }) {
      diagnostics.report(
        .unknownTerm, "`\(name.value)` is no term of `\(vocabulary[group].name)`", at: name.span,
        help: "write its name `\(label.name)`")
      return
    }
    let elsewhere = others.first.map { "`\(name.value)` is a term of `\(vocabulary[$0].name)`" }
    diagnostics.report(
      .unknownTerm, "`\(name.value)` is no term of `\(vocabulary[group].name)`", at: name.span,
      help: didYouMean(name.value, terms.map(\.name)) ?? elsewhere ?? "its terms are \(shortList(terms.map(\.name)))")
  }

  func groupsHolding(_ name: String) -> [GroupID] {
    vocabulary.groups.indices.map { GroupID($0) }.filter {
      $0 != .yesNo && vocabulary[$0].origins.isEmpty && vocabulary[$0].termNamed[name] != nil
    }
  }

  private mutating func namesInReach(of place: Environment) -> [String] {
    if knownNames[place.document] == nil {
      let seen = visibility[place.document.index]
      let seenDocuments = documentIDs.map { seen.sees($0) }
      var names = vocabulary.facts.map(\.name)
      for draft in drafts where seenDocuments[draft.document.index] { names.append(draft.name) }
      knownNames[place.document] = names
    }
    var names = knownNames[place.document] ?? []
    for number in place.rows { names += place.variables[number].fields.map(\.name) }
    for variable in place.variables {
      guard let name = variable.name else { continue }
      names += variable.fields.map { "\(name).\($0.name)" }
    }
    return names
  }

  func shortList(_ names: [String]) -> String {
    names.count <= 6 ? list(names) : names.prefix(5).joined(separator: ", ") + ", …"
  }
}
