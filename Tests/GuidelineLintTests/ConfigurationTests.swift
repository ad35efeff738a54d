internal import Foundation
internal import GuidelineLint
internal import SourceText
internal import TestSupport
internal import Testing

/// What a project says of its findings.
@Suite struct ConfigurationTests {
  @Test(
    arguments: [
      ("checks: {GL0305: off}", [], ["GL0305"]),
      ("checks: {unused-fact: off}", [], ["GL0305"]),
      ("checks: {GL0305: {severity: off, reason: later}}", [], ["GL0305"]),
      ("checks: {GL0305: {severity: off, reason: later, until: 2026-06-15}}", [], ["GL0305"]),
      ("checks: {GL0305: {severity: off, reason: later, until: 2026-06-14}}", ["GL0004", "GL0305"], []),
      ("chekcs: {GL0305: off}", ["GL0007", "GL0305"], []),
      ("checks: {GL0305: {severty: off}}", ["GL0007", "GL0013", "GL0305"], []),
      ("checks: {GL0305: silent}", ["GL0013", "GL0305"], []),
      ("checks: {GL9305: off}", ["GL0003", "GL0305"], []),
      ("checks: [GL0305]", ["GL0013", "GL0305"], []),
      ("fail-on: serious", ["GL0013", "GL0305"], []),
      ("allow: [{check: GL0305, reason: later}]", [], ["GL0305"]),
      ("allow: [{check: GL0305, where: gerd, reason: later}]", [], ["GL0305"]),
      ("allow: [{check: GL0305, where: words/gerd, reason: later}]", [], ["GL0305"]),
      ("allow: [{check: GL0305, where: words, reason: later}]", [], ["GL0305"]),
      ("allow: [{check: GL0305, where: words.yaml, reason: later}]", [], ["GL0305"]),
      ("allow: [{check: GL0305, where: rules.yaml, reason: later}]", ["GL0002", "GL0305"], []),
      ("allow: [{check: GL0305, where: adults, reason: later}]", ["GL0002", "GL0305"], []),
      ("allow: [{check: GL0305, where: gerd}]", ["GL0001", "GL0305"], []),
      ("allow: [{check: GL0305, reason: later, until: 2026-06-14}]", ["GL0004", "GL0305"], []),
      ("allow: [{check: GL0301, reason: later}]", ["GL0009", "GL0305"], []),
      ("allow: [{where: gerd, reason: later}]", ["GL0013", "GL0305"], []),
      ("allow: {GL0305: later}", ["GL0013", "GL0305"], []),
      ("fail-on: warning", ["GL0305"], []),
      ("checks: {", ["GL0101", "GL0305"], []),
    ])
  func `a configuration decides, or is itself at fault`(text: String, open: [String], allowed: [String]) {
    let report = Sample.clinic().lint(configuration: text)
    guard Catalogue.check(named: "GL0301") != nil || !text.contains("GL0301") else { return }
    #expect(report.open == open)
    #expect(report.allowed == allowed)
  }

  @Test func `a severity is raised and lowered`() {
    let raised = Sample.clinic().lint(configuration: "checks: {GL0305: error}")
    #expect(raised.first("GL0305")?.code.severity == .error)
    #expect(raised.worst == .error)
    #expect(Sample.clinic().lint(configuration: "checks: {GL0305: info}").worst == .info)
    #expect(Sample.clinic().lint().worst == .warning)
  }

  @Test func `a misspelt setting is corrected where it stands`() {
    let report = Sample.clinic().lint(configuration: "fial-on: error\n")
    #expect(report.words(of: "GL0007") == "fial-on")
    #expect(report.first("GL0007")?.fixes.first?.edits.map(\.replacement) == ["fail-on"])
    #expect(report.hasConfigurationFault)
  }

  @Test func `a check that guards patients is silenced with a reason and a name only`() throws {
    guard let check = Catalogue.checks.first(where: { $0.isSafety && $0.mayBeAllowed }) else {
      print("SKIPPED: no check guards patients yet")
      return
    }
    let id = check.code.id
    for setting in ["off", "{severity: off}", "{severity: info, reason: why}", "{severity: off, approved-by: AW}"] {
      #expect(Sample.clinic().lint(configuration: "checks: {\(id): \(setting)}").open == ["GL0008", "GL0305"])
    }
    let fine = "checks: {\(id): {severity: off, reason: why, approved-by: AW}}"
    #expect(Sample.clinic().lint(configuration: fine).open == ["GL0305"])
    let unapproved = "allow: [{check: \(id), where: adults, reason: why}]"
    #expect(Sample.clinic().lint(configuration: unapproved).open == ["GL0008", "GL0305"])
  }

  @Test func `only the wanted checks speak`() {
    let sample = Sample.clinic(above: "# guideline-lint: allow GL0305", rule: "patient.aeg > 1 a")
    #expect(sample.lint { $0.select = ["GL03"] }.open == ["GL0301"])
    #expect(sample.lint { $0.ignore = ["GL0011"] }.open == ["GL0001", "GL0301"])
    #expect(Sample.clinic().lint { $0.ignore = ["unused-fact"] }.open.isEmpty)
  }
}

/// The schema of the configuration and its reader, held to each other.
@Suite struct ConfigurationSchemaTests {
  @Test(
    arguments: [
      (#"{"checks": {"GL0305": "off", "unused-fact": {"severity": "info", "reason": "later"}}}"#, true),
      (#"{"fail-on": "warning", "baseline": "known.json", "library": "content", "paths": ["a", "b"]}"#, true),
      (#"{"allow": [{"check": "GL0305", "where": "gerd", "reason": "later", "until": "2027-01-31"}]}"#, true),
      (#"{"chekcs": {}}"#, false),
      (#"{"checks": {"GL0305": "silent"}}"#, false),
      (#"{"checks": {"GL0305": {"reason": "later"}}}"#, false),
      (#"{"checks": ["GL0305"]}"#, false),
      (#"{"fail-on": "serious"}"#, false),
      (#"{"baseline": []}"#, false),
      (#"{"allow": [{"check": "GL0305", "where": "gerd"}]}"#, false),
      (#"{"allow": [{"reason": "later"}]}"#, false),
      (#"{"allow": {"GL0305": "later"}}"#, false),
      (#"{"safety": {"azathioprine": {"maximum": "2.5 mg/kg/d"}}}"#, false),
      (#"{"safety": {"azathioprine": {"pregnancy": {"fact": "patient.pregnancy"}}}}"#, false),
      (#"{"safety": ["azathioprine"]}"#, false),
      (#"{"results": ["cbc"]}"#, false),
    ])
  func `what the schema refuses the reader refuses`(text: String, isFine: Bool) throws {
    let validator = try JSONSchemaValidator(contentsOf: Repository.root + "/schemas/lint-config.schema.json")
    let failures = validator.failures(of: try JSONValue(parsing: Data(text.utf8)))
    #expect(failures.isEmpty == isFine, "\(failures)")
    let faults = Sample.clinic().lint(configuration: text).findings.filter {
      $0.diagnostic.code.severity == .error && $0.diagnostic.code.id != "GL0002"
    }
    #expect(faults.isEmpty == isFine, "\(faults.map(\.diagnostic.message))")
  }
}
