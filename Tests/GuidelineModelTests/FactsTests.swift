internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText
internal import Testing

/// What is given of a patient, in YAML or JSON.
struct FactsTests {
  private func read(_ text: String) throws -> (facts: PatientFacts, found: [String], vocabulary: Vocabulary) {
    let vocabulary = check([try baseFile()]).vocabulary
    var files = SourceFiles()
    let id = files.add(path: "facts.yaml", bytes: Array(text.utf8))
    var diagnostics = Diagnostics()
    let data = readData(readYAML(files[id], into: &diagnostics))
    let facts = readFacts(data, vocabulary: vocabulary, into: &diagnostics)
    let found = diagnostics.sorted(in: files).map { "\($0.code.id) \($0.span.map { files.text($0) } ?? "")" }
    return (facts, found, vocabulary)
  }

  private func scalar(_ name: String, in text: String) throws -> GivenScalar? {
    let (facts, found, vocabulary) = try read(text)
    #expect(found == [])
    return vocabulary.factNamed[name].flatMap { facts.scalars[$0]?.first }
  }

  @Test(arguments: [
    "patient.age: 55 a", "patient: {age: 55 a}", "{\"patient.age\": \"55 a\"}",
    "{\"patient\": {\"age\": {\"value\": 55, \"unit\": \"a\"}}}", "patient.age: {value: 55 a}", "patient.age: 660 mo",
  ])
  func `dotted, nested and JSON forms say the same`(text: String) throws {
    let days = Rational(55).multiplied(by: Rational(numerator: 1461, denominator: 4) ?? .zero)
    #expect(try scalar("patient.age", in: text)?.value == days.map { .number($0) })
  }

  @Test(arguments: ["ild.present: yes", "ild.present: true", "{\"ild\": {\"present\": true}}", "ild.present: \"yes\""])
  func `yes may be written as yes or true`(text: String) throws {
    #expect(try scalar("ild.present", in: text)?.value == .term(0))
  }

  @Test func `a unit as laboratories send it is converted`() throws {
    let (facts, found, vocabulary) = try read(
      "lab.wbc: [{value: 6.0 K/uL, on: 2026-01-01}, {value: 6.0 10*9/L, on: 2026-01-02}]")
    #expect(found == [])
    let series = try #require(vocabulary.factNamed["lab.wbc"])
    guard case .points(let points)? = facts.series[series]?.first?.content else {
      Issue.record("the points are missing")
      return
    }
    #expect(points.count == 2)
    #expect(points[0].value == points[1].value)
    #expect(points[0].on == .day("2026-01-01".day))
  }

  @Test func `a cause, none and a date are kept`() throws {
    #expect(try scalar("patient.age", in: "patient.age: {unknown: not_tested}")?.value == .unknown(cause: "not_tested"))
    #expect(try scalar("azathioprine.start", in: "azathioprine.start: none")?.value == GivenValue.none)
    let dated = try scalar("patient.age", in: "patient.age: {value: 3 a, on: 2026-01-02}")
    #expect(dated?.on == "2026-01-02".day)
  }

  @Test func `a value outside the range is read all the same`() throws {
    #expect(try scalar("patient.age", in: "patient.age: 500 a") != nil)
  }

  @Test func `the same fact twice keeps both values`() throws {
    let (facts, found, vocabulary) = try read("patient.age: 5 a\npatient: {age: 6 a}")
    #expect(found == [])
    #expect(vocabulary.factNamed["patient.age"].flatMap { facts.scalars[$0]?.count } == 2)
  }

  @Test func `rows keep what they say and leave out what they do not`() throws {
    let (facts, found, vocabulary) = try read(
      """
      medication:
        - {agent: azathioprine, dose: {value: 120, unit: mg/day}, start: none}
        - {status: {unknown: not_recorded}}
      """)
    #expect(found == [])
    let record = try #require(vocabulary.recordNamed["medication"])
    guard case .rows(let rows)? = facts.records[record]?.first?.content else {
      Issue.record("the rows are missing")
      return
    }
    #expect(rows[0].fields.keys.sorted() == [0, 2, 3])
    #expect(rows[0].fields[3] == GivenValue.none)
    #expect(rows[1].fields == [1: .unknown(cause: "not_recorded")])
  }

  @Test(arguments: [
    ("patient.ag: 5 a", "GL0301 patient.ag"),
    ("ild: {presnt: yes}", "GL0301 presnt"),
    ("patient.age: 5 kg", "GL0402 5 kg"),
    ("patient.age: 5", "GL0403 5"),
    ("{\"patient.age\": {\"value\": 5}}", "GL0403 5"),
    ("patient.age: 5 yrz", "GL0404 5 yrz"),
    ("patient.age: old", "GL0401 old"),
    ("{\"patient.age\": null}", "GL0331 null"),
    ("patient.age: unknown", "GL0331 unknown"),
    ("patient.age: none", "GL0401 none"),
    ("patient.age: {unknown: Not Tested}", "GL0401 Not Tested"),
    ("patient.age: {value: 5 a, when: 2026-01-01}", "GL0311 when"),
    ("patient.age: {on: 2026-01-01}", "GL0331 {on: 2026-01-01}"),
    ("patient.age: [5 a]", "GL0418 [5 a]"),
    ("patient.children: 2.5", "GL0416 2.5"),
    ("patient.children: two", "GL0401 two"),
    ("azathioprine.start: 2026-02-30", "GL0704 2026-02-30"),
    ("ild.severity: Moderate", "GL0310 Moderate"),
    ("ild.present: maybe", "GL0310 maybe"),
    ("diagnosis: sjogren", "GL0418 sjogren"),
    ("diagnosis: [sjogrn]", "GL0310 sjogrn"),
    ("diagnosis: none", "GL0418 none"),
    ("lab.wbc: 3 10*9/L", "GL0418 3 10*9/L"),
    ("lab.wbc: [3 10*9/L]", "GL0331 3 10*9/L"),
    ("lab.wbc: [{value: 3 g/L, on: 2026-01-01}]", "GL0402 3 g/L"),
    ("medication: [{agnt: azathioprine}]", "GL0311 agnt"),
    ("medication: [{agent: \"1256\"}]", "GL0310 \"1256\""),
    ("medication: azathioprine", "GL0418 azathioprine"),
    ("ild.present: {value: yes, unit: a}", "GL0402 a"),
  ])
  func `what is wrong is refused at its place`(text: String, expected: String) throws {
    let (facts, found, _) = try read(text)
    #expect(found == [expected])
    #expect(facts.scalars.isEmpty && facts.sets.isEmpty && facts.series.isEmpty && facts.records.isEmpty)
  }
}
