package import GuidelineModel
import RuleEngine
import SourceText

/// Answers about all patients, by what the questions mean: a question that means the same, in another choice of
/// documents or in a later run, need not be thought through again.
///
/// A key is the hash of all that the question rests on, the names and terms of the vocabulary among it. The ids in a
/// patient's facts are those of one vocabulary.
package struct KnownAnswers: Sendable {
  package enum Answer: Sendable {
    /// Proved: it is true of nobody.
    case nobody
    /// True of this patient; the engine is asked again before anybody hears of him.
    case patient(PatientFacts)
    case undecided(String)
    /// The search did not prove that it is true of nobody.
    case possible
  }

  package private(set) var answers: [Int: Answer] = [:]

  package init() {}

  package subscript(key: Int) -> Answer? {
    get { answers[key] }
    set { answers[key] = newValue }
  }

  /// With those of another; what is in both stays as it is here.
  package mutating func add(_ other: KnownAnswers) { answers.merge(other.answers) { here, _ in here } }
}

/// What one program's questions mean, what is known of them, and what was learned.
struct AnswerMemory {
  private var digest: GraphDigest
  private var meanings = MeaningTable()
  private let known: KnownAnswers
  /// All that was used: found here, or known before.
  private(set) var learned = KnownAnswers()

  init(_ digest: GraphDigest, known: KnownAnswers) {
    self.digest = digest
    self.known = known
  }

  mutating func key(_ question: Question, budget: Int) -> Int {
    meanings.number("\(meaning(question)) \(digest.salt) \(budget)")
  }

  func answer(_ key: Int) -> KnownAnswers.Answer? { learned[key] ?? known[key] }

  mutating func keep(_ key: Int, _ answer: KnownAnswers.Answer) { learned[key] = answer }

  private mutating func meaning(_ question: Question) -> Int {
    meanings.number(text(question))
  }

  private mutating func text(_ question: Question) -> String {
    switch question {
    case .holds(let condition, let reading): return "holds \(meaning(condition)) \(reading)"
    case .fails(let condition, let reading): return "fails \(meaning(condition)) \(reading)"
    case .isKnown(let value): return "known \(digest.meaning(value, &meanings))"
    case .isOneOf(let value, let terms):
      return "one of \(digest.meaning(value, &meanings)) \(digest.describe(terms))"
    case .row(let rule, let conditions, let reading):
      var text = "row \(meaning(rule))"
      for condition in conditions { text += " \(meaning(condition))" }
      return "\(text) \(reading)"
    case .body(let rule, let reading): return "body \(meaning(rule)) \(reading)"
    case .applies(let rule, let reading): return "applies \(meaning(rule)) \(reading)"
    case .stands(let place, let reading): return "stands \(meaning(place)) \(reading)"
    case .standsWith(let place, let reading, let values):
      var text = "stands \(meaning(place)) \(reading) with"
      for value in values { text += " \(value.column) \(digest.meaning(value.value, &meanings))" }
      return text
    case .all(let members): return "all\(list(members))"
    case .any(let members): return "any\(list(members))"
    case .not(let inner): return "not \(meaning(inner))"
    }
  }

  private mutating func list(_ members: [Question]) -> String {
    var text = ""
    for member in members { text += " \(meaning(member))" }
    return text
  }

  private mutating func meaning(_ id: ConditionID) -> Int { digest.meaning(id, &meanings) }
  private mutating func meaning(_ id: RuleNodeID) -> Int { digest.meaning(id, &meanings) }
  private mutating func meaning(_ id: PlaceID) -> Int { digest.meaning(id, &meanings) }
}

extension Vocabulary {
  /// A number for the names of its groups and of their terms, in their order: where it is the same, terms are numbered
  /// alike.
  var numbering: String {
    var hash = FNV()
    for group in groups {
      hash.add(group.name)
      for term in group.terms { hash.add(term.name) }
      hash.add("")
    }
    return hash.text
  }
}
