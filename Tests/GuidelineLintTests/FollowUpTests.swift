internal import GuidelineLint
internal import SourceText
internal import Testing

/// One mistake makes one finding.
@Suite struct FollowUpTests {
  @Test func `a rule with an unknown fact is left out, and nothing is called unused for it`() {
    let report = Sample.clinic(rule: "patient.aeg >= 18 a, gerd").lint()
    #expect(report.open == ["GL0011", "GL0301"])
    #expect(report.words(of: "GL0011") == "adults")
    #expect(report.first("GL0011")?.message.contains("GL0301 on line 13") == true)
  }

  @Test func `a name that a broken declaration declares is not unknown`() {
    let sample = Sample.clinic(rule: "gerd").replacing("gerd: {type: yes_no}", "gerd: {type: one of nothing}")
    #expect(sample.lint().open == ["GL0011", "GL0313"])
  }

  @Test func `where a document cannot be read no name is called unknown`() {
    let broken = Sample.clinic().replacing("vocabulary: words", "vocabulary: [words")
    let ids = Set(broken.lint().open)
    #expect(ids.isDisjoint(with: ["GL0301", "GL0310", "GL0314", "GL0315", "GL0305"]))
    #expect(ids.contains("GL0011"))
    // Nor is it said how a file is called whose document has no name.
    #expect(!ids.contains("GL1208"))
  }

  @Test func `what reads a broken definition is left out with it`() {
    let sample = Sample.clinic(rule: "adult").replacing(
      "rules:", "define:\n  adult: {means: patient.aeg >= 18 a}\nrules:")
    let report = sample.lint()
    #expect(report.open == ["GL0011", "GL0011", "GL0301"])
    let names = report.findings.filter { $0.diagnostic.code.id == "GL0011" }.compactMap(\.diagnostic.span)
    #expect(Set(names.map { report.files.text($0) }) == ["adult", "adults"])
  }

  @Test func `a wrong citation does not take a rule out of the analysis`() {
    let report = Sample.clinic().replacing("house#R1", "house#R2").lint()
    #expect(report.open == ["GL0320"])
  }

  @Test func `the test of a broken invariant forbids what its patient gets`() throws {
    let sample = Sample.clinic()
      .replacing("drug: {amoxicillin: {}}", "drug: {doxycycline: {}, amoxicillin: {}}")
      .replacing(
        "rules:\n  adults:",
        """
        invariants:
          no-drug-in-old-age:
            never:
              - patient.age >= 65 a
              - any: [recommend doxycycline is concluded, recommend amoxicillin is concluded]
        rules:
          children:
            when: [patient.age < 18 a]
            then:
              - {recommend: doxycycline}
            strength: conditional
            source: house#R1
            title: Children
          adults:
        """)
    let example = try #require(sample.lint().first("GL0825")?.example, "\(sample.lint().open)")
    #expect(example.outcome.first?.hasPrefix("recommend amoxicillin") == true)
    #expect(example.test?.contains("never: [{recommend: amoxicillin}]") == true)
  }

  @Test func `findings stand by path, place and id, and what was left out behind them`() {
    let report = Sample.clinic(rule: "patient.aeg >= 18 a").replacing("house#R1", "house#R2").lint()
    let places = report.findings.compactMap(\.diagnostic.span).map { report.files.describe($0) }
    #expect(places == ["tick-bite.yaml:13:12", "tick-bite.yaml:17:19", "tick-bite.yaml:12:3"])
  }

  @Test func `the report says what was analysed`() {
    #expect(Sample.clinic().lint().remarks.first == "Analysed 1 of 1 rules in 1 choice of guidelines.")
    let broken = Sample.clinic(rule: "patient.aeg >= 18 a").lint()
    #expect(broken.remarks.first == "Analysed 0 of 1 rules in 1 choice of guidelines.")
  }

  @Test func `what never happens in one guideline alone may happen beside a rule that is left out`() {
    var sample = Sample.clinic(rule: "{any: [patient.age >= 18 a, recommend amoxicillin is concluded]}")
      .replacing("- {recommend: amoxicillin}", "- {warn: amoxicillin}")
      .replacing("graded: yes}", "graded: yes}\n  warn: {subject: one of drug}")
      .replacing("    strength: conditional\n", "")
    let other = Sample.clinic().replacing("guideline: tick-bite", "guideline: other").files[1].text
    sample.files.append((path: "other.yaml", text: other))
    #expect(sample.lint { $0.ignore = ["GL10"] }.open == ["GL0305"])
    let broken = sample.replacing("when: [patient.age >= 18 a]", "when: [patient.aeg >= 18 a]")
    #expect(broken.lint { $0.ignore = ["GL10"] }.open == ["GL0011", "GL0301"])
  }

