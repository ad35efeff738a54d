internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText

/// What a conclusion, rule or row says of its sources, with what it inherits.
struct Annotations: Sendable {
  var strength: Grade?
  var certainty: Grade?
  var gradedAs: [TemplateElement] = []
  var citations: [Citation] = []
  var at: String?
  var quote: String?
  var comment: String?
}

/// What conclusions inherit from around them.
struct Inherited: Sendable {
  /// What it says for those that say nothing themselves.
  var notes: Annotations
  /// The same by levels, the nearest first.
  var levels: [AnnotationsSyntax]
}

/// One of the two grades that a conclusion has, with its words.
struct GradeScale {
  var name: String
  var words: [String]

  static let strength = GradeScale(name: "strength", words: ["strong", "conditional"])
  static let certainty = GradeScale(name: "certainty", words: ["high", "moderate", "low", "very_low"])
}

extension Resolver {
  /// Key by key from the nearest of several levels, the last of which is the document.
  ///
  /// Faults are reported at the level that states them; a level that is read several times reports the same fault, of
  /// which one is kept.
  mutating func annotations(_ levels: [AnnotationsSyntax], in place: Environment) -> Annotations {
    guard place.variables.isEmpty, levels.dropLast().allSatisfy(\.isEmpty) else {
      return read(levels, in: place)
    }
    return annotations(ofDocument: place)
  }

  /// What a conclusion says, with what it inherits.
  mutating func annotations(
    _ own: AnnotationsSyntax, _ inherited: Inherited, in place: Environment
  ) -> Annotations {
    own.isEmpty ? inherited.notes : annotations([own] + inherited.levels, in: place)
  }

  /// What is inherited where nothing is said: read for the first rule of the document only.
  mutating func annotations(ofDocument place: Environment) -> Annotations {
    if let known = annotationsOfDocument[place.document] { return known }
    let notes = read([bodies[place.document.index].annotations], in: place)
    annotationsOfDocument[place.document] = notes
    return notes
  }

  mutating func read(_ levels: [AnnotationsSyntax], in place: Environment) -> Annotations {
    var result = Annotations()
    if let strength = nearest(levels, { $0.strength }) { result.strength = grade(strength, .strength, in: place) }
    if let certainty = nearest(levels, { $0.certainty }) {
      result.certainty = grade(certainty, .certainty, in: place)
    }
    if let word = nearest(levels, { $0.gradedAs }) { result.gradedAs = gradedAs(word, in: place) }
    if let level = levels.firstIndex(where: { $0.sources != nil }), let sources = levels[level].sources {
      result.citations = citations(sources, in: place)
    }
    result.at = nearest(levels, { $0.at })?.value
    result.quote = nearest(levels, { $0.quote })?.value
    result.comment = nearest(levels, { $0.comment })?.value
    return result
  }

  private func nearest<Key>(_ levels: [AnnotationsSyntax], _ key: (AnnotationsSyntax) -> Key?) -> Key? {
    for level in levels { if let found = key(level) { return found } }
    return nil
  }

  /// A word is known when the library is compiled: only what stands in a table can be put in.
  private mutating func gradedAs(_ text: LocatedTemplate, in place: Environment) -> [TemplateElement] {
    guard let value = template(text.parts, at: text.span, in: place) else { return [] }
    switch value.form {
    case .constant(.text(let word)): return [.words(word)]
    case .template(let elements):
      for case .value(let part) in elements where !isCell(part, in: place) {
        diagnostics.report(
          .shapeMismatch, "`\(syntax.files.text(part.span))` is no column of a table, so no word of a scheme",
          at: part.span,
          help: "put in a column of the row over which the rule ranges")
        return []
      }
      return elements
    default: return []
    }
  }

  private func isCell(_ value: Value, in place: Environment) -> Bool {
    guard case .field(let variable, _) = value.form, case .table = place.variables[variable].collection else {
      return false
    }
    return true
  }

  private mutating func grade(
    _ text: LocatedText, _ scale: GradeScale, in place: Environment
  ) -> Grade? {
    if scale.words.contains(text.value) { return .word(text.value) }
    guard text.value.contains(".") else {
      reportGrade(text, scale)
      return nil
    }
    switch variableField(text, in: place) {
    case .field(let variable, let index, let field)?:
      guard field.type == .text || field.type.isTerm, !field.isSet else {
        diagnostics.report(
          .typeMismatch, "`\(text.value)` is \(vocabulary.words(for: field.type)), not a \(scale.name)", at: text.span,
          help: "take the \(scale.name) from a column of type `text`")
        return nil
      }
      checkGrades((variable, index), text, scale, in: place)
      return .column(variable: variable, field: index)
    case .broken?: return nil
    default:
      reportGrade(text, scale)
      return nil
    }
  }

  private mutating func reportGrade(_ text: LocatedText, _ scale: GradeScale) {
    let other: GradeScale = scale.name == GradeScale.strength.name ? .certainty : .strength
    let misplaced = other.words.contains(text.value) ? "did you mean `\(other.name): \(text.value)`?" : nil
    diagnostics.report(
      .unknownGrade, "`\(text.value)` is no \(scale.name)", at: text.span,
      help: misplaced ?? didYouMean(text.value, scale.words) ?? "write \(list(scale.words))")
  }

