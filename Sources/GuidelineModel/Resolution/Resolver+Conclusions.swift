internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// What rules conclude.

extension Resolver {
  /// One conclusion for each subject; nil when it is broken.
  ///
  /// `inherited`: the annotations around it.
  mutating func conclusions(
    _ syntax: ConclusionSyntax, _ inherited: Inherited, in place: Environment
  ) -> [Conclusion]? {
    if syntax.kind.value == "derive" { return derived(syntax, inherited, in: place).map { [$0] } }
    guard let kind = kind(syntax.kind, in: place) else { return nil }
    let fields = statedFields(syntax, of: kind, in: place)
    let owner = Asker.named("the subject of", vocabulary[kind].name)
    let subjects = every(syntax.subjects) { resolver, subject in
      resolver.fieldValue(subject, of: resolver.vocabulary.kinds[kind.index].fields[0], owner: owner, in: place)
    }
    var notes = annotations(syntax.annotations, inherited, in: place)
    if !vocabulary[kind].isGraded {
      // Only its own: a warning does not inherit the strength of the advice beside it.
      (notes.strength, notes.certainty) = (nil, nil)
      if !syntax.annotations.isEmpty {
        let own = read([syntax.annotations], in: place)
        (notes.strength, notes.certainty) = (own.strength, own.certainty)
      }
    }
    guard let fields, let subjects, !subjects.isEmpty else { return nil }
    return subjects.map { subject in
      var all: [ConclusionField] = []
      all.reserveCapacity(fields.count + 1)
      all.append(ConclusionField(field: 0, value: subject, ifKnown: false))
      all += fields
      return conclusion(.kind(kind), all, notes, at: syntax.span)
    }
  }

  private func conclusion(
    _ head: Conclusion.Head, _ fields: [ConclusionField], _ notes: Annotations, at span: Span
  ) -> Conclusion {
    var conclusion = Conclusion(head: head, fields: fields, span: span)
    conclusion.strength = notes.strength
    conclusion.certainty = notes.certainty
    conclusion.gradedAs = notes.gradedAs
    conclusion.citations = notes.citations
    conclusion.at = notes.at
    conclusion.quote = notes.quote
    conclusion.comment = notes.comment
    return conclusion
  }

  /// `{derive: <record>, <field>: …}`.
  private mutating func derived(
    _ syntax: ConclusionSyntax, _ inherited: Inherited, in place: Environment
  ) -> Conclusion? {
    guard let name = derivedName(syntax), syntax.subjects.count == 1 else {
      diagnostics.report(
        .unknownCollection, "`derive` makes a row of one record", at: syntax.span,
        help: "name the record, as in `{derive: contact, …}`")
      return nil
    }
    guard let record = vocabulary.recordNamed[name.value] else {
      diagnostics.report(
        .unknownCollection, "there is no record named `\(name.value)`", at: name.span,
        help: meantOrKnown(name.value, vocabulary.records.map(\.name), "the records"))
      return nil
    }
    guard sees(vocabulary[record].document, "record", name, in: place) else { return nil }
    let owner = FieldOwner(name: name.value, fields: vocabulary[record].fields[...], offset: 0)
    let stated = fields(syntax.fields, of: owner, in: place)
    let notes = annotations(syntax.annotations, inherited, in: place)
    return stated.map { conclusion(.derive(record), $0, notes, at: syntax.span) }
  }

  // MARK: Fields

  private mutating func statedFields(
    _ syntax: ConclusionSyntax, of kind: KindID, in place: Environment
  ) -> [ConclusionField]? {
    if syntax.fields.isEmpty { return [] }
    // Neither the subject nor the guideline can be stated as a field.
    let all = vocabulary.kinds[kind.index].fields.dropFirst().dropLast()
    return fields(syntax.fields, of: FieldOwner(name: vocabulary[kind].name, fields: all, offset: 1), in: place)
  }

