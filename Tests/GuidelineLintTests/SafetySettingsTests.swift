internal import ClinicalValues
internal import GuidelineLint
internal import SourceText
internal import Testing

/// What a project states of its drugs is held against its vocabulary.
@Suite struct SafetySettingsTests {
  private static let facts = """
    vocabulary: words
    version: 1.0.0
    terms:
      agent: {azathioprine: {label: azathioprine}, allopurinol: {label: allopurinol}}
      test: {cbc: {label: blood count}}
      state: {planning: {label: planned}, pregnant: {label: pregnant}}
    facts:
      patient.pregnancy: {type: one of state, ask: Pregnant?}
      patient.age: {type: quantity, unit: a, ask: Age?}
      lab.wbc: {type: series of quantity, unit: 10*9/L, ask: White cells?}
    conclusions:
      recommend: {subject: one of agent, graded: yes, fields: {}}
    """

  private static let rules = """
    guideline: rules
    title: Rules
    version: 1.0.0
    edition: "2026"
    in_force: {from: 2026-01-01}
    uses: [words]
    sources: {handbook: {title: A handbook, statements: {H1: {says: one thing}}}}
    rules:
      start:
        when: [patient.age >= 18 a, patient.pregnancy is planning, latest lab.wbc > 3 10*9/L]
        then: [{recommend: azathioprine}]
        source: handbook#H1
    """

  @Test(
    arguments: [
      ("safety: {azathioprine: {interactions: [allopurinol], max-dose: 2.5 mg/kg/d, harm: 'handbook#H1'}}", nil),
      ("safety: {azathioprine: {pregnancy: {fact: patient.pregnancy, is: [planning, pregnant]}}}", nil),
      ("results: {cbc: lab.wbc}", nil),
      ("safety: {azathioprine: {interactions: [allopurinl]}}", "allopurinl"),
      ("safety: {azathioprin: {}}", "azathioprin"),
      ("safety: {azathioprine: {max-dose: a lot}}", "a lot"),
      ("safety: {azathioprine: {max-dose: 2.5 mgs}}", "2.5 mgs"),
      ("safety: {azathioprine: {adjust-for: {fact: patient.pregnency, is: planning}}}", "patient.pregnency"),
      ("safety: {azathioprine: {adjust-for: {fact: patient.age, is: planning}}}", "patient.age"),
      ("safety: {azathioprine: {pregnancy: {fact: patient.pregnancy, is: planing}}}", "planing"),
      ("safety: {azathioprine: {harm: 'handbook#H2'}}", "'handbook#H2'"),
      ("results: {cbc: lab.wcb}", "lab.wcb"),
      ("results: {cbd: lab.wbc}", "cbd"),
    ] as [(String, String?)])
  func `a name that nobody declares is shown where it stands`(text: String, wrong: String?) {
    var files = SourceFiles()
    _ = files.add(path: "words.yaml", bytes: Array(Self.facts.utf8))
    _ = files.add(path: "rules.yaml", bytes: Array(Self.rules.utf8))
    var settings = LintSettings(today: Day(year: 2026, month: 6, day: 1) ?? Day(number: 0))
    settings.select = ["GL0013"]
    settings.configuration = InputFile(path: ".guideline-lint.yaml", bytes: Array(text.utf8))
    let report = lint(files, settings)
    let found = report.findings.compactMap { $0.diagnostic.span.map { String(report.files.text($0)) } }
    #expect(found == [wrong].compactMap(\.self), "\(report.findings.map(\.diagnostic.message))")
  }
}
