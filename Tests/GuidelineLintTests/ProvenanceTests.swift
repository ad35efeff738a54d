internal import ClinicalValues
internal import GuidelineSyntax
internal import SourceText
internal import Testing

@testable internal import GuidelineLint

/// What is read out of texts and codes.
@Suite struct ProvenanceTests {
  private func number(_ text: String) throws -> WrittenNumber {
    let span = Span(file: FileID(0), start: 0, end: 0)
    return try #require(LocatedText(text, span).number)
  }

  @Test(arguments: [
    ("2.0 10*9/L", "WBC below 2.0: stop"), ("2 mg/kg/d", "Usual dose 1–2 mg/kg/d."), ("0.5 mg", "0.5–1 mg/kg"),
    ("7 d", "Blood count every week in the first month."), ("30 d", "weekly in the first month, then monthly"),
    ("14 d", "twice monthly in months 2 and 3"), ("90 d", "twice monthly in months 2 and 3"),
    ("365 d", "monthly to month 12"), ("91 d", "every 3–6 months"), ("182 d", "every 3–6 months"),
    ("12 wk", "twelve weeks stand for a few months"), ("84 d", "within twelve weeks"),
    ("365 d", "for at least one year"),
    ("4", "a quarter to a third of the usual dose"), ("3", "a quarter to a third of the usual dose"),
    ("3.0 10*9/L", "below 3,000/µL"), ("30 %", "30–80 % of the standard start"), ("18 a", "Adults with lung disease"),
    ("0.5", "reduce by 50 %"), ("50 %", "halve the dose"),
    ("14 d", "a count older than two weeks"), ("730 d", "in the first two years"), ("-10 %", "a fall of 10 % or more"),
  ])
  func `a number is found in what the source says`(written: String, text: String) throws {
    #expect(NumbersInText([text]).contains(try number(written)))
  }

  @Test(arguments: [
    ("2.5 10*9/L", "WBC below 2.0: stop"), ("20 mg", "2.0 mg"), ("30 d", "every 3–6 months"), ("7 d", "every 3 weeks"),
    ("365 d", "within a few days"), ("5 mg", "0.5 mg"), ("91 d", "every 6 months; 3 of 25 withdrew"),
    ("14 d", "10 to 12 days"), ("1 a", "a week"),
  ])
  func `another number is not`(written: String, text: String) throws {
    #expect(!NumbersInText([text]).contains(try number(written)))
  }

  @Test(arguments: [
    ("conditionally against azathioprine first-line", ["conditional"]),
    ("high strength, strong recommendation", ["strong"]),
    ("never start without testing (high, strong)", ["strong"]), ("Screening: CT; conditional.", ["conditional"]),
    ("strongly against surgical lung biopsy", ["strong"]), ("a strong inhibitor of the enzyme", []),
    ("weak recommendation", ["conditional"]), ("a weak cough", []),
  ])
  func `strengths are read where advice is graded`(text: String, strengths: [String]) {
    #expect(GradeWords.strengths(text) == Set(strengths))
  }

  @Test(arguments: [
    ("very low certainty", ["very_low"]), ("low certainty of evidence", ["low"]), ("high-quality evidence", ["high"]),
    ("low counts, uncertain", []),
  ])
  func `certainties are read where evidence is graded`(text: String, certainties: [String]) {
    #expect(GradeWords.certainties(text) == Set(certainties))
  }

  /// Those that look for something in content that could be read, without asking about all patients.
  static let searching = Catalogue.checks.filter {
    $0.find != nil && $0.layer <= .library && !$0.code.id.hasPrefix("GL00")
  }
  .map(\.code.id)

  @Test(arguments: searching)
  func `the example of a page shows what its check finds, and the mended one does not`(id: String) throws {
    let page = try #require(Catalogue.checks.first { $0.code.id == id }).page
    let fixtures = try CheckFixtures()
    let before = fixtures.findings(
      of: id, in: ExampleLibrary(page.example).files.map { ($0.path, Array($0.text.utf8)) })
    #expect(!before.isEmpty)
    let after = fixtures.findings(of: id, in: ExampleLibrary(page.mended).files.map { ($0.path, Array($0.text.utf8)) })
    #expect(after.isEmpty, "\(after.map(\.message))")
  }

  @Test func `every slip of one digit fails the check digit`() throws {
    for (system, code) in [
      (CodeSystem.snomed, "396230008"), (.snomed, "83901003"), (.loinc, "26499-4"), (.loinc, "777-3"),
    ] {
      #expect(system.hasForm(code) && system.hasValidCheckDigit(code))
      for index in code.indices where code[index].isNumber {
        for digit in "0123456789" where digit != code[index] {
          let slipped = String(code[..<index]) + String(digit) + String(code[code.index(after: index)...])
          #expect(!system.hasValidCheckDigit(slipped), "\(slipped)")
        }
      }
    }
  }

  @Test func `neighbouring digits of a SNOMED CT code that change places are found`() {
    let code = Array("396230008")
    for index in code.indices.dropLast() where code[index] != code[index + 1] {
      var slipped = code
      slipped.swapAt(index, index + 1)
      #expect(!CodeSystem.snomed.hasValidCheckDigit(String(slipped)), "\(String(slipped))")
    }
  }

  @Test(arguments: [
    (CodeSystem.icd10cm, "M35.00", true), (.icd10cm, "J84.112", true), (.icd10cm, "M06", true),
    (.icd10cm, "M3500", false),
    (.icd10cm, "m35.0", false), (.loinc, "6690-2", true), (.loinc, "66902", false), (.rxnorm, "1256", true),
    (.rxnorm, "RX1256", false), (.snomed, "12345", false),
  ])
  func `codes have the form of their system`(system: CodeSystem, code: String, fits: Bool) {
    #expect(system.hasForm(code) == fits)
  }
}
