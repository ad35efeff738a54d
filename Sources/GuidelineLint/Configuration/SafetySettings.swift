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
}

/// What the rules have to respect where they offer an agent.
struct AgentDemands: Sendable {
  var agent: LocatedText
  var prerequisites: [Prerequisite] = []
  /// Agents with which it must not be combined without a word.
  var interactions: [LocatedText] = []
}

/// A test whose result has to be there before the start.
struct Prerequisite: Sendable {
  var test: LocatedText
  /// The fact that holds the result.
  var fact: LocatedText
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

  /// Kinds, terms and facts that no vocabulary declares.
  func reportUnknownNames(in vocabulary: Vocabulary, into found: inout Diagnostics) {
    func check(_ name: LocatedText, _ what: String, _ known: [String]) {
      guard !known.contains(name.value) else { return }
      let near = NearestNames.suggestions(for: name.value, among: known, limit: 1).first
      found.report(
        Check.configInvalid.code, "there is no \(what) `\(name.value)` in the vocabulary", at: name.span,
        help: [near.map { "did you mean `\($0)`?" } ?? "write a name that a vocabulary declares"])
    }
    let kindNames = vocabulary.kinds.map(\.name)
    for role in Role.allCases { for name in kinds[role] ?? [] { check(name, "kind of conclusion", kindNames) } }
    guard !demands.isEmpty else { return }
    let terms = vocabulary.groups.flatMap { $0.terms.map(\.name) }
    for demand in demands {
      for name in [demand.agent] + demand.interactions { check(name, "term", terms) }
      for prerequisite in demand.prerequisites {
        check(prerequisite.test, "term", terms)
        check(prerequisite.fact, "fact", vocabulary.facts.map(\.name))
      }
    }
  }
}
