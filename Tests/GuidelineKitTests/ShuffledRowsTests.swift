internal import SourceText
internal import Testing

@testable internal import GuidelineKit

/// What several rows, and several items of one rule, say together.
@Suite struct ShuffledRowsTests {
  private static func guideline(_ rows: [String]) -> String {
    """
    guideline: rows
    title: Rows
    version: 1.0.0
    edition: "1"
    uses: [ward]
    sources:
      book:
        title: A book
        statements: {S1: {says: one}, S2: {says: two}, S3: {says: three}}
    tables:
      advice:
        columns: {id: text, drug: one of drug, word: text}
        rows:
    \(rows.map { "      - " + $0 }.joined(separator: "\n"))
    rules:
      advise:
        for_each: {row: advice}
        when: [diagnosis includes lupus]
        then: [{recommend: row.drug, line: first}]
        graded_as: "class {row.word}"
        source: book#row.id
      narrow:
        when: [bleeding]
        overrides:
          - {rule: other, because: of the rule}
          - {conclusions: {recommend: allopurinol}, because: of the drug}
      other:
        then: [{recommend: azathioprine, line: second}]
    """
  }

  private static let rows = ["[S1, azathioprine, I]", "[S2, azathioprine, I]", "[S3, allopurinol, II]"]

  private func report(_ rows: [String]) throws -> Report {
    let library = Ward.library(guideline: Self.guideline(rows))
    try #require(library.isValid, "\(library.diagnostics.map(\.message))")
    let facts = try library.facts(path: "p.yaml", bytes: Array("{diagnosis: [lupus], bleeding: yes}".utf8))
    var options = Guidelines.Options()
    options.reasons = false
    var report = try library.guidelines(inForceOn: Ward.today).evaluate(facts, options)
    for index in report.guidelines.indices { report.guidelines[index].hash = "" }
    return report
  }

  /// The order of what is merged rests on the reasons, also where they are not shown.
  @Test func `a report without reasons is the report with reasons, but for them`() throws {
    let library = Ward.library(guideline: Self.guideline(Self.rows))
    let facts = try library.facts(path: "p.yaml", bytes: Array("{diagnosis: [lupus]}".utf8))
    let guidelines = try library.guidelines(inForceOn: Ward.today)
    var whole = guidelines.evaluate(facts)
    #expect(whole.conclusions.contains { !$0.because.isEmpty })
    for index in whole.conclusions.indices { whole.conclusions[index].because = [] }
    var options = Guidelines.Options()
    options.reasons = false
    options.scopeReasons = true
    #expect(guidelines.evaluate(facts, options) == whole)
  }

  @Test func `why a guideline does not apply is told by itself`() throws {
    let library = Ward.library(
      guideline: Self.guideline(Self.rows).replacing("tables:", with: "scope: [diagnosis includes lupus]\ntables:"))
    try #require(library.isValid, "\(library.diagnostics.map(\.message))")
    let facts = try library.facts(path: "p.yaml", bytes: Array("{diagnosis: []}".utf8))
    var options = Guidelines.Options()
    options.reasons = false
    let guidelines = try library.guidelines(inForceOn: Ward.today)
    #expect(guidelines.evaluate(facts, options).outOfScope.map(\.because.count) == [0])
    options.scopeReasons = true
    #expect(guidelines.evaluate(facts, options).outOfScope == guidelines.evaluate(facts).outOfScope)
    #expect(guidelines.evaluate(facts, options).outOfScope.map(\.because.count) == [1])
  }

  @Test func `equal conclusions of several rows cite them in an order of their own`() throws {
    let report = try report(Self.rows)
    let merged = report.conclusions.filter { $0.rule == "advise" && $0.status == .certain }
    #expect(merged.map { $0.sources.flatMap(\.statements) } == [["S1", "S2"]])
    #expect(try self.report(Self.rows.reversed()) == report)
  }

  @Test func `the word of another scheme may stand in a table`() throws {
    let words = try report(Self.rows).conclusions.filter { $0.rule == "advise" }.map(\.gradedAs)
    #expect(Set(words) == ["class I", "class II"])
  }

  @Test func `the word of another scheme does not come from the patient`() throws {
    let text = Self.guideline(Self.rows).replacing("class {row.word}", with: "class {level}")
    let faults = Ward.library(guideline: text).diagnostics.filter { $0.code.severity == .error }
    #expect(faults.map(\.code.name) == ["shape-mismatch"])
  }

  @Test func `an override names the reason of the item that holds`() throws {
    let overridden = try report(Self.rows).conclusions.filter { $0.status == .overridden }
    let reasons = overridden.map { "\($0.subject): \($0.overriddenBy.compactMap(\.because))" }
    #expect(reasons == ["allopurinol: [\"of the drug\"]", "azathioprine: [\"of the rule\"]"])
  }
}
