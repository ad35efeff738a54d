internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText
internal import Testing

/// What a library means once it is resolved.
struct ResolutionTests {
  private func everything() throws -> (checked: Checked, library: Library) {
    let checked = check([try baseFile()] + (try read(fixture: "everything.yaml", in: "good")))
    #expect(checked.summary == [])
    return (checked, checked.library(on: "2026-01-01"))
  }

  private func rule(_ name: String, of library: Library) throws -> Rule {
    try #require(library.rules.first { $0.name == name })
  }

  @Test func `each subject of a list makes a conclusion`() throws {
    let (_, library) = try everything()
    let rule = try rule("r", of: library)
    #expect(rule.conclusions.count == 2)
    let union = try #require(library.vocabulary.groups.first { $0.name == "agent or test" })
    let subjects = rule.conclusions.map { conclusion -> String in
      guard case .constant(.term(let index)) = conclusion.fields[0].value.form else { return "?" }
      return union.terms[index].name
    }
    #expect(subjects == ["azathioprine", "tpmt"])
  }

  @Test func `a sentence in place of statements is not a finding for each of its words`() throws {
    let words = (0..<5_000).map { "word\($0)" }.joined(separator: " ")
    let text = """
      guideline: g
      title: G
      version: 1.0.0
      edition: "1"
      uses: [words]
      sources: {s: {title: S, statements: {A: {says: It is so.}}}}
      rules: {r: {then: [{note: here}], source: "s#A \(words)"}}
      """
    let unknown = check([try baseFile(), ("g.yaml", text)]).findings.filter { $0.code.id == "GL0320" }
    #expect(unknown.count == 9)
    #expect(unknown.contains { $0.message.contains("4992 further words") })
  }

  @Test func `a term is carried into the list of the subject`() throws {
    let (_, library) = try everything()
    let subject = try #require(try rule("q", of: library).conclusions.first?.fields.first)
    guard case .translated(let inner, let map) = subject.value.form else {
      Issue.record("the agent of the row is not carried over")
      return
    }
    #expect(inner.form == .field(variable: 0, field: 0))
    #expect(map == [0, 1, 2])
  }

  @Test func `variables are numbered by their depth`() throws {
    let (_, library) = try everything()
    let rule = try rule("q", of: library)
    #expect(rule.variables.map(\.rows.variable) == [0])
    let text = "\(try self.rule("r", of: library).when)"
    #expect(text.contains("variable: 0"))
  }

