internal import ClinicalValues
internal import GuidelineSyntax
package import SourceText

/// Settles what the chosen documents mean together.
///
/// While it works, ids of definitions, tables and rules count everything that was written; at the end `compact` leaves
/// out what is broken and numbers anew.
struct Resolver: Sendable {
  let syntax: LibrarySyntax
  var vocabulary: Vocabulary
  var diagnostics: Diagnostics

  /// One entry for each chosen document, in the order of `DocumentID`.
  var documents: [Document] = []
  var documentIDs: [String] = []
  var visibility: [Visibility] = []
  var bodies: [GuidelineSyntax] = []

  var drafts: [DefinitionDraft] = []
  var definitionNamed: [String: Int] = [:]
  var tables: [KnowledgeTable] = []
  /// The places of the tables of a name; several documents may have one.
  var tablesNamed: [String: [Int]] = [:]
  /// Tables that were settled before, for all companies.
  let settledTables: [Span: SettledTable]
  var brokenTables: Set<Int> = []
  var ruleDrafts: [RuleDraft] = []
  /// What became of the drafts, document by document; nil when one is broken.
  var rules: [[Rule?]] = []
  /// Rule ids by document and by the name of a rule, of a row (`table#row`) or of a whole grid.
  var rulesNamed: [String: [String: [RuleID]]] = [:]
  /// What the whole of a document says of its sources, which nearly all of its rules inherit as it is.
  var annotationsOfDocument: [DocumentID: Annotations] = [:]
  /// For what is said of unknown names: the facts, and the definitions that a document sees.
  var knownNames: [DocumentID: [String]] = [:]
  /// The place of each loaded document by its id.
  var documentNumbers: [String: Int] = [:]
  var invariants: [Invariant] = []
  var derivedRecords: Set<RecordID> = []
  /// Groups whose terms have an order, because an ordered fact is one of them.
  let orderedGroups: Set<GroupID>

  init(
    _ syntax: LibrarySyntax, vocabulary: Vocabulary, diagnostics: Diagnostics,
    settledTables: [Span: SettledTable] = [:]
  ) {
    self.syntax = syntax
    self.settledTables = settledTables
    self.vocabulary = vocabulary
    self.diagnostics = diagnostics
    orderedGroups = Set(vocabulary.facts.filter(\.ordered).compactMap(\.type.group))
  }

  mutating func resolve(_ selected: [Int], on workers: some Workers) -> Library {
    addDocuments(selected)
    addSources()
    addTables()
    listDefinitions()
    listRules()
    findDerivedRecords()
    resolveDefinitions()
    for index in documents.indices { resolveScope(index) }
    resolveRules(on: workers)
    for index in documents.indices { resolveInvariants(DocumentID(index)) }
    return compact()
  }

  /// By now all names are known: the rules of a document are read with a copy of all that, beside those of others.
  private mutating func resolveRules(on workers: some Workers) {
    var ranges: [Range<Int>] = []
    for index in ruleDrafts.indices {
      if let last = ranges.last, ruleDrafts[last.lowerBound].document == ruleDrafts[index].document {
        ranges[ranges.count - 1] = last.lowerBound..<index + 1
      } else {
        ranges.append(index..<index + 1)
      }
    }
    var before = self
    before.diagnostics = Diagnostics()
    let (known, pieces) = (before, ranges)
    let parts = workers.map(pieces.count) { piece in
      var resolver = known
      let body = known.bodies[known.ruleDrafts[pieces[piece].lowerBound].document.index]
      let rules = pieces[piece].map { resolver.resolved(known.ruleDrafts[$0], in: body) }
      return (rules, resolver.diagnostics)
    }
    for (resolved, found) in parts {
      rules.append(resolved)
      diagnostics.append(found)
    }
  }

  mutating func addDocuments(_ selected: [Int]) {
    let graph = syntax.usesGraph
    for index in selected where syntax.documents.indices.contains(index) {
      let document = syntax.documents[index].syntax
      guard case .guideline(let body) = document.body else { continue }
      let header = document.header
      documentNumbers[header.id.value] = documentNumbers[header.id.value] ?? documentIDs.count
      documentIDs.append(header.id.value)
      bodies.append(body)
      visibility.append(
        graph.visibility(of: header.id.value, naming: header.uses.map { DocumentName($0.value).id }))
      documents.append(read(header))
    }
  }

