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
