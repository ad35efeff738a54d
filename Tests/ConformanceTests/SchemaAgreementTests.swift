internal import Foundation
internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText
internal import TestSupport
internal import Testing

/// The schemas and the reader describe one language: what one accepts and refuses, the other must too, as far as a
/// schema can tell.
@Suite struct SchemaAgreementTests {
  @Test(arguments: ["Tests/Fixtures/good", "guidelines"])
  func `what is good fits its schema and is read without a fault`(_ folder: String) throws {
    let schema = try JSONSchemaValidator(contentsOf: SchemaFolder.path("document"))
    var wrong: [String] = []
    for file in try SchemaFixture.all(in: folder) {
      wrong += file.errors.map { "\(file.name): \($0)" }
      for reading in ScalarReading.allCases {
        let value = try #require(file.value(reading), "\(file.name) holds nothing")
        wrong += schema.failures(of: value).map { "\(file.name), \(reading): \($0)" }
      }
    }
    #expect(wrong == [])
  }

  @Test func `what a schema can refuse is refused by the schema and by the reader`() throws {
    let schema = try JSONSchemaValidator(contentsOf: SchemaFolder.path("document"))
    var wrong: [String] = []
    for file in try SchemaFixture.all(in: "Tests/Fixtures/bad/schema") {
      if file.errors != file.expected { wrong.append("\(file.name): the reader says \(file.errors)") }
      for reading in ScalarReading.allCases {
        let value = try #require(file.value(reading), "\(file.name) is no YAML")
        if schema.failures(of: value).isEmpty { wrong.append("\(file.name), \(reading): the schema says nothing") }
      }
    }
    #expect(wrong == [])
  }

  @Test func `what only the reader can refuse is refused by the reader alone`() throws {
    let schema = try JSONSchemaValidator(contentsOf: SchemaFolder.path("document"))
    var wrong: [String] = []
    for file in try SchemaFixture.all(in: "Tests/Fixtures/bad/reader") {
      if file.errors != file.expected { wrong.append("\(file.name): the reader says \(file.errors)") }
      guard file.isYAML, let value = file.value(.text) else { continue }
      wrong += schema.failures(of: value).map { "\(file.name): \($0)" }
    }
    #expect(wrong == [])
  }

  @Test func `what only the whole library can tell is found there and nowhere before`() throws {
    let schema = try JSONSchemaValidator(contentsOf: SchemaFolder.path("document"))
    var wrong: [String] = []
    for file in try SchemaFixture.all(in: "Tests/Fixtures/bad/library") {
      let found = try SchemaFixture.library(with: file)
      if Set(found.map { String($0.prefix(6)) }).sorted() != file.expected {
        wrong.append("\(file.name): the library says \(found)")
      }
      wrong += file.errors.map { "\(file.name): the reader says \($0)" }
      let value = try #require(file.value(.text), "\(file.name) is no YAML")
      wrong += schema.failures(of: value).map { "\(file.name): \($0)" }
    }
    #expect(wrong == [])
  }

  @Test func `the good fixtures are one library without a fault`() throws {
    #expect(try SchemaFixture.library(with: nil) == [])
  }

  @Test(arguments: ["batch.ndjson", "batch-brief.ndjson"])
  func `the answers of a batch fit their schema, line by line`(_ name: String) throws {
    let schema = try JSONSchemaValidator(contentsOf: SchemaFolder.path("batch"))
    let lines = try FolderContent.bytes(of: "Tests/Golden/" + name).split(separator: 0x0A)
    #expect(lines.count > 4)
    for line in lines {
      let failures = schema.failures(of: try JSONValue(parsing: Data(line)))
      #expect(failures.isEmpty, "\(String(decoding: line, as: UTF8.self)): \(failures)")
    }
  }

  @Test(arguments: ["guideline", "definitions", "vocabulary", "tests", "common"])
  func `every key that a schema knows stands in a good fixture`(_ name: String) throws {
    let good = try SchemaFixture.all(in: "Tests/Fixtures/good")
    let written = good.reduce(into: Set<String>()) { $0.formUnion($1.value(.text)?.everyKey ?? []) }
    var unused: [String] = []
    try SchemaWalk(name).forEachKey { place, key, _ in
      if !written.contains(key) { unused.append("\(place)/\(key)") }
    }
    #expect(unused == [])
  }
}

