internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

// Patterns over conclusions: names compare exactly.

extension Resolver {
  mutating func pattern(_ syntax: PatternSyntax, in place: Environment) -> Pattern? {
    guard let kind = kind(syntax.kind, in: place) else { return nil }
    var isBroken = false
    var fields: [PatternField] = []
    if let subject = patternField(0, of: kind, syntax.subjects, in: place) {
      fields.append(subject)
    } else {
      isBroken = true
    }
    for field in syntax.fields {
      guard let index = fieldIndex(field.name, of: kind),
        let read = patternField(index, of: kind, field.values, in: place)
      else {
        isBroken = true
        continue
      }
      fields.append(read)
    }
    // A subject that is left open asks for nothing: every conclusion has one.
    let asked = fields.filter { $0.field != 0 || $0.values != nil }
    return isBroken ? nil : Pattern(kind: kind, fields: asked, span: syntax.span)
  }

  mutating func kind(_ name: LocatedText, in place: Environment) -> KindID? {
    guard let kind = vocabulary.kindNamed[name.value] else {
      diagnostics.report(
        .unknownKind, "there is no kind of conclusion named `\(name.value)`", at: name.span,
        help: meantOrKnown(name.value, vocabulary.kinds.map(\.name), "the kinds"))
      return nil
    }
    return sees(vocabulary[kind].document, "kind of conclusion", name, in: place) ? kind : nil
  }

  private mutating func fieldIndex(_ name: LocatedText, of kind: KindID) -> Int? {
    let fields = vocabulary[kind].fields
    if let index = fields.firstIndex(where: { $0.name == name.value }) { return index }
    diagnostics.report(
      .unknownField, "`\(vocabulary[kind].name)` has no field `\(name.value)`", at: name.span,
      help: didYouMean(name.value, fields.map(\.name))
        ?? "its fields are \(list(fields.dropFirst().map { "`\($0.name)`" }))")
    return nil
  }

  private mutating func patternField(
    _ index: Int, of kind: KindID, _ operands: [OperandSyntax], in place: Environment
  ) -> PatternField? {
    let field = vocabulary[kind].fields[index]
    let isOpen = operands.contains { if case .any = $0.form { true } else { false } }
    if isOpen { return PatternField(field: index, values: nil) }
    let owner: Asker = index == 0 ? .named("the subject of", vocabulary[kind].name) : .named("the field", field.name)
    let read = operands.map { patternValue($0, of: field.type, owner: owner, in: place) }
    let known = read.compactMap { $0 }
    return known.count == read.count ? PatternField(field: index, values: known) : nil
  }

  private mutating func patternValue(
    _ syntax: OperandSyntax, of type: ValueType, owner: Asker, in place: Environment
  ) -> Value? {
    if type == .text, case .name(let words) = syntax.form, !isVariableField(words, in: place) {
      return Value(.constant(.text(words)), type: .text, syntax.span)
    }
    switch operand(syntax, of: type, owner: owner, in: place) {
    case .term(let index)?: return Value(.constant(.term(index)), type: type, syntax.span)
    case .value(let value)?: return value
    case nil: return nil
    }
  }

  func isVariableField(_ name: String, in place: Environment) -> Bool {
    guard !place.variables.isEmpty, let dot = name.firstIndex(of: ".") else { return false }
    return place.variables.contains { $0.name == String(name[..<dot]) }
  }
}