  /// Every row over which the variable ranges must hold one of the words, or nothing.
  private mutating func checkGrades(
    _ column: (variable: Int, field: Int), _ text: LocatedText, _ scale: GradeScale, in place: Environment
  ) {
    guard case .table(let id) = place.variables[column.variable].collection else { return }
    for row in tables[id.index].rows where row.cells.indices.contains(column.field) {
      guard case .one(let constant) = row.cells[column.field] else { continue }
      let word = self.word(constant, of: tables[id.index].columns[column.field].type)
      guard let word, !scale.words.contains(word) else { continue }
      diagnostics.report(
        .unknownGrade, "`\(word)` is no \(scale.name), in the row \(row.id.map { "`\($0)`" } ?? "at this place")",
        at: row.span,
        help: didYouMean(word, scale.words) ?? "write \(list(scale.words)), or leave the cell empty",
        also: [(text.span, "the \(scale.name) is taken from this column")])
    }
  }

  private func word(_ constant: Constant, of type: ValueType) -> String? {
    switch constant {
    case .text(let text): text
    case .term(let index): type.group.map { vocabulary[$0].terms[index].name }
    default: nil
    }
  }

  // MARK: Citations

  mutating func citations(_ syntax: [CitationSyntax], in place: Environment) -> [Citation] {
    syntax.compactMap { citation($0, in: place) }
  }

  private mutating func citation(_ syntax: CitationSyntax, in place: Environment) -> Citation? {
    let own = documentIDs[place.document.index]
    let name = syntax.document?.value ?? own
    guard let index = documentNumbers[name] else { return notLoaded(syntax, name) }
    guard name == own || visibility[place.document.index].sees(name) else {
      diagnostics.report(
        .nameNotVisible, "the source `\(syntax.source.value)` stands in `\(name)`, which is not used here",
        at: syntax.span, help: visibility[place.document.index].help(toSee: name))
      return nil
    }
    let sources = documents[index].sources
    guard let source = sources.first(where: { $0.id == syntax.source.value }) else {
      diagnostics.report(
        .unknownCitation, "`\(name)` has no source `\(syntax.source.value)`", at: syntax.source.span,
        help: didYouMean(syntax.source.value, sources.map(\.id)) ?? "declare it under `sources`")
      return nil
    }
    let statements = statements(of: syntax, source, in: place)
    return Citation(
      document: DocumentID(index), documentName: name, source: source.id, statements: statements, span: syntax.span)
  }

  /// A source of a document that is not loaded here: nothing can be said of it, unless no such document exists.
  private mutating func notLoaded(_ syntax: CitationSyntax, _ name: String) -> Citation? {
    guard self.syntax.ruleNames[name] != nil else {
      diagnostics.report(
        .unknownDocument, "the library has no document `\(name)` whose source could be cited", at: syntax.span,
        help: meantOrKnown(name, self.syntax.ruleNames.keys, "the documents with sources"))
      return nil
    }
    let statements = syntax.statements.map { Citation.StatementReference.id($0.value) }
    return Citation(
      document: nil, documentName: name, source: syntax.source.value, statements: statements, span: syntax.span)
  }

  /// The statements of a citation; where a whole sentence is written in place of them, not each word is a finding.
  private mutating func statements(
    of syntax: CitationSyntax, _ source: Source, in place: Environment
  ) -> [Citation.StatementReference] {
    var found: [Citation.StatementReference] = []
    for (index, text) in syntax.statements.enumerated() {
      guard index - found.count < Self.mostUnknownStatements else {
        diagnostics.report(
          .unknownStatement,
          "no more than \(Self.mostUnknownStatements) wrong statements of a citation are named; this one has "
            + "\(syntax.statements.count - index) further words",
          at: syntax.span, help: "write the ids of statements behind `#`, with a blank between them",
          also: [(source.span, "the source")])
        break
      }
      if let statement = statement(text, of: source, in: place) { found.append(statement) }
    }
    return found
  }

  private static let mostUnknownStatements = 8

  private mutating func statement(
    _ text: LocatedText, of source: Source, in place: Environment
  ) -> Citation.StatementReference? {
    if source.statements.contains(where: { $0.id == text.value }) { return .id(text.value) }
    switch variableField(text, in: place) {
    case .field(let variable, let index, let field)?:
      guard field.type == .text, !field.isSet else {
        diagnostics.report(
          .typeMismatch, "`\(text.value)` is \(vocabulary.words(for: field.type)), not the id of a statement",
          at: text.span, help: "take the statement from a column of type `text`")
        return nil
      }
      checkStatements((variable, index), text, source, in: place)
      return .column(variable: variable, field: index)
    case .broken?: return nil
    default:
      if source.isIncomplete { return .id(text.value) }
      diagnostics.report(
        .unknownStatement, "the source `\(source.id)` has no statement `\(text.value)`", at: text.span,
        help: didYouMean(text.value, source.statements.map(\.id)) ?? "declare it under `statements` of the source",
        also: [(source.span, "the source")])
      return nil
    }
  }

  /// Every row over which the variable ranges must name a statement of the source.
  private mutating func checkStatements(
    _ column: (variable: Int, field: Int), _ text: LocatedText, _ source: Source, in place: Environment
  ) {
    guard case .table(let id) = place.variables[column.variable].collection, !source.isIncomplete else { return }
    let known = Set(source.statements.map(\.id))
    for row in tables[id.index].rows where row.cells.indices.contains(column.field) {
      guard case .one(.text(let statement)) = row.cells[column.field], !known.contains(statement) else { continue }
      diagnostics.report(
        .unknownStatement, "the source `\(source.id)` has no statement `\(statement)`", at: row.span,
        help: didYouMean(statement, source.statements.map(\.id)) ?? "declare it under `statements` of the source",
        also: [(text.span, "the statements are taken from this column"), (source.span, "the source")])
    }
  }
}