  private func read(_ header: DocumentHeader) -> Document {
    var document = Document(
      id: header.id.value, kind: header.kind, version: header.version?.value ?? "",
      title: header.title?.value ?? header.id.value, span: header.span)
    document.edition = header.edition?.value
    document.from = header.inForce?.from.flatMap { Day(iso: $0.value) }
    document.until = header.inForce?.until.flatMap { Day(iso: $0.value) }
    document.reviewBy = header.inForce?.reviewBy.flatMap { Day(iso: $0.value) }
    return document
  }

  private mutating func resolveScope(_ index: Int) {
    guard !bodies[index].scope.isEmpty else { return }
    let place = Environment(document: DocumentID(index))
    let scope = conditions(bodies[index].scope, in: place)
    // Where the scope is broken, the guideline must not speak as if it had none.
    documents[index].scope = scope ?? Condition(.constant(.unknown), bodies[index].scope[0].span)
  }

  private mutating func resolveInvariants(_ id: DocumentID) {
    for syntax in bodies[id.index].invariants.sorted(by: { $0.id.value < $1.id.value }) {
      guard let never = conditions(syntax.never, in: Environment(document: id)) else { continue }
      invariants.append(
        Invariant(
          name: syntax.id.value, document: id, never: never, because: syntax.because?.value, span: syntax.span))
    }
  }

  /// Records that some rule derives: their rows come from rules alone.
  private mutating func findDerivedRecords() {
    if vocabulary.records.isEmpty { return }
    for draft in ruleDrafts {
      for conclusion in conclusions(of: draft) where conclusion.kind.value == "derive" {
        guard let name = derivedName(conclusion), let record = vocabulary.recordNamed[name.value] else { continue }
        derivedRecords.insert(record)
      }
    }
  }

  /// The name of the record that `{derive: <record>, …}` makes a row of.
  func derivedName(_ conclusion: ConclusionSyntax) -> LocatedText? {
    guard let subject = conclusion.subjects.first, case .name(let name) = subject.form else { return nil }
    return LocatedText(name, subject.span)
  }
}

/// A definition while it is being settled.
struct DefinitionDraft: Sendable {
  enum State: Sendable {
    case open, inWork, done(Definition), broken
  }

  var syntax: DefinitionSyntax
  var document: DocumentID
  var fact: FactID?
  var state = State.open

  var name: String { syntax.name.value }

  var isBroken: Bool {
    if case .broken = state { return true }
    return false
  }
}

/// A rule or a row of a grid while it is being settled.
struct RuleDraft: Sendable {
  /// Places in the body of the document: drafts are sorted, and the syntax of a rule is large.
  enum Form: Sendable {
    case rule(Int)
    case row(table: Int, row: Int)
  }

  var form: Form
  var name: String
  var document: DocumentID
  var family: Int
}

/// Settles what the selected documents of a library mean together.
///
/// What is broken is reported and left out; what remains can be compiled.
package func resolve(
  _ selected: [Int], of syntax: LibrarySyntax, vocabulary: Vocabulary, knowing settled: SettledTables = SettledTables(),
  on workers: some Workers = InOrder(), into diagnostics: inout Diagnostics
) -> Library {
  var resolver = Resolver(
    syntax, vocabulary: vocabulary, diagnostics: diagnostics, settledTables: settled.tables)
  defer { diagnostics = resolver.diagnostics }
  return resolver.resolve(selected, on: workers)
}

/// A knowledge table, and what is wrong with it.
struct SettledTable: Sendable {
  var table: KnowledgeTable
  var isBroken: Bool
  var found: Diagnostics
}

/// The knowledge tables of a library, read once for all companies of its documents.
package struct SettledTables: Sendable {
  fileprivate(set) var tables: [Span: SettledTable] = [:]

  package init() {}

  init(_ syntax: LibrarySyntax, vocabulary: Vocabulary, on workers: some Workers) {
    let parts = workers.map(syntax.documents.count) { index in
      var resolver = Resolver(syntax, vocabulary: vocabulary, diagnostics: Diagnostics())
      return resolver.settleTables(of: index)
    }
    for part in parts { tables.merge(part) { first, _ in first } }
  }
}