/// How the scalars of a document are read.
enum ScalarReading: CaseIterable {
  /// Every scalar is text, as the guideline language has it.
  case text
  /// What is not quoted may be a number or a truth value, as an editor has it.
  case editor
}

/// A file of the fixtures, and what the reader says of it.
struct SchemaFixture {
  let path: String
  let tree: YAMLTree
  /// Whether the file is YAML of the kind that is accepted here.
  let isYAML: Bool
  /// The ids of the errors that the reader finds in this file alone, each once.
  let errors: [String]
  /// The ids behind `# expect:` in the first line.
  let expected: [String]

  var name: String { String(path.split(separator: "/").last ?? "") }

  /// The files below a folder of the repository; none when there is no such folder.
  static func all(in folder: String) throws -> [SchemaFixture] {
    let root = "\(Repository.root)/\(folder)"
    let names = (FileManager.default.enumerator(atPath: root)?.allObjects ?? []).compactMap { $0 as? String }
    return try names.filter { $0.hasSuffix(".yaml") }.sorted().map { try SchemaFixture(path: "\(root)/\($0)") }
  }

  private init(path: String) throws {
    var files = SourceFiles()
    let id = files.add(path: path, bytes: try Self.bytes(of: path))
    let file = files[id]
    var diagnostics = Diagnostics()
    self.path = path
    tree = readYAML(file, into: &diagnostics)
    isYAML = diagnostics.isEmpty
    _ = readDocument(tree, file: file, into: &diagnostics)
    errors = Self.errors(diagnostics)
    expected = file.lineText(1).split(separator: " ").dropFirst(2).map(String.init)
  }

  /// The errors in the library of the good fixtures, with one more file in it: id, place and message of each.
  static func library(with fixture: SchemaFixture?) throws -> [String] {
    let root = "\(Repository.root)/Tests/Fixtures/good"
    var files = SourceFiles()
    for name in try FileManager.default.contentsOfDirectory(atPath: root).sorted() {
      _ = files.add(path: name, bytes: try bytes(of: "\(root)/\(name)"))
    }
    if let fixture { _ = files.add(path: "fixture/\(fixture.name)", bytes: try bytes(of: fixture.path)) }
    var diagnostics = Diagnostics()
    let library = readLibrary(files, into: &diagnostics)
    _ = checkLibrary(library, into: &diagnostics)
    return diagnostics.sorted(in: files).filter { $0.code.severity == .error }.map { finding in
      "\(finding.code.id) \(finding.span.map(files.describe) ?? ""): \(finding.message)"
    }
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  private static func errors(_ diagnostics: Diagnostics) -> [String] {
    Set(diagnostics.items.filter { $0.code.severity == .error }.map(\.code.id)).sorted()
  }
}

// MARK: YAML as JSON

extension SchemaFixture {
  /// The document as a schema sees it.
  func value(_ reading: ScalarReading) -> JSONValue? {
    tree.root.flatMap { value($0, reading) }
  }

  private func value(_ id: NodeID, _ reading: ScalarReading) -> JSONValue? {
    switch tree[id].kind {
    case .scalar(let style):
      let text = tree.text(id)
      return reading == .editor && style == .plain ? Self.guessed(text) : .string(text)
    case .sequence:
      return .array(tree.items(id).compactMap { value($0, reading) })
    case .mapping:
      let members = tree.entries(id).compactMap { entry in
        value(entry.value, reading).map { (tree.text(entry.key), $0) }
      }
      return .object(Dictionary(members) { first, _ in first })
    case .broken:
      return nil
    }
  }

  /// What the core schema of YAML 1.2 takes an unquoted scalar for.
  private static func guessed(_ text: String) -> JSONValue {
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    case "null", "Null", "NULL", "~", "": return .null
    default: break
    }
    let isNumber = text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil
    return isNumber ? Double(text).map(JSONValue.number) ?? .string(text) : .string(text)
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
}
