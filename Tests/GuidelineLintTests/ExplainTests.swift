internal import GuidelineLint
internal import SourceText
internal import Testing

/// The pages of the checks, and the lines below a finding.
@Suite struct ExplainTests {
  @Test func `a page says what, why, and what to do`() throws {
    let check = try #require(Catalogue.check(named: "unused-fact"))
    #expect(check.code.id == "GL0305")
    for page in [ExplainedCheck(check).text(color: false), ExplainedCheck(check).markdown] {
      #expect(page.contains("GL0305 unused-fact"))
      #expect(page.contains("A fact is declared that no rule"))
      #expect(page.contains("allopurinol_allergy"))
      #expect(page.contains("# guideline-lint: allow GL0305 -- reason"))
      #expect(page.hasSuffix("\n") && !page.hasSuffix("\n\n"))
    }
    #expect(!ExplainedCheck(check).text(color: false).contains("\u{1B}"))
    #expect(ExplainedCheck(check).text(color: true).contains("\u{1B}[1m"))
  }

  @Test(arguments: Catalogue.checks.map(\.code.id))
  func `no line of a page is too wide for a terminal, unless it is an example`(id: String) throws {
    let check = try #require(Catalogue.check(named: id))
    for line in ExplainedCheck(check).text(color: false).split(separator: "\n") where !line.hasPrefix("    ") {
      #expect(line.count <= 100, "\(line)")
    }
  }

  @Test func `a patient is shown below the excerpt`() {
    var item = Diagnostic(
      DiagnosticCode("GL0801", "contradiction"), "some patients get azathioprine recommended and advised against",
      at: nil)
    item.example = ExamplePatient(
      facts: ["ild.severity: moderate", "ild.rapidly_progressive: yes"],
      outcome: ["recommend azathioprine: certain", "against azathioprine: certain"])
    item.fixes = [Fix(title: "take the rule away", edits: [], safety: .safe)]
    let text = DiagnosticRenderer(style: .full, color: false).render([item], in: SourceFiles()) { _ in
      [Remark("explain", "guideline-lint explain GL0801")]
    }
    #expect(
      text == """
        error GL0801 contradiction: some patients get azathioprine recommended and advised against
           = example patient (confirmed by the engine; every other fact is free):
               ild.severity: moderate
               ild.rapidly_progressive: yes
           = the engine answers: recommend azathioprine: certain
               against azathioprine: certain
           = fix [safe]: take the rule away
           = explain: guideline-lint explain GL0801

        """)
  }

  @Test func `the lines below say how to allow, and what is allowed`() {
    let open = Sample.clinic().lint().findings[0].remarks
    #expect(open.map(\.word) == ["explain"])
    #expect(open[0].text.hasSuffix("allow: # guideline-lint: allow GL0305 -- reason"))
    let allowed = Sample.clinic(above: "# guideline-lint: allow GL0305 -- later").lint().findings[0].remarks
    #expect(allowed.map(\.word) == ["allowed", "explain"])
    #expect(allowed[0].text == "later")
  }

  @Test func `the last line counts what is open, allowed and known`() {
    let renderer = DiagnosticRenderer(style: .full, color: false)
    #expect(Sample.clinic().lint().summary(renderer) == "1 warning in 1 file; for 1 there is a fix")
    let allowed = Sample.clinic(above: "# guideline-lint: allow GL0305 -- later").lint()
    #expect(allowed.summary(renderer) == "no findings (1 allowed with reason)")
    let misspelt = Sample.clinic(above: "# guideline-lint: allow unused-fatc -- later").lint()
    #expect(misspelt.summary(renderer) == "1 error, 1 warning in 1 file; for 1 there is a fix")
  }
}
