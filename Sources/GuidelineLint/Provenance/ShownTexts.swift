internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

/// A text that people read: in an answer, in a question, in a listing.
struct ShownText {
  /// "the title of `maintenance`".
  var what: String
  var text: LocatedText
  var isTitle = false
}

extension LintContext {
  /// The texts that people read, document by document; words that a source is quoted with are not among them.
  func shownTexts(of document: LibraryDocument) -> [ShownText] {
    let header = document.syntax.header
    var found: [ShownText] = []
    found.add("the title of `\(header.id.value)`", header.title, isTitle: true)
    found.add("the comment of `\(header.id.value)`", header.comment)
    switch document.syntax.body {
    case .guideline(let body): found.add(body, files)
    case .vocabulary(let body): found.add(body)
    case .tests, .broken: break
    }
    return found
  }
}

extension [ShownText] {
  fileprivate mutating func add(_ what: String, _ text: LocatedText?, isTitle: Bool = false) {
    if let text { append(ShownText(what: what, text: text, isTitle: isTitle)) }
  }

  fileprivate mutating func add(_ vocabulary: VocabularySyntax) {
    for term in vocabulary.groups.flatMap(\.terms) { add("the label of `\(term.name.value)`", term.label) }
    for fact in vocabulary.facts { add("the question for `\(fact.name.value)`", fact.ask) }
    for record in vocabulary.records { add("the question for `\(record.name.value)`", record.ask) }
  }

  fileprivate mutating func add(_ body: GuidelineSyntax, _ files: SourceFiles) {
    for statement in body.sources.flatMap(\.statements) { add("the statement `\(statement.id.value)`", statement.says) }
    for definition in body.definitions { add("the reason of `\(definition.name.value)`", definition.because) }
    for invariant in body.invariants { add("the reason of `\(invariant.id.value)`", invariant.because) }
    for rule in body.rules {
      add("the title of `\(rule.id.value)`", rule.title, isTitle: true)
      add(rule.annotations, of: rule.id.value)
      for override in rule.overrides { add("a reason of `\(rule.id.value)`", override.because) }
      for conclusion in rule.then { add(conclusion, of: rule.id.value, files) }
    }
    for table in body.tables {
      add("the title of `\(table.id.value)`", table.title, isTitle: true)
      add(table.annotations, of: table.id.value)
      guard case .decision(let grid) = table.body else { continue }
      for row in grid.rows {
        add(row.annotations, of: table.id.value)
        for conclusion in row.then { add(conclusion, of: table.id.value, files) }
      }
    }
  }

  private mutating func add(_ annotations: AnnotationsSyntax, of name: String) {
    add("the reason of `\(name)`", annotations.because)
    add("the comment of `\(name)`", annotations.comment)
  }

  private mutating func add(_ conclusion: ConclusionSyntax, of name: String, _ files: SourceFiles) {
    for subject in conclusion.subjects {
      switch subject.form {
      case .template, .literal(.text):
        add("a text of `\(name)`", LocatedText(files.text(subject.span), subject.span))
      default: break
      }
    }
    for field in conclusion.fields where field.isQuoted { add("a text of `\(name)`", field.raw) }
    add(conclusion.annotations, of: name)
  }
}
