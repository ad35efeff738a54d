internal import GuidelineLint
internal import SourceText
internal import Testing

/// Findings that are known already.
@Suite struct BaselineTests {
  @Test func `what is known is not reported again`() {
    let known = Sample.clinic().lint().findingsToKnow()
    #expect(known.entries.map(\.check) == ["GL0305"])
    #expect(known.entries.map(\.part) == ["words/gerd"])
    let report = Sample.clinic().lint(baseline: json(known))
    #expect(report.open.isEmpty)
    #expect(report.findings.map(\.state) == [.inBaseline])
    #expect(report.knownFindings().entries == known.entries)
    #expect(report.findingsToKnow().entries == known.entries)
  }

  @Test func `lines and comments may move, words may not`() {
    let known = json(Sample.clinic().lint().findingsToKnow())
    let moved = Sample.clinic(above: "# A comment.\n\n").replacing("facts:", "\n# More.\nfacts:")
    #expect(moved.lint(baseline: known).open.isEmpty)
    #expect(Sample.clinic().replacing("gerd: {type", "gerd:   {type").lint(baseline: known).open.isEmpty)
    #expect(Sample.clinic(behind: " # see above").lint(baseline: known).open.isEmpty)
    let renamed = Sample.clinic().replacing("gerd", "reflux")
    #expect(renamed.lint(baseline: known).open == ["GL0006", "GL0305"])
    let changed = Sample.clinic().replacing("gerd: {type: yes_no}", "gerd: {type: yes_no, ask: \"Reflux?\"}")
    #expect(changed.lint(baseline: known).open == ["GL0006", "GL0305"])
  }

  @Test func `what no longer occurs is stale`() {
    let known = json(Sample.clinic().lint().findingsToKnow())
    let report = Sample.clinic(rule: "patient.age > 18 a, gerd").lint(baseline: known)
    #expect(report.open == ["GL0006"])
    #expect(report.knownFindings().entries.isEmpty)
    #expect(report.words(of: "GL0006")?.contains("words/gerd") == true)
  }

  @Test func `while a part is broken nothing is called stale`() {
    let known = json(Sample.clinic().lint().findingsToKnow())
    #expect(Sample.clinic(rule: "patient.aeg > 1 a").lint(baseline: known).open == ["GL0011", "GL0301"])
  }

  @Test func `what makes content unusable is never known`() {
    let broken = Sample.clinic(rule: "patient.aeg > 1 a").lint()
    let error = broken.findings.first { $0.diagnostic.code.id == "GL0301" }
    let entry = Baseline.Entry(check: "GL0301", fingerprint: error?.fingerprint ?? "", part: "")
    #expect(!broken.findingsToKnow().entries.contains { $0.check == "GL0301" })
    let report = Sample.clinic(rule: "patient.aeg > 1 a").lint(baseline: json(Baseline(entries: [entry])))
    #expect(report.open.contains("GL0301"))
  }

  @Test func `two equal findings have two fingerprints`() {
    let sample = Sample.clinic(rule: "patient.aeg > 1 a, patient.aeg < 9 a")
    let prints = sample.lint().findings.filter { $0.diagnostic.code.id == "GL0301" }.map(\.fingerprint)
    #expect(prints.count == 2)
    #expect(Set(prints).count == 2)
    #expect(prints.last?.hasSuffix("-2") == true)
  }

  @Test(arguments: ["[]", "{}", "{\"findings\": 3}", "no"])
  func `a list that is none is at fault`(text: String) {
    let report = Sample.clinic().lint(baseline: text)
    #expect(report.open.contains("GL0013") || text == "{\"findings\": 3}")
    #expect(report.open.contains("GL0305"))
  }

  private func json(_ baseline: Baseline) -> String {
    let rows = baseline.entries.map {
      "{\"check\": \"\($0.check)\", \"fingerprint\": \"\($0.fingerprint)\", \"part\": \"\($0.part)\"}"
    }
    return "{\"findings\": [\(rows.joined(separator: ", "))]}"
  }
}