  @Test func `quantities are in the canonical unit and print in the declared one`() throws {
    let (checked, _) = try everything()
    let fact = try #require(checked.vocabulary.factNamed["lab.wbc"])
    let weight = try #require(checked.vocabulary.factNamed["patient.age"])
    guard case .quantity(let unit) = checked.vocabulary[fact].type else {
      Issue.record("no quantity")
      return
    }
    #expect(unit.symbol == "10*9/L")
    #expect(
      checked.vocabulary[weight].range?.high
        == Rational(125).multiplied(by: Rational(numerator: 1461, denominator: 4) ?? .zero))
    #expect(checked.vocabulary[fact].validForDays == Rational(30))
  }

  @Test func `a definition that has the name of a fact derives it`() throws {
    let (checked, library) = try everything()
    let fact = try #require(checked.vocabulary.factNamed["ild.severity"])
    let definition = try #require(library.derivations[fact])
    guard case .agree(let facts) = library[definition].form else {
      Issue.record("no agree")
      return
    }
    #expect(facts.map { library.vocabulary[$0].name } == ["ild.severity_by_test", "tpmt.status"])
  }

  @Test func `a table keeps the rows that its where chooses`() throws {
    let (_, library) = try everything()
    #expect(library.tables.map(\.name) == ["names"])
    #expect(library.tables[0].rows.map(\.id) == ["a"])
  }

  @Test func `records that rules derive are known as such`() throws {
    let (checked, library) = try everything()
    let contact = try #require(checked.vocabulary.recordNamed["contact"])
    #expect(library.derivedRecords == [contact])
  }

  @Test func `only graded kinds inherit strength`() throws {
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
        strength: conditional
        certainty: low
        rules:
          r:
            when: [ild.present]
            strength: strong
            then:
              - {recommend: tpmt}
              - {recommend: cbc, strength: conditional}
              - {warn: sjogren}
              - {warn: sard, strength: strong}
        """
      ),
    ])
    #expect(checked.summary == [])
    let conclusions = checked.library(on: "2026-01-01").rules[0].conclusions
    #expect(conclusions.map(\.strength) == [.word("strong"), .word("conditional"), nil, .word("strong")])
    #expect(conclusions.map(\.certainty) == [.word("low"), .word("low"), nil, nil])
  }

  @Test func `what is broken is left out, and what reads it, without a second report`() throws {
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
        define:
          a_broken: {means: ild.presnt}
          b_reads_it: {means: a_broken}
          c_sound: {means: ild.present}
        rules:
          a-broken: {when: [b_reads_it], then: [{warn: sard}]}
          b-sound: {when: [c_sound, rule a-broken applies], then: [{warn: sard}]}
        """
      ),
    ])
    #expect(checked.summary == ["GL0301 ild.presnt"])
    let library = checked.library(on: "2026-01-01")
    #expect(library.definitions.map(\.name) == ["c_sound"])
    #expect(library.rules.map(\.name) == ["b-sound"])
    guard case .group(.all, let members) = library.rules[0].when.form else {
      Issue.record("no group")
      return
    }
    #expect(members.map(\.form).contains(.applies([])))
    let value = Value(.definition(DefinitionID(0)), type: .term(.yesNo), members[0].span)
    #expect(members[0].form == .isTerm(value, [.term(0)]))
  }

  @Test func `rows of a grid are rules of one family`() throws {
    let checked = check([try baseFile()] + (try read(fixture: "row-width.yaml", in: "good")))
    let library = checked.library(on: "2026-01-01")
    #expect(library.rules.map(\.name) == ["grid#1", "grid#2", "grid#3"])
    #expect(Set(library.rules.map(\.family)) == [0])
    #expect(library.rules.map(\.uniqueIn) == ["grid", "grid", "grid"])
    guard case .group(.all, let second) = library.rules[1].when.form else {
      Issue.record("no group")
      return
    }
    #expect(second.count == 1)
  }

  @Test func `another edition may lack the rule that is named`() throws {
    func document(_ name: String, _ from: String, _ rules: String) -> (path: String, text: String) {
      (
        "\(name)\(from).yaml",
        """
        guideline: \(name)
        title: g
        edition: "\(from)"
        version: 1.0.0
        uses: [words]
        in_force: {from: \(from)}
        rules:
        \(rules)
        """
      )
    }
    let checked = check([
      try baseFile(),
      document("a", "2020-01-01", "  x: {when: [rule b/y applies], then: [{warn: sard}]}"),
      document("b", "2020-01-01", "  y: {when: [ild.present], then: [{warn: sard}]}"),
      document("b", "2022-01-01", "  z: {when: [ild.present], then: [{warn: sard}]}"),
    ])
    #expect(checked.summary == [])
    #expect(checked.library(on: "2021-01-01").rules[0].when.form == .applies([RuleID(1)]))
    #expect(checked.library(on: "2023-01-01").rules[0].when.form == .applies([]))
  }
}

/// Content of a size that nobody writes must not bring the reader down.
struct LongChainTests {
  private func document(_ define: String) -> (path: String, text: String) {
    (
      "g.yaml",
      "guideline: g\ntitle: g\nedition: a\nversion: 1.0.0\nuses: [words]\nin_force: {from: 2024-01-01}\ndefine:\n"
        + define
    )
  }

  private func name(_ number: Int) -> String { "x\(10_000 + number)" }

  @Test func `a chain of ten thousand values is settled`() throws {
    let chain = (0..<10_000).map { "  \(name($0)): {value: \(name($0 + 1)) + 1 kg}\n" }.joined()
    let checked = check([try baseFile(), document(chain + "  \(name(10_000)): {value: patient.weight}\n")])
    #expect(checked.summary == [])
    #expect(checked.library(on: "2026-01-01").definitions.count == 10_001)
  }

  @Test func `a circle of ten thousand values is told once`() throws {
    let chain = (0..<10_000).map { "  \(name($0)): {value: \(name(($0 + 1) % 10_000)) + 1 kg}\n" }.joined()
    let checked = check([try baseFile(), document(chain)])
    #expect(checked.summary == ["GL0809 x10000"])
  }

  @Test func `what reads a broken definition through ten thousand others is left out`() throws {
    let chain = (0..<10_000).map { "  \(name($0)): {means: \(name($0 + 1))}\n" }.joined()
    let checked = check([try baseFile(), document(chain + "  \(name(10_000)): {means: ild.presnt}\n")])
    #expect(checked.summary == ["GL0301 ild.presnt"])
    #expect(checked.library(on: "2026-01-01").definitions.isEmpty)
  }
}
