internal import ClinicalValues
package import GuidelineSyntax
package import SourceText

/// What the names of a test suite are looked up in.
package struct TestSurroundings: Sendable {
  package var vocabulary: Vocabulary
  package var library: LibrarySyntax

  package init(vocabulary: Vocabulary, library: LibrarySyntax) {
    self.vocabulary = vocabulary
    self.library = library
  }
}

/// Settles a test suite: `from` is followed, facts are read, names are checked.
package func resolveTests(
  _ suite: TestSuiteSyntax, header: DocumentHeader, in surroundings: TestSurroundings,
  into diagnostics: inout Diagnostics
) -> TestSuite {
  var resolver = TestResolver(suite, surroundings, diagnostics)
  let cases = suite.cases.compactMap { resolver.resolve($0) }
  diagnostics = resolver.diagnostics
  return TestSuite(id: header.id.value, cases: cases, span: header.id.span)
}

/// Settles the cases of one suite.
struct TestResolver {
  let suite: TestSuiteSyntax
  let library: LibrarySyntax
  var resolver: Resolver
  var diagnostics: Diagnostics
  private var cases: [String: TestCaseSyntax] = [:]
  private var ownFacts: [String: PatientFacts] = [:]
  private let documents: [DocumentFacts]
  private var judgedPins: Set<PinsOnDay> = []
  private var definitionTypes: [[Int]: [String: ValueType]] = [:]

  var vocabulary: Vocabulary { resolver.vocabulary }

  init(_ suite: TestSuiteSyntax, _ surroundings: TestSurroundings, _ diagnostics: Diagnostics) {
    self.suite = suite
    library = surroundings.library
    self.diagnostics = diagnostics
    var scratch = Diagnostics()
    documents = library.documentFacts(into: &scratch)
    resolver = Resolver(library, vocabulary: surroundings.vocabulary, diagnostics: Diagnostics())
    resolver.seeEverything()
    for test in suite.cases where cases[test.name.value] == nil { cases[test.name.value] = test }
  }

  private struct PinsOnDay: Hashable {
    var pins: [Span]
    var today: Day
  }

  mutating func resolve(_ syntax: TestCaseSyntax) -> TestCase? {
    guard let chain = chain(of: syntax), let selection = selection(of: chain) else { return nil }
    var facts = PatientFacts()
    for test in chain.reversed() { facts.takeOver(given(of: test)) }
    var test = TestCase(name: syntax.name.value, selection: selection, facts: facts, span: syntax.span)
    test.title = syntax.title?.value
    test.expect = syntax.expect.compactMap { pattern($0) }
    test.never = syntax.never.compactMap { pattern($0) }
    test.needs = syntax.needs.compactMap { need($0) }
    test.derives = syntax.derives.compactMap { derived($0, selection) }
    test.conflicts = syntax.conflicts.compactMap { conflict($0) }
    test.outOfScope = syntax.outOfScope.compactMap { guideline($0) }
    return test
  }

  // MARK: From

  /// The case and those it takes over from, itself first; nil when a name is unknown or they go round.
  private mutating func chain(of syntax: TestCaseSyntax) -> [TestCaseSyntax]? {
    var chain = [syntax]
    var names: Set<String> = [syntax.name.value]
    while let from = chain[chain.count - 1].from {
      guard let next = cases[from.value] else {
        diagnostics.report(
          .unknownCase, "there is no case `\(from.value)` to take over from", at: from.span,
          help: didYouMean(from.value, suite.cases.map(\.name.value))
            ?? "the cases here are \(list(suite.cases.map { "`\($0.name.value)`" }))")
        return nil
      }
      guard names.insert(from.value).inserted else {
        let circle = chain.map(\.name.value).drop { $0 != from.value }
        // Each case of a circle comes to this place: one of them tells.
        guard circle.min() == syntax.name.value else { return nil }
        let way = (circle + [from.value]).joined(separator: " → ")
        diagnostics.report(
          .caseCycle, "the cases take over from each other in a circle: \(way)", at: from.span,
          help: "give one of them all its facts")
        return nil
      }
      chain.append(next)
    }
    return chain
  }

  private mutating func given(of test: TestCaseSyntax) -> PatientFacts {
    if let read = ownFacts[test.name.value] { return read }
    guard let data = test.given else { return PatientFacts() }
    let facts = readFacts(data, vocabulary: vocabulary, into: &diagnostics)
    ownFacts[test.name.value] = facts
    return facts
  }

  private mutating func selection(of chain: [TestCaseSyntax]) -> Selection? {
    guard let written = chain.lazy.compactMap(\.today).first ?? suite.today else {
      diagnostics.report(
        .missingField, "the case `\(chain[0].name.value)` has no `today`", at: chain[0].name.span,
        help: "write `today: 2026-06-01` at the head of the suite")
      return nil
    }
    guard let today = readPeriodDay(written, into: &diagnostics) else { return nil }
    guard let use = chain.lazy.compactMap(\.use).first ?? suite.use else { return .inForce(on: today) }
    let selection = Selection.pinned(use.map { Pin($0.value, span: $0.span) }, on: today)
    // Cases of one suite ask for the same editions: what is wrong with these is said at each place once.
    if judgedPins.insert(PinsOnDay(pins: use.map(\.span), today: today)).inserted {
      _ = select(selection, from: library, into: &diagnostics)
    }
    return selection
  }

