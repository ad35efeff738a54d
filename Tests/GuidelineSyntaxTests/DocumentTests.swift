internal import Foundation
internal import GuidelineSyntax
internal import SourceText
internal import Testing

struct DocumentTests {
  @Test(arguments: fixtures(in: "good", suffix: ".yaml"))
  func `a good document is read without a finding`(name: String) throws {
    let reading = try #require(Reading(try fixture(name)))
    #expect(reading.findings.map { "\($0.code): \($0.message)" } == [])
    #expect(!shape(reading.document).contains("broken"))
  }

  @Test(.tags(.golden), arguments: fixtures(in: "bad", suffix: ".yaml"))
  func `a bad document has its findings where they belong`(name: String) throws {
    let text = try fixture(name)
    let reading = try #require(Reading(text))
    let lines = reading.findings.map { short($0, in: text) }.sorted { $0.0 < $1.0 }.map(\.1)
    try expectGolden(lines.joined(separator: "\n") + "\n", name + ".expected.txt")
  }

  /// `line:column code: message`, what is marked, and the help.
  private func short(_ finding: Finding, in text: String) -> (Int, String) {
    let bytes = Array(text.utf8)
    let before = bytes[..<Int(finding.span.start)]
    let line = before.filter { $0 == 0x0A }.count + 1
    let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    let marked = String(decoding: bytes[Int(finding.span.start)..<Int(finding.span.end)], as: UTF8.self)
    let shown = marked.split(separator: "\n").first.map(String.init) ?? ""
    let help = finding.help.map { "\n    help: \($0)" } ?? ""
    return (before.count, "\(line):\(column) \(finding.code): \(finding.message)\n    at: \(shown)\(help)")
  }

  @Test func `a guideline has its parts in its tree`() throws {
    let reading = try #require(Reading(try fixture("good/guideline.yaml")))
    guard case .guideline(let guideline) = reading.document.body else {
      Issue.record("not a guideline")
      return
    }
    #expect(reading.document.header.edition?.value == "2025")
    #expect(reading.document.header.uses.map(\.value) == ["toxicity", "shared-criteria@2025"])
    #expect(guideline.annotations.certainty?.value == "very_low")
    #expect(guideline.sources.map(\.id.value) == ["made-up-2025", "matrix-2025"])
    #expect(guideline.sources[1].statementsFrom?.says.map { dump($0) } == ["setting", "<: >", "agent"])
    #expect(guideline.scope.map { dump($0) } == ["(diagnosis includes-any [sard])", "(holds ild.present)"])
    #expect(guideline.definitions.map(\.name.value).count == 6)
    #expect(guideline.invariants[0].never.count == 2)
  }

  @Test func `groups nest and keep their counts`() throws {
    let reading = try #require(Reading(try fixture("good/guideline.yaml")))
    guard case .guideline(let guideline) = reading.document.body,
      case .means(let conditions)? = guideline.definitions.last?.form
    else {
      Issue.record("no definition")
      return
    }
    #expect(
      conditions.map { dump($0) } == [
        "(any (exists medication (agent one-of [azathioprine])) "
          + "(at-least-2 (holds ild.symptomatic) (holds ild.present) (not (applies - first-line -))) "
          + "(none (holds ild.present) (symptoms includes-all [cough fever])))"
      ])
  }

  @Test func `conclusions keep values, texts and what is left out when unknown`() throws {
    let reading = try #require(Reading(try fixture("good/guideline.yaml")))
    guard case .guideline(let guideline) = reading.document.body else { return }
    let then = guideline.rules[0].then
    #expect(then.map(\.kind.value) == ["recommend", "dose", "warn", "inform", "note", "derive"])
    #expect(then[0].subjects.map { dump($0) } == ["azathioprine", "row.agent"])
    #expect(then[0].annotations.strength?.value == "strong")
    #expect(then[1].fields.map { dump($0.value) }.first == "(* row.low azathioprine.planned_dose)")
    #expect(then[1].fields.map(\.ifKnown) == [false, true])
    #expect(
      then[2].fields.map { dump($0.value) } == ["(template drug.agent < raises azathioprine metabolites>)", "no"])
    #expect(then[2].fields.map(\.isQuoted) == [true, false])
    #expect(then[3].fields.map { dump($0.value) } == ["(template <only if both are unavoidable>)"])
    #expect(then[4].subjects.map { dump($0) } == ["(template <Words over\ntwo lines.\n>)"])
  }

  @Test func `tables keep cells, rows and conclusions`() throws {
    let reading = try #require(Reading(try fixture("good/guideline.yaml")))
    guard case .guideline(let guideline) = reading.document.body,
      case .knowledge(let knowledge) = guideline.tables[0].body,
      case .decision(let decision) = guideline.tables[2].body
    else {
      Issue.record("no tables")
      return
    }
    #expect(knowledge.rows.map { $0.cells.map(\.value) }[1] == ["P18, IM", "", "sjogren", "30", "80"])
    #expect(dump(knowledge.columns[4].type) == "(quantity %)")
    #expect(decision.inputs.map { dump($0) }[1] == "(/ azathioprine.planned_dose patient.weight)")
    #expect(decision.rows.map { $0.cells.map { dump($0) } }[1] == ["poor_metabolizer | unknown", "1..2'mg/kg/d'"])
    #expect(decision.rows.map(\.then.count) == [1, 2, 1])
    #expect(decision.rows[2].id?.value == "high")
  }

  @Test func `a place inside a quoted scalar is exact`() throws {
    let text = "guideline: a\nversion: 1.0.0\nedition: x\ntitle: x\nscope: \"ild.present is knwon\"\n"
    let reading = try #require(Reading(text))
    let finding = try #require(reading.findings.first)
    let start = try #require(text.range(of: "knwon")).lowerBound.utf16Offset(in: text)
    #expect(Int(finding.span.start) == start)
    #expect(Int(finding.span.end) == start + 5)
  }
}
