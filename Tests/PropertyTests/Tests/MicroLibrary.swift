internal import ClinicalValues
internal import Testing

/// Evaluates hand-written rules on the small vocabulary.
enum Micro {
  /// The result for the document `one` with this text below its header, and for what is given.
  static func evaluate(_ body: String, given: String = "{}", shared: String = "") throws -> OracleResult {
    try #require(try runs(body, given: given, shared: shared), "the library is refused for a cycle").result()
  }

  /// Nil: refused for a cycle.
  static func runs(_ body: String, given: String = "{}", shared: String = "") throws -> OracleRuns? {
    var problems: [String] = []
    let files = files(body, shared)
    let loaded = try #require(LoadedLibrary(files, problems: &problems), "\(problems)")
    let facts = try #require(loaded.facts(given + "\n", problems: &problems), "\(problems)")
    let runs = StratifiedLibrary(loaded.library).flatMap { OracleRuns($0, facts, today: Settings.today) }
    expectAgreement(of: Engine(files).evaluate(given: given + "\n"), with: runs)
    return runs
  }

  static func files(_ body: String, _ shared: String) -> [(name: String, text: String)] {
    let header = "guideline: one\nversion: 1.0.0\nedition: \"1\"\ntitle: One\nuses: [small, shared]\n"
    return [
      (name: "small.yaml", text: SmallVocabulary.text),
      (name: "shared.yaml", text: "definitions: shared\nversion: 1.0.0\nuses: [small]\n" + shared),
      (name: "one.yaml", text: header + body + "\n"),
    ]
  }

  /// What the engine would ask for; nil: refused.
  static func engineNeeds(_ body: String, given: String, shared: String) -> [String]? {
    guard case .result(let result) = Engine(files(body, shared)).evaluate(given: given + "\n") else { return nil }
    return result.needs.keys.sorted()
  }

  /// What is worked out by hand holds for the engine too.
  private static func expectAgreement(of answer: EngineAnswer, with runs: OracleRuns?) {
    guard let runs else {
      #expect(answer == .refused, "the engine does not refuse the cycle")
      return
    }
    guard case .result(let result) = answer else {
      Issue.record("the engine refuses what the oracle evaluates")
      return
    }
    let differences = runs.result().differences(from: result)
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }

  /// `status kind subject` of everything that is listed.
  static func statuses(_ body: String, given: String = "{}", shared: String = "") throws -> [String] {
    try evaluate(body, given: given, shared: shared).conclusions.map {
      "\($0.status) \($0.kind) \($0.subject ?? "-")"
    }.sorted()
  }

  /// The cautious estimate of the definition `own.it`.
  static func estimate(_ definition: String, given: String = "{}") throws -> String {
    let result = try evaluate(
      "rules: {r: {then: [{test: blood}]}}", given: given, shared: "define:\n  own.it: \(definition)\n")
    return try #require(result.derived["shared/own.it"]?.first)
  }
}
