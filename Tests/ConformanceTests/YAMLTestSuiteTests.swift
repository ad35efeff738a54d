import Foundation
import LocatedYAML
import SourceText
import Testing

/// The official test suite of YAML, read from the folder that `GUIDELINE_SUITES` names.
@Suite struct `The test suite of YAML` {
  @Test func `a file is accepted when it is valid and free of what is refused, but for a pinned list`() throws {
    let suite = try YAMLSuite.load()
    guard !suite.cases.isEmpty else { return }
    #expect(suite.cases.count == 402)
    var deviations: [String: String] = [:]
    for example in suite.cases {
      let reading = YAMLSuiteReading(example)
      let isExpected = !example.isInvalid && example.refused.isEmpty
      guard reading.isAccepted != isExpected else { continue }
      deviations[example.id] = isExpected ? reading.codes.joined(separator: " ") : "accepted"
    }
    #expect(deviations == YAMLSuiteDeviation.outcomes)
  }

  @Test func `every case of the pinned list is one that libyaml decides otherwise`() throws {
    let suite = try YAMLSuite.load()
    guard !suite.cases.isEmpty else { return }
    for (id, outcome) in YAMLSuiteDeviation.outcomes {
      let known = suite.libyaml[id]
      #expect(known == "valid-events-differ" || known == (outcome == "accepted" ? "error-ACCEPTED" : "valid-REJECTED"))
    }
  }

  @Test func `an accepted file reads as the suite says`() throws {
    let suite = try YAMLSuite.load()
    var compared = 0
    for example in suite.cases where !example.isInvalid && suite.libyaml[example.id] == nil {
      let reading = YAMLSuiteReading(example)
      guard reading.isAccepted else { continue }
      compared += 1
      #expect(reading.tree == example.tree, "\(example.id) \(example.name)")
      guard let json = example.json else { continue }
      #expect(reading.equals(json), "\(example.id) \(example.name)")
    }
    #expect(suite.cases.isEmpty || compared > 90)
  }

  @Test func `every refusal has a code and a place`() throws {
    for example in try YAMLSuite.load().cases {
      let reading = YAMLSuiteReading(example)
      #expect(reading.isAccepted || !reading.codes.isEmpty, "\(example.id)")
      #expect(reading.strayPlaces.isEmpty, "\(example.id)")
    }
  }
}

/// What a case says, or what we read, without places.
indirect enum PlainTree: Equatable {
  case scalar(String, String)
  case list([PlainTree])
  case map([[PlainTree]])
  case refused
}

/// The cases and what is known of libyaml.
struct YAMLSuite {
  var cases: [YAMLSuiteCase] = []
  /// Outcomes of libyaml 0.2.5 that differ from the suite.
  var libyaml: [String: String] = [:]

  static func load() throws -> YAMLSuite {
    guard let folder = ProcessInfo.processInfo.environment["GUIDELINE_SUITES"] else {
      print("skipped: GUIDELINE_SUITES is not set")
      return YAMLSuite()
    }
    let root = URL(filePath: folder)
    let lines = try String(contentsOf: root.appending(path: "yaml-test-suite.jsonl"), encoding: .utf8)
    let deviations = try Data(contentsOf: root.appending(path: "libyaml-0.2.5-deviations.json"))
    var suite = YAMLSuite()
    suite.cases = try lines.split(separator: "\n").map { try YAMLSuiteCase(Data($0.utf8)) }
    for item in try JSONSerialization.jsonObject(with: deviations) as? [[String: Any]] ?? [] {
      suite.libyaml[item["id"] as? String ?? ""] = item["outcome"] as? String
    }
    return suite
  }
}

/// One case of the suite.
struct YAMLSuiteCase {
  let id: String
  let name: String
  let isInvalid: Bool
  let yaml: String
  let json: String?
  let tree: PlainTree
  /// What it uses and we refuse.
  let refused: Set<String>

  init(_ line: Data) throws {
    let fields = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
    id = try #require(fields["id"] as? String)
    name = fields["name"] as? String ?? ""
    isInvalid = fields["error"] as? Bool ?? false
    yaml = try #require(fields["in_yaml"] as? String)
    json = fields["json"] as? String
    var events = YAMLSuiteEvents(fields["events"] as? String ?? "", yaml: yaml)
    tree = events.read()
    refused = events.refused
  }
}
