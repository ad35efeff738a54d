internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

/// What the rules of a library rest on: their words beside those of the statements that they cite.
struct Provenance {
  /// What stands at the name of a rule or row, or at a definition, in all documents.
  private(set) var parts: [Span: WrittenParts] = [:]
  /// The reasons that stand there besides `because` of the rule itself: those of its overrides.
  private(set) var reasons: [Span: [String]] = [:]
  /// Tables as they were written, by the place of their names.
  private(set) var tables: [Span: TableSyntax] = [:]
  private let context: LintContext

  init(_ context: LintContext) {
    self.context = context
    for document in context.syntax.documents {
      guard case .guideline(let body) = document.syntax.body else { continue }
      for rule in body.rules {
        parts[rule.id.span] = WrittenParts(rule)
        reasons[rule.id.span] = rule.overrides.compactMap { $0.because?.value }
      }
      for definition in body.definitions { parts[definition.span] = WrittenParts(definition) }
      for table in body.tables { add(table) }
    }
  }

  private mutating func add(_ table: TableSyntax) {
    tables[table.id.span] = table
    guard case .decision(let grid) = table.body else { return }
    for row in grid.rows {
      let place = row.id?.span ?? row.span
      parts[place] = WrittenParts(row, of: grid)
      reasons[place] =
        (grid.overrides + row.overrides).compactMap { $0.because?.value }
        + [table.annotations.because?.value].compactMap { $0 }
    }
  }

  /// What a rule says of itself, without what it cites.
  func texts(of rule: Rule) -> [String] { (rule.because.map { [$0] } ?? []) + (reasons[rule.nameSpan] ?? []) }

  /// Every rule once, with the first library in which it stands.
  static func eachRule(_ context: LintContext, _ report: (Rule, Library) -> Void) {
    var seen: Set<Span> = []
    for company in context.companies {
      for rule in company.library.rules where seen.insert(rule.nameSpan).inserted { report(rule, company.library) }
    }
  }
}

extension Library {
  /// The source that is cited; nil: its document is not loaded.
  func source(of citation: Citation) -> Source? {
    citation.document.flatMap { id in
      documents.indices.contains(id.index) ? self[id].sources.first { $0.id == citation.source } : nil
    }
  }

  /// Whether something that a rule cites stands in a document that is not loaded, or in a file that lacks something.
  func lacksWords(ofWhatIsCitedBy rule: Rule) -> Bool {
    rule.allCitations.contains { $0.document == nil || source(of: $0)?.isIncomplete == true }
  }

  /// Whether a rule cites, and ranges over, nothing but what stands in its own document: it cites the same in every company.
  func staysInItsDocument(_ rule: Rule) -> Bool {
    rule.allCitations.allSatisfy { $0.document == rule.document }
      && rule.variables.allSatisfy { variable in
        if case .table(let id) = variable.rows.collection { self[id].document == rule.document } else { true }
      }
  }

  /// Whether the statements of some source are not known.
  var hasIncompleteSource: Bool { documents.contains { $0.sources.contains(where: \.isIncomplete) } }

  /// The statements of a citation that are named one by one.
  func namedStatements(_ citation: Citation) -> [Statement] {
    guard let source = source(of: citation) else { return [] }
    return citation.statements.compactMap { reference in
      guard case .id(let id) = reference else { return nil }
      return source.statements.first { $0.id == id }
    }
  }

  /// The statement that a column of a citation names in a row.
  func statements(_ citation: Citation, for row: KnowledgeRow, of variable: Int) -> [Statement] {
    guard let source = source(of: citation) else { return [] }
    return citation.statements.compactMap { reference in
      guard case .column(variable, let field) = reference, row.cells.indices.contains(field),
        case .one(.text(let id)) = row.cells[field]
      else { return nil }
      return source.statements.first { $0.id == id }
    }
  }

  /// All statements that a citation may mean: those that are named, and those of every row.
  func statements(_ citation: Citation, of rule: Rule?) -> [Statement] {
    var found = namedStatements(citation)
    for reference in citation.statements {
      guard case .column(let variable, _) = reference, let rows = rule.flatMap({ knowledgeRows(of: variable, in: $0) })
      else { continue }
      found += rows.flatMap { statements(citation, for: $0, of: variable) }
      break
    }
    return found
  }
}

