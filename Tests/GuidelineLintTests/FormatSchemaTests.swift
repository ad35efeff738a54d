internal import FindingFormats
internal import Foundation
internal import GuidelineLint
internal import SourceText
internal import TestSupport
internal import Testing

/// The formats against the schemas of those who defined them, and against our own.
@Suite struct FormatSchemaTests {
  static let reports = ["whole", "empty", "many"]

  private static func report(_ name: String) -> LintReport {
    switch name {
    case "whole": FormatReport.whole
    case "many": FormatReport.many(30)
    default: FormatReport.empty
    }
  }

  private static func value(_ name: String, _ form: FindingFormat) throws -> JSONValue {
    try JSONValue(parsing: Data(format(report(name), as: form, options: FormatReport.options)))
  }

  /// The schema of a suite from elsewhere; nil, and said aloud, when there is no such folder.
  private static func schema(_ path: String) throws -> JSONSchemaValidator? {
    guard let folder = ProcessInfo.processInfo.environment["GUIDELINE_SUITES"] else {
      print("skipped: GUIDELINE_SUITES is not set, so \(path) is not asked")
      return nil
    }
    return try JSONSchemaValidator(contentsOf: folder + "/" + path)
  }

  @Test(arguments: reports) func `a SARIF log fits the schema of OASIS`(_ name: String) throws {
    guard let schema = try Self.schema("sarif/sarif-schema-2.1.0.json") else { return }
    #expect(schema.failures(of: try Self.value(name, .sarif)) == [])
  }

  @Test func `the whole catalogue fits the schema of OASIS, with texts for every rule`() throws {
    let options = FormatOptions(version: "1.2.3")
    let log = try JSONValue(parsing: Data(format(FormatReport.whole, as: .sarif, options: options)))
    let driver = log.object?["runs"]?.items?.first?.object?["tool"]?.object?["driver"]
    let rules = try #require(driver?.object?["rules"]?.items)
    #expect(rules.count >= Catalogue.checks.count)
    for rule in rules {
      for key in ["shortDescription", "fullDescription", "help"] {
        #expect(rule.object?[key]?.object?["text"]?.text?.isEmpty == false)
      }
    }
    guard let schema = try Self.schema("sarif/sarif-schema-2.1.0.json") else { return }
    #expect(schema.failures(of: log) == [])
  }

  @Test func `the schema of OASIS refuses a log that is none`() throws {
    guard let schema = try Self.schema("sarif/sarif-schema-2.1.0.json") else { return }
    #expect(!schema.failures(of: ["version": "2.1.0", "runs": [["results": []]]]).isEmpty)
    let badPath: JSONValue = ["physicalLocation": ["artifactLocation": ["uri": "a b.yaml"]]]
    let log: JSONValue = [
      "version": "2.1.0",
      "runs": [["tool": ["driver": ["name": "x"]], "results": [["message": ["text": "x"], "locations": [badPath]]]]],
    ]
    #expect(!schema.failures(of: log).isEmpty)
  }

  @Test(arguments: reports) func `rdjson fits the schema of reviewdog`(_ name: String) throws {
    guard let schema = try Self.schema("rdjson/DiagnosticResult.json") else { return }
    #expect(schema.failures(of: try Self.value(name, .rdjson)) == [])
  }

  @Test(arguments: reports) func `json fits our own schema`(_ name: String) throws {
    let schema = try JSONSchemaValidator(contentsOf: Repository.root + "/schemas/diagnostics.schema.json")
    let value = try Self.value(name, .json)
    #expect(schema.failures(of: value) == [])
    #expect(value.object?["findings"]?.items?.count == Self.report(name).findings.count)
  }

  @Test func `every key of our own schema is written for the report with everything`() throws {
    let path = URL(fileURLWithPath: Repository.root + "/schemas/diagnostics.schema.json")
    let schema = try JSONValue(parsing: Data(contentsOf: path))
    let written = try Self.value("whole", .json).everyKey
    #expect(schema.everyProperty.subtracting(written) == [])
    #expect(written.subtracting(schema.everyProperty) == [])
  }

  @Test func `GitLab gets the members that it documents and no others`() throws {
    let entries = try #require(try Self.value("whole", .gitlab).items)
    #expect(entries.count == 6)
    for entry in entries {
      let members = try #require(entry.object)
      #expect(Set(members.keys) == ["description", "check_name", "fingerprint", "severity", "location"])
      #expect(["info", "minor", "major", "critical", "blocker"].contains(members["severity"]?.text))
      #expect(members["location"]?.object?["path"]?.text?.hasPrefix("./") == false)
      #expect(members["location"]?.object?["lines"]?.object?["begin"] != nil)
    }
    #expect(Set(entries.compactMap { $0.object?["fingerprint"] }).count == entries.count)
  }

  @Test func `GitLab gets different fingerprints even for findings that have the same`() throws {
    var report = FormatReport.many(3)
    for index in report.findings.indices { report.findings[index].fingerprint = "same" }
    let bytes = format(report, as: .gitlab, options: FormatReport.options)
    let entries = try #require(try JSONValue(parsing: Data(bytes)).items)
    #expect(entries.compactMap { $0.object?["fingerprint"]?.text } == ["same", "same-2", "same-3"])
  }
}

extension JSONValue {
  /// The keys of all mappings inside.
  fileprivate var everyKey: Set<String> {
    switch self {
    case .object(let members): members.values.reduce(into: Set(members.keys)) { $0.formUnion($1.everyKey) }
    case .array(let items): items.reduce(into: []) { $0.formUnion($1.everyKey) }
    default: []
    }
  }

  /// The keys that a schema describes under `properties`.
  fileprivate var everyProperty: Set<String> {
    switch self {
    case .object(let members):
      members.reduce(into: Set(members["properties"]?.object?.keys.map(\.self) ?? [])) { found, member in
        if member.key != "examples" { found.formUnion(member.value.everyProperty) }
      }
    case .array(let items): items.reduce(into: []) { $0.formUnion($1.everyProperty) }
    default: []
    }
  }
}
