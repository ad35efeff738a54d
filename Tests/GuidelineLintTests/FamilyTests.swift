internal import ClinicalValues
internal import SourceText
internal import TestSupport
internal import Testing

@testable internal import GuidelineLint

/// Parts of a library that have nothing to do with each other.
@Suite struct FamilyTests {
  /// The small clinic twice, under names of their own; `change` is applied to the second.
  private static func two(_ change: (Sample) -> Sample = { $0 }) -> Sample {
    var other = Sample.clinic()
    let names = [
      "tick-bite", "words", "patient.age", "gerd", "amoxicillin", "recommend", "drug", "house",
    ]
    for name in names { other = other.replacing(name, name == "patient.age" ? "person.years" : name + "b") }
    other = change(other)
    return Sample(
      files: Sample.clinic().files.map { ("a/" + $0.path, $0.text) }
        + other.files.map {
          ("b/" + $0.path.replacing("tick-bite", with: "tick-biteb").replacing("words", with: "wordsb"), $0.text)
        })
  }

  private static func kept(_ report: LintReport) -> [KeptFamilies.Record] {
    KeptFamilies(report.answers, report.files).records
  }

  /// All of the findings, the example patients among it.
  private static func shown(_ report: LintReport) -> [String] { report.findings.map { "\($0)" } + report.remarks }

  @Test func `what shares no name is looked at by itself`() {
    let report = Self.two().lint()
    #expect(
      Self.kept(report).map(\.paths) == [
        ["a/cases.yaml", "a/tick-bite.yaml", "a/words.yaml"], ["b/cases.yaml", "b/tick-biteb.yaml", "b/wordsb.yaml"],
      ])
    let alone = Sample.clinic().lint()
    #expect(report.open == (alone.open + alone.open).sorted())
    #expect(report.remarks == ["Analysed 2 of 2 rules in 2 choices of guidelines.", "Not decided: nothing."])
  }

  @Test(
    arguments: [
      // A document, a vocabulary, a fact, a term, a test of everything that is in force, a file of rows.
      ("uses: [wordsb]", "uses: [wordsb, words]"),
      ("tests: tick-biteb-cases", "tests: tick-bite-cases"),
      ("gerdb: {type: yes_no}", "gerdb: {type: yes_no}\n  gerd: {type: yes_no}"),
      ("amoxicillinb: {}", "amoxicillinb: {}, amoxicillin: {}"),
      ("use: [tick-biteb@1]", "library: all\ncomment: \"amoxicillin\""),
      ("use: [tick-biteb@1]", "use: [tick-biteb@1, tick-bite@1]"),
      ("vocabulary: wordsb", "vocabulary: [wordsb"),
    ])
  func `what shares a name, or cannot be read, is one family`(old: String, new: String) {
    let report = Self.two { $0.replacing(old, new) }.lint()
    #expect(Self.kept(report).count == 1, "\(report.open)")
  }

  @Test func `a test that names nothing is about everything`() {
    var sample = Self.two()
    let suite = "tests: nobody\ntoday: 2026-06-15\nlibrary: all\ncases:\n  nobody: {given: {}, conflicts: []}\n"
    sample.files.append(("nobody.yaml", suite))
    #expect(Self.kept(sample.lint()).count == 1)
  }

  @Test func `a name that is not known is looked for in all families`() {
    let sample = Self.two { $0.replacing("when: [person.years", "when: [patient.age") }
    let report = sample.lint()
    #expect(Self.kept(report).count == 1)
    #expect(report.findings.contains { $0.diagnostic.code.id == "GL0316" }, "\(report.open)")
  }

  @Test func `a code that two families give is found`() {
    func coded(_ sample: Sample) -> Sample {
      sample.replacing("{type: yes_no}", "{type: yes_no, codes: {loinc: \"6690-2\"}}")
    }
    let report = coded(Self.two()).lint()
    #expect(Self.kept(report).count == 2)
    #expect(report.open.contains("GL0505"))
  }

  @Test func `what did not change is not looked at again, and says the same`() throws {
    let before = Self.two()
    let after = Self.two { $0.replacing("person.years >= 18 a", "person.years >= 19 a") }
    let fresh = after.lint()
    let first = before.lint()
    let helped = after.lint { $0.answers = first.answers }
    #expect(Self.shown(helped) == Self.shown(fresh))
    // The family that did not change is taken over as it was kept, whatever it says.
    var changed = KeptFamilies(first.answers, first.files)
    for index in changed.records.indices { changed.records[index].content = [] }
    #expect(Self.shown(after.lint { $0.answers = changed.bytes }) == Self.shown(fresh))
    let none = ExaminedFamily(paths: [], key: try #require(changed.records.first).key)
    changed.records[0].content = KeptFamilies([none], first.files).records[0].content
    #expect(after.lint { $0.answers = changed.bytes }.open.count < fresh.open.count)
  }

  enum Way: CaseIterable {
    case selected, ignored, incomplete, configured, later

    func change(_ settings: inout LintSettings) {
      switch self {
      case .selected: settings.select = ["GL03"]
      case .ignored: settings.ignore = ["GL0305"]
      case .incomplete: settings.isIncomplete = true
      case .configured:
        settings.configuration = InputFile(path: "c.yaml", bytes: Array("checks: {GL0305: error}\n".utf8))
      case .later: settings.today = Day(iso: "2031-01-01") ?? settings.today
      }
    }
  }

  @Test(arguments: Way.allCases)
  func `what was found in another way is not taken over`(way: Way) {
    let sample = Self.two()
    let kept = sample.lint().answers
    let fresh = sample.lint { way.change(&$0) }
    let helped = sample.lint {
      way.change(&$0)
      $0.answers = kept
    }
    #expect(Self.shown(helped) == Self.shown(fresh))
  }

  @Test func `a comparison takes nothing away from what is kept`() {
    let sample = Self.two()
    let kept = sample.lint().answers
    let compared = sample.lint {
      $0.answers = kept
      $0.against = Self.two { $0.replacing("18 a", "19 a") }.sources
    }
    #expect(compared.answers == kept)
    #expect(compared.changes != nil)
  }

  @Test func `a file that is gone, shorter or new makes no kept place wrong`() {
    let sample = Self.two()
    let kept = sample.lint().answers
    var shorter = sample
    shorter.files.removeLast()
    shorter.files[1].text = "guideline: tick-bite\n"
    var longer = sample
    longer.files.append(("c/words.yaml", "vocabulary: more\nversion: 1.0.0\nfacts: {fever: {type: yes_no}}\n"))
    for changed in [shorter, longer] {
      #expect(Self.shown(changed.lint { $0.answers = kept }) == Self.shown(changed.lint()))
    }
  }

  @Test func `several families together, kept or not, give the same bytes`() throws {
    var files = SourceFiles()
    for file in try FolderContent.content(of: "Tests/Fixtures/lint/shared", endings: [".yaml", ".csv"]) {
      files.add(path: file.path, bytes: file.bytes)
    }
    for file in Self.two().files { files.add(path: file.path, bytes: Array(file.text.utf8)) }
    var settings = LintSettings(today: Sample.today)
    let fresh = lint(files, settings)
    settings.answers = fresh.answers
    let again = lint(files, settings)
    #expect(Self.shown(again) == Self.shown(fresh))
    #expect(again.answers == fresh.answers)
  }
}
