internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText
internal import Testing

/// Test suites of content, and the coverage of sources.
struct SuiteTests {
  private func suite(_ cases: String) throws -> (suite: TestSuite, vocabulary: Vocabulary, found: [String]) {
    let text = "tests: t\ntoday: 2026-01-01\ncases:\n" + cases
    let guideline = try read(fixture: "everything.yaml", in: "good")
    let checked = check([try baseFile()] + guideline + [("t.yaml", text)])
    let document = try #require(
      checked.syntax.documents.first { if case .tests = $0.syntax.body { true } else { false } })
    guard case .tests(let syntax) = document.syntax.body else { throw Missing() }
    var diagnostics = Diagnostics()
    let suite = resolveTests(
      syntax, header: document.syntax.header,
      in: TestSurroundings(vocabulary: checked.vocabulary, library: checked.syntax), into: &diagnostics)
    return (suite, checked.vocabulary, checked.summary)
  }

  private struct Missing: Error {}

  @Test func `from takes over fact by fact, today and use`() throws {
    let (suite, vocabulary, found) = try suite(
      """
        first:
          today: 2025-05-05
          use: [g]
          given: {patient.age: 5 a, medication: [{agent: azathioprine}], ild.present: yes}
          expect: [{warn: sard}]
        second:
          from: first
          given: {patient.age: {unknown: not_recorded}, medication: []}
        third:
          from: second
          today: 2026-06-06
      """)
    #expect(found == [])
    let (second, third) = (suite.cases[1], suite.cases[2])
    let age = try #require(vocabulary.factNamed["patient.age"])
    let present = try #require(vocabulary.factNamed["ild.present"])
    let medication = try #require(vocabulary.recordNamed["medication"])
    #expect(second.facts.scalars[age]?.map(\.value) == [.unknown(cause: "not_recorded")])
    #expect(second.facts.scalars[present]?.map(\.value) == [.term(0)])
    #expect(second.facts.records[medication]?.map(\.content) == [.rows([])])
    #expect(second.expect.isEmpty)
    #expect(second.today == "2025-05-05".day)
    #expect(third.today == "2026-06-06".day)
    guard case .pinned(let pins, _) = third.selection else {
      Issue.record("use is not taken over")
      return
    }
    #expect(pins.map(\.text) == ["g"])
  }

  @Test func `patterns keep status, strength and rule apart from fields`() throws {
    let (suite, vocabulary, found) = try suite(
      """
        one:
          given: {ild.present: yes}
          expect:
            - {recommend: [azathioprine, tpmt], line: mild, rank: 1, strength: strong, status: provisional, rule: q}
            - {warn: any, about: a text}
          needs: [patient.age, medication, medication.dose]
          derives: {ild.severity: mild, dose_planned: 120 mg/d}
          conflicts: [[{recommend: tpmt}, {against: azathioprine}], [ild.severity, tpmt.status]]
          out_of_scope: [g]
      """)
    #expect(found == [])
    let test = try #require(suite.cases.first)
    let pattern = try #require(test.expect.first)
    #expect(pattern.pattern.kind == vocabulary.kindNamed["recommend"])
    #expect(pattern.pattern.fields.map(\.field) == [0, 1, 2])
    #expect(pattern.pattern.fields[0].values?.count == 2)
    #expect(pattern.status == ["provisional"])
    #expect(pattern.strength == ["strong"])
    #expect(pattern.rule == ["q"])
    #expect(test.expect[1].pattern.fields.map(\.field) == [1])
    #expect(test.needs.count == 3)
    #expect(test.derives.map(\.target).contains(.definition("dose_planned")))
    #expect(test.conflicts.count == 2)
    #expect(test.outOfScope.map(\.name) == ["g"])
  }

  @Test(arguments: [
    ("expect: [{recomend: tpmt}]", "GL0314 recomend"), ("expect: [{warn: sard, status: sure}]", "GL0334 sure"),
    ("expect: [{warn: sjogrn}]", "GL0310 sjogrn"), ("derives: {dose_plannd: 3 mg/d}", "GL0301 dose_plannd"),
    ("derives: {dose_planned: 3 kg}", "GL0402 3 kg"), ("out_of_scope: [gg]", "GL0315 gg"),
    ("conflicts: [[ild.severity, ild.severty]]", "GL0301 ild.severty"),
    ("given: {ild.presnt: yes}", "GL0301 ild.presnt"),
    ("use: [gg]", "GL0315 gg"),
  ])
  func `names that nothing has are told`(line: String, expected: String) throws {
    let (_, _, found) = try suite("  one:\n    \(line)\n")
    #expect(found == [expected])
  }

  @Test func `coverage tells cited, left out and missing statements`() throws {
    let checked = check([
      try baseFile(),
      (
        "g.yaml",
        """
        guideline: g
        title: g
        edition: a
        version: 1.0.0
        uses: [words]
        in_force: {from: 2024-01-01}
        sources:
          paper:
            title: a paper
            statements: {from: rows.csv, says: "{text}", not_encoded: "{reason}"}
        tables:
          t:
            columns: {id: text, text: text, reason: text}
            from: rows.csv
        define:
          x: {means: ild.present, source: paper#D}
        rules:
          r:
            for_each: {row: t where text is "yes"}
            then: [{warn: sard}]
            source: paper#row.id
        """
      ), ("rows.csv", "id,text,reason\nA,yes,\nB,no,no use\nC,no,\nD,no,\n"),
    ])
    #expect(checked.summary == [])
    let coverage = citationCoverage(of: checked.syntax, vocabulary: checked.vocabulary)
    let states = coverage.flatMap { $0.statements.map { $0.state } }
    #expect(states == [.cited(by: ["g/r"]), .notEncoded(reason: "no use"), .missing, .cited(by: ["g/x"])])
    #expect(coverage.map(\.isComplete) == [false])
  }
}
