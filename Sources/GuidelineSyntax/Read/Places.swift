/// A place of a document where keys may stand: what it is called, and which keys it knows.
struct Place {
  /// As it is named in a message: "a rule".
  let name: String
  let keys: [String]

  init(_ name: String, _ keys: [String]) {
    self.name = name
    self.keys = keys
  }

  /// What a rule, a row or a conclusion says of its sources.
  static let annotations = ["strength", "certainty", "graded_as", "source", "at", "quote", "comment"]
  private static let header = ["version", "title", "status", "uses"]

  static let vocabulary = Place(
    "a vocabulary", ["vocabulary"] + header + ["terms", "facts", "records", "conclusions", "conflicts"])
  static let definitions = Place(
    "a document of definitions", ["definitions"] + header + ["in_force", "sources", "define", "tables"])
  static let guideline = Place(
    "a guideline",
    ["guideline"] + header
      + [
        "edition", "in_force", "also_called", "sources", "scope", "define", "tables", "rules", "invariants",
      ] + annotations)
  static let tests = Place("a test suite", ["tests", "today", "library", "use", "cases"])

  static let inForce = Place("`in_force`", ["from", "until", "review_by"])
  static let source = Place(
    "a source",
    [
      "title", "published", "doi", "pmid", "url", "edition", "kind", "superseded_by", "retracted", "statements",
    ])
  static let statement = Place("a statement", ["says", "quote", "at", "not_encoded"])
  static let statementsFrom = Place("a file of statements", ["from", "says", "not_encoded"])
  static let invariant = Place("an invariant", ["never", "because"])

  static let term = Place("a term", ["is", "label", "codes"])
  static let fact = Place("a fact", ["type", "unit", "ordered", "range", "ask", "codes", "valid_for"])
  static let type = Place("a type", ["type", "unit"])
  static let record = Place("a record", ["ask", "codes", "fields"])
  static let kind = Place("a kind of conclusion", ["subject", "fields", "graded"])
  static let conflict = Place("a conflict", ["between", "same"])

  static let definition = Place(
    "a definition", ["means", "value", "first", "agree", "look_up", "because", "source", "unit"])
  static let clause = Place("a clause of `first`", ["when", "is", "otherwise"])
  static let rule = Place(
    "a rule", ["title", "for_each", "when", "unless", "overrides", "then", "because", "reviewed"] + annotations)
  static let override = Place("an override", ["rule", "conclusions", "because"])
  static let conclusion = Place("a conclusion", annotations)
  static let knowledge = Place(
    "a table", ["title", "columns", "rows", "from", "where", "ignore", "because"] + annotations)
  static let decision = Place(
    "a table of conditions", ["title", "in", "rows", "hit", "when", "unless", "overrides", "because"] + annotations)
  static let row = Place("a row", ["id", "if", "then", "unless", "overrides", "because"] + annotations)

  static let testCase = Place(
    "a case",
    [
      "title", "from", "given", "today", "use", "expect", "never", "needs", "derives", "conflicts", "out_of_scope",
    ])

  /// Every place, from the outside to the inside.
  static let all: [Place] = [
    vocabulary, guideline, definitions, tests, inForce, source, statement, statementsFrom, invariant, term, fact, type,
    record, kind, conflict, definition, clause, rule, override, conclusion, knowledge, decision, row, testCase,
  ]

  /// The place that would know the key, if there is one.
  static func knowing(_ key: String) -> Place? {
    all.first { $0.keys.contains(key) }
  }
}