  // MARK: Names

  private mutating func need(_ name: LocatedText) -> NeedExpectation? {
    if let fact = vocabulary.factNamed[name.value] {
      return NeedExpectation(target: .fact(fact), name: name.value, span: name.span)
    }
    if let record = vocabulary.recordNamed[name.value] {
      return NeedExpectation(target: .record(record), name: name.value, span: name.span)
    }
    for (index, record) in vocabulary.records.enumerated() where name.value.hasPrefix(record.name + ".") {
      let field = name.value.dropFirst(record.name.count + 1)
      guard let place = record.fields.firstIndex(where: { $0.name == field }) else { continue }
      return NeedExpectation(target: .field(RecordID(index), place), name: name.value, span: name.span)
    }
    let known = vocabulary.facts.map(\.name) + vocabulary.records.map(\.name)
    diagnostics.report(
      .unknownFact, "nobody can be asked for `\(name.value)`: there is no such fact or record", at: name.span,
      help: didYouMean(name.value, known) ?? "name a fact or record of a vocabulary, or a field of a record")
    return nil
  }

  private mutating func derived(_ syntax: DerivedExpectationSyntax, _ selection: Selection) -> DerivedExpectation? {
    let name = syntax.name
    let target: DerivedExpectation.Target
    let type: ValueType
    if let fact = vocabulary.factNamed[name.value] {
      guard vocabulary[fact].shape == .scalar else {
        diagnostics.report(
          .shapeMismatch, "`\(name.value)` is no single value that could be derived", at: name.span,
          help: "expect a conclusion instead")
        return nil
      }
      (target, type) = (.fact(fact), vocabulary[fact].type)
    } else if let found = definitions(of: selection)[name.value] {
      (target, type) = (.definition(name.value), found)
    } else {
      let known = vocabulary.facts.map(\.name) + definitions(of: selection).keys
      diagnostics.report(
        .unknownFact, "nothing that is loaded here derives `\(name.value)`", at: name.span,
        help: didYouMean(name.value, known) ?? "name a fact, or a definition of the documents that the case uses")
      return nil
    }
    var reader = FactReader(vocabulary: vocabulary, diagnostics: diagnostics)
    let asked = AskedValue(name: name.value, type: type, mayBeNone: true)
    let value = reader.value(syntax.value, asked)
    diagnostics = reader.diagnostics
    return value.map {
      DerivedExpectation(target: target, type: type, value: $0, name: name.value, span: name.span)
    }
  }

  /// The types of the definitions that a selection loads; read without reports, which the check of the library makes.
  private mutating func definitions(of selection: Selection) -> [String: ValueType] {
    var scratch = Diagnostics()
    let selected = select(selection, from: library, into: &scratch)
    if let known = definitionTypes[selected] { return known }
    let loaded = GuidelineModel.resolve(selected, of: library, vocabulary: vocabulary, into: &scratch)
    var types: [String: ValueType] = [:]
    for definition in loaded.definitions { types[definition.name] = definition.type }
    definitionTypes[selected] = types
    return types
  }

  private mutating func guideline(_ name: LocatedText) -> NamedPlace? {
    let known = documents.filter { $0.kind == .guideline }.map(\.id)
    guard known.contains(name.value) else {
      diagnostics.report(
        .unknownDocument, "the library has no guideline `\(name.value)`", at: name.span,
        help: meantOrKnown(name.value, known, "the guidelines"))
      return nil
    }
    return NamedPlace(name: name.value, span: name.span)
  }

  private mutating func conflict(_ syntax: ConflictExpectationSyntax) -> ConflictExpectation? {
    switch syntax {
    case .conclusions(let first, let second, let span):
      let patterns = [pattern(first), pattern(second)].compactMap { $0 }
      return patterns.count == 2 ? .conclusions(patterns[0], patterns[1], span) : nil
    case .facts(let names, let span):
      let facts = names.compactMap { name -> FactID? in
        if let fact = vocabulary.factNamed[name.value] { return fact }
        diagnostics.report(
          .unknownFact, "there is no fact named `\(name.value)`", at: name.span,
          help: didYouMean(name.value, vocabulary.facts.map(\.name)) ?? "name facts of a vocabulary")
        return nil
      }
      return facts.count == names.count ? .facts(facts, span) : nil
    }
  }
}

extension PatientFacts {
  /// Takes over what another states, fact by fact; a set, series or record as a whole.
  package mutating func takeOver(_ other: PatientFacts) {
    scalars.merge(other.scalars) { $1 }
    sets.merge(other.sets) { $1 }
    series.merge(other.series) { $1 }
    records.merge(other.records) { $1 }
  }
}