  private mutating func fields(
    _ syntax: [ConclusionFieldSyntax], of owner: FieldOwner, in place: Environment
  ) -> [ConclusionField]? {
    let known = owner.fields
    let first = known.startIndex
    var stated: [ConclusionField] = []
    var isBroken = false
    for field in syntax {
      guard let index = known.firstIndex(where: { $0.name == field.name.value }) else {
        reportUnknownField(field.name, owner.name, Array(known))
        isBroken = true
        continue
      }
      let value = fieldValue(
        field.value, or: field.otherReading, of: known[index], owner: .named("the field", known[index].name), in: place)
      guard let value else {
        isBroken = true
        continue
      }
      stated.append(ConclusionField(field: index - first + owner.offset, value: value, ifKnown: field.ifKnown))
    }
    return isBroken ? nil : stated
  }

  private mutating func reportUnknownField(_ name: LocatedText, _ owner: String, _ known: [Field]) {
    let names = known.map(\.name)
    let others = names.isEmpty ? "it has none" : "its fields are \(list(names))"
    diagnostics.report(
      .unknownField, "`\(owner)` has no field `\(name.value)`", at: name.span,
      help: didYouMean(name.value, names) ?? others)
  }

  private mutating func fieldValue(
    _ reading: ValueSyntax, or other: ValueSyntax? = nil, of field: Field, owner: Asker, in place: Environment
  ) -> Value? {
    let chosen = self.reading(reading, or: other, of: field.type, in: place)
    guard let value = plainValue(chosen, expecting: field.type, in: place),
      isClosed(value, owner, in: place)
    else { return nil }
    guard let fitting = fit(value, to: field.type, of: owner), isWholeIfAsked(fitting, field, owner) else { return nil }
    return fitting
  }

  /// A field without a unit holds whole numbers.
  private mutating func isWholeIfAsked(_ value: Value, _ field: Field, _ owner: Asker) -> Bool {
    guard field.type == .number, case .constant(.number(let number)) = value.form, !number.isWhole else { return true }
    diagnostics.report(
      .fractionOfWhole, "\(words(owner)) is a whole number, but `\(text(at: value.span))` is a fraction",
      at: value.span,
      help: "give it a whole number, or declare the field as a quantity")
    return false
  }

  /// A scalar may be read as a value or as a text; the type of the field decides.
  private func reading(
    _ first: ValueSyntax, or other: ValueSyntax?, of type: ValueType, in place: Environment
  ) -> ValueSyntax {
    if type == .text {
      if isVariableField(first, in: place) { return first }
      if let other, isVariableField(other, in: place) { return other }
      if first.isText { return first }
      if let other, other.isText { return other }
      return words(of: first)
    }
    if first.isText, let other, !other.isText { return other }
    return first
  }

  private func isVariableField(_ value: ValueSyntax, in place: Environment) -> Bool {
    if case .name(let name) = value.form { isVariableField(name, in: place) } else { false }
  }

  /// A single word that stands where a text is asked for.
  private func words(of value: ValueSyntax) -> ValueSyntax {
    guard case .name(let name) = value.form else { return value }
    let isNamed = vocabulary.factNamed[name] != nil || definitionNamed[name] != nil
    return isNamed ? value : ValueSyntax(.literal(.text(name)), value.span)
  }

  /// What is concluded may not be the wildcard of a table.
  private mutating func isClosed(_ value: Value, _ owner: Asker, in place: Environment) -> Bool {
    guard case .field(let variable, let field) = value.form, place.variables.indices.contains(variable),
      case .table(let id) = place.variables[variable].collection
    else { return true }
    let row = tables[id.index].rows.first { $0.cells.indices.contains(field) && $0.cells[field] == .any }
    guard let row else { return true }
    diagnostics.report(
      .openConclusion, "\(words(owner)) is taken from a cell `any`, but what is concluded cannot be left open",
      at: value.span, help: "write what is meant into the cell, or leave it empty", also: [(row.span, "the row")])
    return false
  }
}

/// What has fields that can be stated: a kind of conclusion, or a record.
private struct FieldOwner {
  var name: String
  var fields: ArraySlice<Field>
  /// The number of the first of them.
  var offset: Int
}

extension ValueSyntax {
  fileprivate var isText: Bool {
    switch form {
    case .template, .literal(.text): true
    default: false
    }
  }
}
