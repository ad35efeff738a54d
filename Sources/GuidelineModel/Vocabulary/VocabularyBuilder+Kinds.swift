internal import GuidelineSyntax
internal import SourceText

// Kinds of conclusions, conflicts between them, and names that must not mean two things.

extension VocabularyBuilder {
  mutating func addKinds(_ body: VocabularySyntax, of seen: Visibility) {
    for syntax in body.kinds {
      let name = syntax.name.value
      if let earlier = vocabulary.kindNamed[name] {
        reportTwice("kind of conclusion", name, syntax.name.span, vocabulary[earlier].span)
        continue
      }
      guard let subject = vocabulary.type(syntax.subject, seen: seen, into: &diagnostics) else { continue }
      guard subject.shape == .scalar else {
        diagnostics.report(
          .shapeMismatch, "the subject of `\(name)` must be one value, not several", at: syntax.subject.span,
          help: "a rule may list several subjects: they make as many conclusions")
        continue
      }
      var all = [Field(name: "subject", type: subject.type, span: syntax.name.span)]
      all += declaredFields(syntax, seen)
      all.append(Field(name: "guideline", type: .text, span: syntax.name.span))
      vocabulary.kindNamed[name] = KindID(vocabulary.kinds.count)
      vocabulary.kinds.append(
        ConclusionKind(
          name: name, fields: all, isGraded: syntax.graded, document: seen.document, span: syntax.name.span))
    }
  }

  private mutating func declaredFields(_ syntax: ConclusionKindSyntax, _ seen: Visibility) -> [Field] {
    let kept: Set<String> = ["subject", "guideline", "rule", "status", "strength", "certainty", syntax.name.value]
    return fields(syntax.fields, of: syntax.name.value, seen).filter { field in
      guard kept.contains(field.name) else { return true }
      diagnostics.report(
        .nameTaken,
        "no field of `\(syntax.name.value)` can be called `\(field.name)`: every conclusion has one already",
        at: field.span, help: "give the field another name")
      return false
    }
  }

  mutating func addConflicts(_ body: VocabularySyntax, of seen: Visibility) {
    for syntax in body.conflicts {
      let kinds = syntax.between.compactMap { kind($0, seen) }
      guard kinds.count == 2, syntax.between.count == 2 else { continue }
      let pairs = syntax.same.compactMap { pair($0, of: kinds[0], and: kinds[1]) }
      guard pairs.count == syntax.same.count else { continue }
      vocabulary.conflicts.append(ConflictRule(first: kinds[0], second: kinds[1], same: pairs, span: syntax.span))
    }
  }

  private mutating func kind(_ name: LocatedText, _ seen: Visibility) -> KindID? {
    guard let id = vocabulary.kindNamed[name.value] else {
      diagnostics.report(
        .unknownKind, "there is no kind of conclusion named `\(name.value)`", at: name.span,
        help: meantOrKnown(name.value, vocabulary.kinds.map(\.name), "the kinds"))
      return nil
    }
    guard seen.sees(vocabulary[id].document) else {
      diagnostics.report(
        .nameNotVisible, "`\(name.value)` is declared in `\(vocabulary[id].document)`, which is not used here",
        at: name.span, help: seen.help(toSee: vocabulary[id].document))
      return nil
    }
    return id
  }

  private mutating func pair(_ name: LocatedText, of first: KindID, and second: KindID) -> FieldPair? {
    var places: [Int] = []
    for id in [first, second] {
      let fields = vocabulary[id].fields
      guard let place = fields.firstIndex(where: { $0.name == name.value }) else {
        diagnostics.report(
          .unknownField, "`\(vocabulary[id].name)` has no field `\(name.value)`", at: name.span,
          help: meantOrKnown(name.value, fields.map(\.name), "its fields"),
          also: [(vocabulary[id].span, "`\(vocabulary[id].name)` is declared here")])
        return nil
      }
      places.append(place)
    }
    let types = (vocabulary[first].fields[places[0]].type, vocabulary[second].fields[places[1]].type)
    guard vocabulary.areComparable(types.0, types.1) else {
      diagnostics.report(
        .typeMismatch,
        "`\(name.value)` of `\(vocabulary[first].name)` is \(vocabulary.words(for: types.0)), of "
          + "`\(vocabulary[second].name)` it is \(vocabulary.words(for: types.1))", at: name.span,
        help: "name a field that both kinds have with one type")
      return nil
    }
    return FieldPair(first: places[0], second: places[1])
  }

  // MARK: Names that mean two things

  mutating func reportNamesTwiceUsed() {
    for fact in vocabulary.facts {
      let group = vocabulary.groups.dropFirst().first { $0.termNamed[fact.name] != nil }
      let term = group.flatMap { group in group.termNamed[fact.name].map { group.terms[$0].span } }
      if let term { reportTaken("fact `\(fact.name)`", fact.span, "a term", term) }
      if let record = vocabulary.recordNamed[fact.name] {
        reportTaken("fact `\(fact.name)`", fact.span, "a record", vocabulary[record].span)
      }
    }
    for kind in vocabulary.kinds {
      guard let record = vocabulary.recordNamed[kind.name] else { continue }
      reportTaken("kind of conclusion `\(kind.name)`", kind.span, "a record", vocabulary[record].span)
    }
  }

  private mutating func reportTaken(_ what: String, _ span: Span, _ other: String, _ place: Span) {
    diagnostics.report(
      .nameTaken, "the \(what) has the name of \(other)", at: span, help: "give one of them another name",
      also: [(place, "\(other) is called so here")])
  }
}
