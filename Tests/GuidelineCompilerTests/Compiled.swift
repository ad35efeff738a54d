internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText
internal import Testing

/// A few documents, read, resolved and compiled on a day.
struct Compiled {
  let files: SourceFiles
  let library: Library
  let program: Program?
  let found: [Diagnostic]

  /// The rules stand in a guideline `g` that uses the vocabulary of these tests.
  init(_ body: String, day: String = "2025-06-01", also others: [(path: String, text: String)] = []) throws {
    let guideline = Self.header("g") + body
    try self.init([("g.yaml", guideline), ("words.yaml", Self.words)] + others, day: day)
  }

  init(_ texts: [(path: String, text: String)], day: String = "2025-06-01") throws {
    var files = SourceFiles()
    for text in texts { files.add(path: text.path, bytes: Array(text.text.utf8)) }
    var diagnostics = Diagnostics()
    let syntax = readLibrary(files, into: &diagnostics)
    let vocabulary = checkLibrary(syntax, into: &diagnostics)
    let today = try #require(Day(iso: day))
    let selected = select(.inForce(on: today), from: syntax, into: &diagnostics)
    library = resolve(selected, of: syntax, vocabulary: vocabulary, into: &diagnostics)
    let faults = diagnostics.sorted(in: files).filter { $0.code.severity == .error }
    // What is tested here is the compiler: the content must be clean so far.
    try #require(faults.isEmpty, "\(DiagnosticRenderer(style: .full, color: false).render(faults, in: files))")
    var compiling = Diagnostics()
    program = Program.compile(library, into: &compiling)
    found = compiling.sorted(in: files)
    self.files = files
  }

  static func header(_ id: String, edition: String = "1", from: String = "2020-01-01") -> String {
    """
    guideline: \(id)
    title: A guideline of these tests
    version: \(edition).0.0
    edition: "\(edition)"
    in_force: {from: \(from)}
    uses: [words]

    """
  }

  static let words = """
    vocabulary: words
    version: 1.0.0
    terms:
      agent: {azathioprine: {}, mycophenolate: {}, rituximab: {}}
      line: {first: {}, second: {}}
    facts:
      bleeding: {type: yes_no}
      fever: {type: yes_no}
      weight: {type: quantity, unit: kg}
      chosen: {type: one of agent}
    records:
      contact: {fields: {giver: one of agent, taker: one of agent, days: whole_number}}
      reach: {fields: {giver: one of agent, taker: one of agent, days: whole_number}}
    conclusions:
      recommend: {subject: one of agent, fields: {line: one of line, rank: whole_number}}
      against: {subject: one of agent, fields: {line: one of line}}
    """

  /// The findings without the excerpts: message, notes, and the name at each place.
  var golden: String {
    found.map { finding in
      var lines = ["\(finding.code.id) \(finding.code.name): \(finding.message)"]
      if let span = finding.span { lines.append("at \(files.describe(span)) \(name(at: span))") }
      lines += finding.related.map { "and \(files.describe($0.span)) \(name(at: $0.span)): \($0.label)" }
      lines += finding.notes.map { "note: \($0)" }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// What stands at a place, up to the colon of a key.
  private func name(at span: Span) -> String { String(files.text(span).prefix { $0 != ":" }) }

  /// A patient of whom nothing is given.
  func session() throws -> Session {
    let program = try #require(program)
    var session = Session(program.graph, today: Day(number: 20_000))
    _ = program.takeIn(PatientFacts(), into: &session)
    session.run()
    return session
  }

  /// The rows of a table that a rule was unrolled over.
  func nodes(of rule: String) throws -> Int {
    let program = try #require(program)
    let index = try #require(library.rules.firstIndex { $0.name == rule })
    return program.sourceMap.nodesOfRule[index].count
  }
}