  @Test func `a contradiction is not shown where the rule that settles it may be left out`() {
    let against = """
      - {recommend: amoxicillin}
          strength: conditional
          source: house#R1
          title: Adults
        not-with-reflux:
          when: [gerd]
          then:
            - {against: amoxicillin}
          overrides:
            - {rule: adults, because: reflux goes first}
      """
    let sample = Sample.clinic().replacing("- {recommend: amoxicillin}", against).replacing(
      "graded: yes}",
      "graded: yes}\n  against: {subject: one of drug, graded: yes}\nconflicts:\n  - {between: [recommend, against], same: [subject]}"
    )
    #expect(sample.lint().open.filter { $0 < "GL09" } == [])
    let open = sample.replacing("    overrides:\n      - {rule: adults, because: reflux goes first}\n", "")
    #expect(open.lint().open.filter { $0 < "GL09" } == ["GL0801"])
    for (subject, left) in [("amoxicillin", []), ("doxycycline", ["GL0002", "GL0801"])] {
      let allowed = open.lint {
        let text = "allow:\n  - {check: contradiction, subject: \(subject), reason: both are meant, approved-by: us}\n"
        $0.configuration = InputFile(path: ".guideline-lint.yaml", bytes: Array(text.utf8))
      }
      #expect(allowed.open.filter { $0 < "GL09" } == left)
    }
    let broken = sample.replacing("[gerd]", "[gred]")
    #expect(broken.lint().open.filter { $0 < "GL09" } == ["GL0011", "GL0301"])
  }

  @Test func `who asks for a class where only its members are concluded is told so`() throws {
    let second = """
      - {recommend: amoxicillin}
          strength: conditional
          source: house#R1
          title: Adults
        reflux:
          when: [recommend penicillin is concluded, gerd]
          then:
            - {recommend: doxycycline}
      """
    let sample = Sample.clinic().replacing("- {recommend: amoxicillin}", second).replacing(
      "drug: {amoxicillin: {}}", "drug: {penicillin: {}, amoxicillin: {is: penicillin}, doxycycline: {}}")
    let finding = try #require(sample.lint().first("GL0806"))
    #expect(
      finding.help.first
        == "`penicillin` means the class itself here, and only its members are concluded: write `amoxicillin` in its place"
    )
    let mended = sample.replacing("recommend penicillin is", "recommend amoxicillin is").lint()
    #expect(mended.first("GL0806") == nil && !mended.open.contains { $0 < "GL06" && $0 != "GL0305" })
  }

  @Test func `nothing at all is fine`() {
    #expect(Sample(files: []).lint().findings.isEmpty)
  }

  @Test(
    arguments: [
      ("rules:\n", "scope:\n  - patient.age >= 18 a\n  - patient.age >= 18 a\nrules:\n", 1),
      ("rules:\n", "scope:\n  - patient.age >= 18 a\n  - patient.age >= 1 a\nrules:\n", 1),
      ("    then:\n", "    unless: [patient.age >= 65 a, patient.age >= 65 a]\n    then:\n", 1),
      ("    then:\n", "    unless: {any: [patient.age >= 65 a, patient.age >= 65 a]}\n    then:\n", 1),
      ("    then:\n", "    unless: {any: [patient.age >= 65 a, patient.age < 20 a]}\n    then:\n", 0),
      ("rules:\n", "scope:\n  - patient.age >= 18 a\n  - patient.age < 60 a\nrules:\n", 0),
    ])
  func `a condition that is written twice is found wherever conditions stand`(
    old: String, new: String, count: Int
  ) {
    let sample = Sample.clinic(rule: "patient.age >= 12 a").replacing(old, new)
    let report = sample.lint { $0.select = ["GL0812"] }
    #expect(report.open.count == count, "\(report.findings.map(\.diagnostic.message))")
    if new.contains("18 a\n  - patient.age >= 18 a") || new.contains("65 a, patient.age >= 65 a") {
      #expect(report.first("GL0812")?.message == "this condition is written twice")
    }
  }
}
