import ClinicalValues
import Foundation
import GuidelineJSON
import GuidelineKit
import SourceText
import Testing

@Suite struct `A report in JSON` {
  private let today = Day(number: 20_240)

  @Test func `an empty report has all lists and nothing else`() {
    let written =
      #"{"conclusions":[],"conflicts":[],"due":[],"guidelines":[],"needs":[],"out_of_scope":[],"today":"2025-06-01","#
      + #""undecided":[]}"#
    #expect(String(decoding: canonicalJSON(Report(today: today)), as: UTF8.self) == written)
  }

  @Test func `violations and the last day appear only when there are any`() throws {
    let calm = try text(of: "patients/textbook.yaml")
    #expect(!calm.contains("violations"))
    #expect(!calm.contains("valid_until"))
    let alarming = try text(of: "patients/low-counts.yaml")
    #expect(alarming.contains(#""valid_until":"2025-06-13""#))
    #expect(
      alarming.contains(
        #""violations":[{"because":"nobody can stop and begin at once","guideline":"lung","#
          + #""invariant":"stop-is-not-recommend"}]"#))
  }

  private func text(of patient: String) throws -> String {
    String(decoding: canonicalJSON(try Fixture.report(of: patient, prefix: "library")), as: UTF8.self)
  }

  @Test(arguments: [
    (FieldValue.term("cbc", label: "complete blood count"), #""cbc""#),
    (.quantity(Rational(28), unit: "d"), #"{"unit":"d","value":28}"#),
    (.number(Rational(2)), "2"),
    (.date(Day(number: 20_240)), #""2025-06-01""#),
    (.text("as \"needed\""), #""as \"needed\"""#),
  ])
  func `values have the shape of their type`(value: FieldValue, written: String) {
    #expect(value.json.canonicalText == written)
  }

  @Test(arguments: ["patients/textbook.yaml", "patients/low-counts.yaml"])
  func `what is written at once is what its value is`(patient: String) throws {
    var report = try Fixture.report(of: patient, prefix: "library")
    #expect(canonicalJSON(report) == report.json.canonicalBytes)
    // Others may fill in fields in any order.
    for index in report.conclusions.indices {
      report.conclusions[index].fields = [
        ReportedField(name: "z", value: .number(Rational(1))), ReportedField(name: "a", value: .text("\"")),
        ReportedField(name: "a", value: .quantity(Rational(2), unit: "mg")),
      ]
      report.conclusions[index].gradedAs = "A"
      report.conclusions[index].undecidedFields = ["dose"]
    }
    #expect(canonicalJSON(report) == report.json.canonicalBytes)
  }

  @Test func `another reader of JSON reads the same`() throws {
    let report = try Fixture.report(of: "patients/low-counts.yaml", prefix: "library")
    let bytes = canonicalJSON(report)
    let read = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let conclusions = try #require(read["conclusions"] as? [[String: Any]])
    #expect(conclusions.count == report.conclusions.count)
    #expect(report.conclusions.contains { $0.kind == "stop" })
    // The canonical form of Foundation differs only in how it escapes a slash, which is switched off here.
    let again = try JSONSerialization.data(withJSONObject: read, options: [.sortedKeys, .withoutEscapingSlashes])
    #expect(again.count == bytes.count)
  }

  @Test func `where the library lies does not matter`() throws {
    let near = try Fixture.report(of: "patients/low-counts.yaml", prefix: "guidelines")
    let far = try Fixture.report(of: "patients/low-counts.yaml", prefix: "/somewhere/else/")
    #expect(canonicalJSON(near) != canonicalJSON(far))
    #expect(canonicalJSON(near.seen(from: "guidelines")) == canonicalJSON(far.seen(from: "/somewhere/else/")))
  }

  @Test func `findings carry their places`() throws {
    var files = SourceFiles()
    let id = files.add(path: "ä.yaml", bytes: Array("one\ntwö three\n".utf8))
    let place = Span(file: id, start: 9, end: 14)
    let finding = Diagnostic(
      DiagnosticCode("GL0301", "unknown-fact"), "there is no `three`", at: place, label: "here",
      related: [RelatedPlace(Span(file: id, start: 0, end: 3), "declared")], notes: ["a note"], help: ["write `two`"],
      fixes: [Fix(title: "rename", edits: [TextEdit(span: place, replacement: "two")], safety: .edit)])
    let here = #"{"column":5,"endColumn":10,"endLine":2,"file":"ä.yaml","line":2}"#
    let there = #"{"column":1,"endColumn":4,"endLine":1,"file":"ä.yaml","line":1}"#
    let written =
      #"[{"code":"GL0301","fixes":[{"edits":[{"place":"# + here
      + #","text":"two"}],"safety":"edit","title":"rename"}],"help":["write `two`"],"label":"here","#
      + #""message":"there is no `three`","name":"unknown-fact","notes":["a note"],"place":"# + here
      + #","related":[{"label":"declared","place":"# + there + #"}],"severity":"error"}]"#
    #expect(String(decoding: canonicalJSON([finding], in: files), as: UTF8.self) == written)
  }
}
