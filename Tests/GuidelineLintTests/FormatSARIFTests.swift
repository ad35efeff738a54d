internal import FindingFormats
internal import Foundation
internal import GuidelineLint
internal import SourceText
internal import TestSupport
internal import Testing

/// What the schema of SARIF does not ask, but its readers do.
@Suite struct FormatSARIFTests {
  private static func run(_ report: LintReport) throws -> [String: JSONValue] {
    let log = try JSONValue(parsing: Data(format(report, as: .sarif, options: FormatReport.options)))
    return try #require(log.object?["runs"]?.items?.first?.object)
  }

  @Test func `every result has a place with a path, and a rule that is the one it names`() throws {
    let run = try Self.run(FormatReport.whole)
    let rules = try #require(run["tool"]?.object?["driver"]?.object?["rules"]?.items)
    let results = try #require(run["results"]?.items)
    #expect(results.count == FormatReport.whole.findings.count)
    for result in results {
      let place = result.object?["locations"]?.items?.first?.object?["physicalLocation"]?.object
      #expect(place?["artifactLocation"]?.object?["uri"]?.text?.isEmpty == false)
      #expect(place?["region"]?.object?["startLine"] != nil)
      let index = try #require(result.object?["ruleIndex"].flatMap { $0.index })
      #expect(rules[index].object?["id"] == result.object?["ruleId"])
      #expect(rules[index].object?["help"]?.object?["text"]?.text?.isEmpty == false)
    }
  }

  @Test func `columns count UTF-16 units and no byte order mark`() throws {
    let results = try #require(try Self.run(FormatReport.whole)["results"]?.items)
    let related = try #require(
      results.first { $0.object?["ruleId"] == "GL0801" }?.object?["relatedLocations"]?.items)
    let region = related.first?.object?["physicalLocation"]?.object?["region"]
    // `    when: ["🫁 – é", patient…`: 20 code points stand before the place, one of them of two units.
    #expect(region == ["startLine": 8, "startColumn": 22, "endLine": 8, "endColumn": 41])
  }

  @Test func `a place does not reach into the line behind it`() throws {
    let results = try #require(try Self.run(FormatReport.whole)["results"]?.items)
    let broken = results.first { $0.object?["ruleId"] == "GL0101" }?.object?["locations"]?.items?.first
    let region = broken?.object?["physicalLocation"]?.object?["region"]
    #expect(region == ["startLine": 2, "startColumn": 11, "endLine": 3, "endColumn": 18])
  }

  @Test func `links in a message lead to related places, and their brackets are escaped`() throws {
    let results = try #require(try Self.run(FormatReport.whole)["results"]?.items)
    let result = try #require(results.first { $0.object?["ruleId"] == "GL0801" }?.object)
    let text = try #require(result["message"]?.object?["text"]?.text)
    #expect(text.contains(#"[nothing excludes `rp_ild` \[strictly\]](1)"#))
    #expect(result["relatedLocations"]?.items?.compactMap { $0.object?["id"] } == [1, 2])
    let broken = try #require(results.first { $0.object?["ruleId"] == "GL0101" }?.object)
    #expect(broken["message"]?.object?["text"]?.text?.contains(#"[z\](w)"#) == true)
  }

  @Test func `what is allowed or known carries its reason, what is open carries none`() throws {
    let results = try #require(try Self.run(FormatReport.whole)["results"]?.items)
    let reasons = results.map { result in
      result.object?["suppressions"]?.items?.first?.object?["justification"]?.text
    }
    #expect(reasons.compactMap(\.self).count == 2)
    #expect(reasons.contains("named 2023, published in July 2024 (JS) <x> & \"y\""))
  }

  @Test func `a file that cannot be read makes the run unsuccessful and is named`() throws {
    let invocation = try #require(try Self.run(FormatReport.whole)["invocations"]?.items?.first?.object)
    #expect(invocation["executionSuccessful"] == false)
    let first = invocation["toolExecutionNotifications"]?.items?.first?.object
    let place = first?["locations"]?.items?.first?.object?["physicalLocation"]?.object
    #expect(place?["artifactLocation"]?.object?["uri"] == "guidelines/lost%20%26%20found.yaml")
    let clean = try #require(try Self.run(FormatReport.empty)["invocations"]?.items?.first?.object)
    #expect(clean["executionSuccessful"] == true)
  }

  @Test func `a fix that lines and columns cannot express is left out`() throws {
    let results = try #require(try Self.run(FormatReport.whole)["results"]?.items)
    let layout = results.first { $0.object?["ruleId"] == "GL1203" }?.object
    let titles = layout?["fixes"]?.items?.compactMap { $0.object?["description"]?.object?["text"]?.text }
    #expect(titles == ["remove a line"])
  }

  @Test func `an absolute path is a URI of its own`() throws {
    var files = SourceFiles()
    let id = files.add(path: "/x/a b.yaml", bytes: Array("a: b\n".utf8))
    let diagnostic = Diagnostic(FormatReport.unknownFact, "x", at: Span(file: id, start: 0, end: 1))
    let report = LintReport(files: files, findings: [Finding(diagnostic: diagnostic, fingerprint: "1", state: .open)])
    let result = try #require(try Self.run(report)["results"]?.items?.first?.object)
    let place = result["locations"]?.items?.first?.object?["physicalLocation"]?.object
    #expect(place?["artifactLocation"] == ["uri": "file:///x/a%20b.yaml"])
  }
}

extension JSONValue {
  fileprivate var index: Int? {
    guard case .number(let number) = self else { return nil }
    return Int(number)
  }
}
