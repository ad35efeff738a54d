internal import GuidelineSyntax
internal import SourceText

// Patterns of tests: those of the language, and what every conclusion has besides its fields.

extension TestResolver {
  private static let statuses = ["certain", "provisional", "possible", "overridden"]
  private static let strengths = ["strong", "conditional"]
  private static let certainties = ["high", "moderate", "low", "very_low"]

  mutating func pattern(_ syntax: PatternSyntax) -> TestPattern? {
    var own = syntax
    var extra: [PatternFieldSyntax] = []
    let shared: Set<String> = ["status", "strength", "certainty", "rule", "guideline"]
    own.fields = syntax.fields.filter { field in
      guard shared.contains(field.name.value) else { return true }
      extra.append(field)
      return false
    }
    swap(&resolver.diagnostics, &diagnostics)
    let read = resolver.pattern(own, in: Environment(document: DocumentID(0)))
    swap(&resolver.diagnostics, &diagnostics)
    guard let read else { return nil }
    var pattern = TestPattern(pattern: read, span: syntax.span)
    for field in extra where !add(field, to: &pattern) { return nil }
    return pattern
  }

  private mutating func add(_ field: PatternFieldSyntax, to pattern: inout TestPattern) -> Bool {
    guard let words = words(of: field) else { return false }
    switch field.name.value {
    case "status": pattern.status = words
    case "strength": pattern.strength = words
    case "certainty": pattern.certainty = words
    case "rule": pattern.rule = words
    default: pattern.guideline = words
    }
    return true
  }

  private mutating func words(of field: PatternFieldSyntax) -> [String]? {
    let allowed: [String]
    switch field.name.value {
    case "status": allowed = Self.statuses
    case "strength": allowed = Self.strengths
    case "certainty": allowed = Self.certainties
    default: allowed = []
    }
    var words: [String] = []
    for value in field.values {
      let word: String
      switch value.form {
      case .name(let name), .literal(.text(let name)): word = name
      case .any, .literal: word = ""
      }
      guard !word.isEmpty, allowed.isEmpty || allowed.contains(word) else {
        diagnostics.report(
          .unknownGrade, "`\(word)` is no \(field.name.value)", at: value.span,
          help: didYouMean(word, allowed) ?? (allowed.isEmpty ? "write a name" : "write \(list(allowed))"))
        return nil
      }
      words.append(word)
    }
    return words
  }
}

extension Resolver {
  /// A place outside of all documents that sees every name: for tests and patients.
  mutating func seeEverything() {
    let all = Set(syntax.documents.map(\.syntax.header.id.value))
    documentIDs = [""]
    visibility = [Visibility(document: "", seen: all)]
    bodies = [GuidelineSyntax()]
  }
}
