internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineKit
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension CompanyAnalysis {
  /// A patient in the words of the language, with what the engine concludes of these places.
  ///
  /// `test`: what the ready test case demands, as lines of a case (`never: …`); nil: no test is offered.
  mutating func example(
    _ witness: Witness, showing places: [PlaceID], named name: String, test: [String]? = nil
  ) -> ExamplePatient {
    let facts = FactText(library.vocabulary).lines(witness.facts)
    return ExamplePatient(
      facts: facts, outcome: outcome(witness, places),
      test: test.map { document(name, facts, $0) })
  }

  /// `recommend azathioprine in line first_line (certain), by sjogren-azathioprine/maintenance`.
  private func outcome(_ witness: Witness, _ places: [PlaceID]) -> [String] {
    let standing = analysis.asking(witness.facts) { session in
      places.map { place in
        [Reading.cautious, .presuming].map { reading in
          session.concluded(place, reading).contains { $0.stands == .yes }
        }
      }
    }
    return zip(places, standing).compactMap { place, stands in
      guard stands[1] else { return nil }
      let status = stands[0] ? "certain" : "provisional"
      return "\(words(of: place)) (\(status)), by \(qualifiedName(rule(of: place)))"
    }
  }

  func qualifiedName(_ rule: Rule) -> String { "\(library[rule.document].id)/\(rule.name)" }

  /// A conclusion as it is written in a condition, with the fields that are constants.
  func words(of place: PlaceID) -> String {
    let node = graph[place]
    let kind = library.vocabulary[KindID(Int(node.kind))]
    var words = kind.name
    for field in node.fields where kind.fields.indices.contains(Int(field.column)) {
      let declared = kind.fields[Int(field.column)]
      guard let value = constantText(field.value, declared.type) else { continue }
      words += field.column == 0 ? " \(value)" : ", \(declared.name) \(value)"
    }
    return words
  }

  /// What conclusions are about, each once: a permission of the configuration may name it.
  func subjects(of places: [PlaceID]) -> [String] {
    var found: [String] = []
    for place in places {
      let kind = library.vocabulary[KindID(Int(graph[place].kind))]
      guard let field = graph[place].fields.first(where: { $0.column == 0 }), let declared = kind.fields.first,
        let name = constantText(field.value, declared.type), !found.contains(name)
      else { continue }
      found.append(name)
    }
    return found
  }

  /// The name of a term, or a number with its unit; nil: it depends on the patient.
  func constantText(_ value: ValueID, _ type: ValueType) -> String? {
    guard case .constant(let id) = graph[value] else { return nil }
    let estimate = graph.estimates[id.index]
    switch (estimate.values, type) {
    case (.terms(let terms), .term(let group)):
      return terms.single.map { library.vocabulary[group].terms[$0].name }
    case (.interval(let interval), .quantity(let unit)):
      return interval.single.flatMap { unit.value(ofCanonical: $0) }.map { "\($0.canonicalDecimal) \(unit.symbol)" }
    case (.interval(let interval), .duration): return interval.single.map { "\($0.canonicalDecimal) d" }
    case (.interval(let interval), .number): return interval.single.map(\.canonicalDecimal)
    case (.text(let text), _):
      let texts = program.sourceMap.texts
      return texts.indices.contains(Int(text.index)) ? "\"\(texts[Int(text.index)])\"" : nil
    default: return nil
    }
  }

  /// A pattern of a test for a conclusion: `{recommend: azathioprine, line: first_line}`.
  func pattern(of place: PlaceID, fields wanted: Set<Int>? = nil) -> String {
    let node = graph[place]
    let kind = library.vocabulary[KindID(Int(node.kind))]
    var parts: [String] = []
    for field in node.fields where wanted?.contains(Int(field.column)) ?? true {
      guard kind.fields.indices.contains(Int(field.column)) else { continue }
      let declared = kind.fields[Int(field.column)]
      guard let value = constantText(field.value, declared.type) else { continue }
      parts.append(field.column == 0 ? "\(kind.name): \(value)" : "\(declared.name): \(value)")
    }
    return "{\(parts.joined(separator: ", "))}"
  }

  /// A whole `tests:` document.
  private func document(_ name: String, _ facts: [String], _ demands: [String]) -> String {
    var lines = ["tests: \(name)", "today: \(analysis.today.iso)", selection, "cases:", "  \(name):", "    given:"]
    lines += facts.isEmpty ? ["      {}"] : facts.map { "      \($0)" }
    lines += demands.map { "    \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private var selection: String {
    guard company.isLonely else { return "library: all" }
    let guidelines = library.documents.filter { $0.kind == .guideline }.map { document in
      document.edition.map { "\(document.id)@\($0)" } ?? document.id
    }
    return "use: [\(guidelines.joined(separator: ", "))]"
  }

  /// Says that a question was not decided, in this company.
  func undecided(_ what: String, _ reason: String, at span: Span, into found: inout CheckFindings) {
    found.reportUndecided(
      "not decided: \(what); \(reason)", at: span,
      help: ["no such patient was found, and none was excluded; split the rule, or test these patients by hand"])
  }
}
