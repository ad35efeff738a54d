internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

/// What a conclusion is for.
///
/// The linter knows no drug and no test: it knows what the kinds of conclusions do, by their names or as a project says
/// under `roles`.
enum Role: String, Sendable, CaseIterable {
  /// Offers an agent.
  case recommend
  /// Advises against an agent.
  case against
  /// Ends a treatment.
  case stop
  /// Replaces an agent by another.
  case change = "switch"
  /// States how much.
  case dose
  /// Orders a test once.
  case test
  /// Orders a test again and again.
  case monitor
  /// Tells what an agent may do to the patient.
  case inform
  /// Draws attention to something.
  case warn
}

/// What a project says of its conclusions and of its drugs.
struct SafetySettings: Sendable {
  /// The kinds of a role; a role that is not named has the kind of its own name.
  var kinds: [Role: [LocatedText]] = [:]
  var demands: [AgentDemands] = []
  /// The facts that hold the result of a test.
  var results: [TestResults] = []
}

/// What the rules have to respect where they offer an agent.
struct AgentDemands: Sendable {
  var agent: LocatedText
  var prerequisites: [Prerequisite] = []
  /// Agents with which it must not be combined without a word.
  var interactions: [LocatedText] = []
  /// The highest dose, such as `2.5 mg/kg/d`, as its source states it.
  var highestDose: (dose: Quantity, text: LocatedText)?
  /// Findings that call for another dose, or for a word.
  var adjustments: [FactMarker] = []
  /// How the facts say that a pregnancy is planned or present.
  var pregnancy: FactMarker?
  /// Statements, as `source#statement`, that report harm.
  var harms: [LocatedText] = []
}

/// A test whose result has to be there before the start.
struct Prerequisite: Sendable {
  var test: LocatedText
  /// The fact that holds the result.
  var fact: LocatedText
}

/// A fact that is one of these terms.
struct FactMarker: Sendable {
  var fact: LocatedText
  var terms: [LocatedText]
}

/// A test, and the facts that hold what it measures.
struct TestResults: Sendable {
  var test: LocatedText
  var facts: [LocatedText]
}

extension SafetySettings {
  /// The kinds of each role that the vocabulary has.
  func resolved(in vocabulary: Vocabulary) -> [Role: [KindID]] {
    var found: [Role: [KindID]] = [:]
    for role in Role.allCases {
      let names = kinds[role]?.map(\.value) ?? [role.rawValue]
      found[role] = names.compactMap { vocabulary.kindNamed[$0] }
    }
    return found
  }

  /// Kinds, terms, facts and statements that nobody declares.
  func reportUnknownNames(in vocabulary: Vocabulary, statements: Set<String>, into found: inout Diagnostics) {
    func check(_ name: LocatedText, _ what: String, _ known: [String]) {
      guard !known.contains(name.value) else { return }
      let near = NearestNames.suggestions(for: name.value, among: known, limit: 1).first
      found.report(
        Check.configInvalid.code, "there is no \(what) `\(name.value)` in the vocabulary", at: name.span,
        help: [near.map { "did you mean `\($0)`?" } ?? "write a name that a vocabulary declares"])
    }
    let kindNames = vocabulary.kinds.map(\.name)
    for role in Role.allCases { for name in kinds[role] ?? [] { check(name, "kind of conclusion", kindNames) } }
    guard !demands.isEmpty || !results.isEmpty else { return }
    let terms = vocabulary.groups.flatMap { $0.terms.map(\.name) }
    let facts = vocabulary.facts.map(\.name)
    for result in results {
      check(result.test, "term", terms)
      for fact in result.facts { check(fact, "fact", facts) }
    }
    for demand in demands {
      for marker in demand.adjustments + [demand.pregnancy].compactMap(\.self) {
        check(marker.fact, "fact", facts)
        guard let fact = vocabulary.factNamed[marker.fact.value] else { continue }
        guard case .term(let group) = vocabulary[fact].type, vocabulary[fact].shape == .scalar else {
          found.report(
            Check.configInvalid.code, "`\(marker.fact.value)` is not one of several words", at: marker.fact.span,
            help: ["name a fact whose type is `one of …` or `yes_no`"])
          continue
        }
        for term in marker.terms { check(term, "value of `\(marker.fact.value)`", vocabulary[group].terms.map(\.name)) }
      }
      for statement in demand.harms where !statements.contains(statement.value) {
        let near = NearestNames.suggestions(for: statement.value, among: statements.sorted(), limit: 1).first
        found.report(
          Check.configInvalid.code, "no guideline of the library has the statement `\(statement.value)`",
          at: statement.span, help: [near.map { "did you mean `\($0)`?" } ?? "write `source#statement`"])
      }
      for name in [demand.agent] + demand.interactions { check(name, "term", terms) }
      for prerequisite in demand.prerequisites {
        check(prerequisite.test, "term", terms)
        check(prerequisite.fact, "fact", facts)
      }
    }
  }
}