extension Rule {
  /// What the rule or one of its conclusions cites, each once.
  var allCitations: [Citation] {
    var seen: Set<Citation> = []
    return (citations + conclusions.flatMap(\.citations)).filter { seen.insert($0).inserted }
  }
}

extension Statement {
  /// Its words: what it says, and the sentence it was taken from.
  var words: [String] { [says] + (quote.map { [$0] } ?? []) }
}

extension Library {
  /// What a definition says of itself, and the words of the statements that it cites.
  func texts(of definition: Definition) -> [String] {
    (definition.because.map { [$0] } ?? [])
      + definition.citations.flatMap { namedStatements($0) }.flatMap(\.words)
  }
}

/// Which rules and definitions of a library read which definition, and what numbers they rest on.
struct DefinitionReaders {
  private let library: Library
  private var named: [String: [Int]] = [:]
  /// Definitions that read a definition, by its place in the library.
  private var above: [Int: Set<Int>] = [:]
  /// What the rules rest on that read it themselves.
  private var rules: [Int: [NumbersInText]] = [:]
  private var unknown: Set<Int> = []

  init(_ library: Library, _ provenance: Provenance) {
    self.library = library
    for (index, definition) in library.definitions.enumerated() { named[definition.name, default: []].append(index) }
    for (index, definition) in library.definitions.enumerated() {
      for read in self.definitions(in: provenance.parts[definition.span], of: definition.document) where read != index {
        above[read, default: []].insert(index)
      }
    }
  }

  mutating func note(_ rule: Rule, _ parts: WrittenParts, _ texts: NumbersInText) {
    for read in definitions(in: parts, of: rule.document) { rules[read, default: []].append(texts) }
  }

  /// A rule whose sources are not known: nobody can say of what it reads that no source gives it.
  mutating func leaveOut(_ parts: WrittenParts, of rule: Rule) {
    unknown.formUnion(definitions(in: parts, of: rule.document))
  }

  /// What those rest on that read a definition, directly or through others; nil: no rule does, or one is not known.
  func readers(of definition: Definition) -> [NumbersInText]? {
    guard let start = library.definitions.firstIndex(where: { $0.span == definition.span }) else { return nil }
    var reached: Set<Int> = [start]
    var open = [start]
    var found: [NumbersInText] = []
    var isRead = false
    while let next = open.popLast() {
      guard !unknown.contains(next) else { return nil }
      let texts = rules[next] ?? []
      isRead = isRead || !texts.isEmpty
      found += texts
      if next != start { found.append(NumbersInText(library.texts(of: library.definitions[next]))) }
      open += (above[next] ?? []).filter { reached.insert($0).inserted }
    }
    return isRead ? found : nil
  }

  /// A name means the definition of the own document, or else one of another.
  private func definitions(in parts: WrittenParts?, of document: DocumentID) -> Set<Int> {
    var found: Set<Int> = []
    for name in parts?.names ?? [] {
      guard let candidates = named[name] else { continue }
      let own = candidates.filter { library.definitions[$0].document == document }
      found.formUnion(own.isEmpty ? candidates : own)
    }
    return found
  }
}

extension LintContext {
  /// The cells of a knowledge table as they were written, by the place of the row and the name of the column.
  func cells(of table: TableSyntax) -> [Span: [String: LocatedText]] {
    guard case .knowledge(let body) = table.body else { return [:] }
    var rows = body.rows
    var header = body.columns.map(\.name.value)
    if let file = body.file, let csv = syntax.csv(file.value, beside: file.span.file) {
      rows = csv.rows
      header = csv.header.map(\.value)
    }
    var found: [Span: [String: LocatedText]] = [:]
    for row in rows {
      for (name, cell) in zip(header, row.cells) { found[row.span, default: [:]][name] = cell }
    }
    return found
  }
}

extension LocatedText {
  /// The number of a cell, with its unit.
  var number: WrittenNumber? {
    let words = value.split(separator: " ")
    guard let first = words.first, words.count <= 2 else { return nil }
    return WrittenNumber(
      LocatedText(String(first), span), unit: words.count == 2 ? LocatedText(String(words[1]), span) : nil)
  }
}
