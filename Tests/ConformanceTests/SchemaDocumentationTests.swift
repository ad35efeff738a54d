internal import Foundation
internal import TestSupport
internal import Testing

/// The schemas as people meet them in an editor: every key is explained, and every example is one.
@Suite struct SchemaDocumentationTests {
  @Test(arguments: SchemaFolder.documents)
  func `every key that an author writes is explained`(_ name: String) throws {
    var unexplained: [String] = []
    try SchemaWalk(name).forEachKey { place, key, schema in
      if schema.object?["description"] == nil { unexplained.append("\(place)/\(key)") }
    }
    #expect(unexplained == [])
  }

  @Test(arguments: SchemaFolder.names) func `every example fits the schema it stands in`(_ name: String) throws {
    let validator = try JSONSchemaValidator(contentsOf: SchemaFolder.path(name))
    var wrong: [String] = []
    try SchemaWalk(name).forEachSchema { place, schema in
      for (index, example) in (schema.object?["examples"]?.items ?? []).enumerated() {
        wrong += try validator.part(at: place).failures(of: example).map { "\(place)/examples/\(index): \($0)" }
      }
    }
    #expect(wrong == [])
  }

  @Test(arguments: SchemaFolder.names) func `every mapping with named keys is closed`(_ name: String) throws {
    var open: [String] = []
    try SchemaWalk(name).forEachSchema { place, schema in
      guard let members = schema.object, members["type"] == "object" else { return }
      guard members["properties"] != nil || members["patternProperties"] != nil else { return }
      let isCondition = place.hasSuffix("/if")
      if members["additionalProperties"] != false, !isCondition { open.append(place) }
    }
    #expect(open == [])
  }
}

/// The schemas of the repository, by name.
enum SchemaFolder {
  /// What authors write.
  static let documents = [
    "document", "guideline", "definitions", "vocabulary", "tests", "facts", "common", "lint-config",
  ]
  static let names = documents + ["report", "diagnostics", "batch"]

  static func path(_ name: String) -> String { "\(Repository.root)/schemas/\(name).schema.json" }

  static func value(_ name: String) throws -> JSONValue {
    try JSONValue(parsing: Data(contentsOf: URL(filePath: path(name))))
  }
}

/// A walk over every schema inside a schema file.
struct SchemaWalk {
  private let name: String
  private let root: JSONValue

  init(_ name: String) throws {
    self.name = name
    self.root = try SchemaFolder.value(name)
  }

  /// Calls with the pointer to each schema inside the file, its root included.
  func forEachSchema(_ body: (String, JSONValue) throws -> Void) rethrows {
    try visit(root, "", body)
  }

  /// Calls for each key under `properties`, with the schema that explains it: its own words or those it refers to.
  func forEachKey(_ body: (String, String, JSONValue) throws -> Void) throws {
    var keys: [(String, String, JSONValue)] = []
    forEachSchema { place, schema in
      for (key, value) in schema.object?["properties"]?.object ?? [:] where value.object != nil {
        if !place.contains("/if") { keys.append((place, key, value)) }
      }
    }
    for (place, key, schema) in keys {
      try body(place, key, explained(schema))
    }
  }

  /// The schema itself when it has words of its own, else what it refers to.
  private func explained(_ schema: JSONValue) throws -> JSONValue {
    guard schema.object?["description"] == nil, let reference = schema.object?["$ref"]?.text else { return schema }
    let parts = reference.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
    let file = parts[0].isEmpty ? root : try SchemaFolder.value(String(parts[0].dropLast(".schema.json".count)))
    let key = parts[1].split(separator: "/").last.map(String.init) ?? ""
    return try explained(file.object?["$defs"]?.object?[key] ?? [:])
  }

  private func visit(_ schema: JSONValue, _ place: String, _ body: (String, JSONValue) throws -> Void) rethrows {
    try body(place, schema)
    for (keyword, value) in (schema.object ?? [:]).sorted(by: { $0.key < $1.key }) {
      let path = "\(place)/\(keyword)"
      switch keyword {
      case "items", "additionalProperties", "not", "if", "then", "else":
        try visit(value, path, body)
      case "oneOf", "anyOf", "allOf", "prefixItems":
        for (index, item) in (value.items ?? []).enumerated() { try visit(item, "\(path)/\(index)", body) }
      case "properties", "patternProperties", "$defs":
        for (key, item) in (value.object ?? [:]).sorted(by: { $0.key < $1.key }) {
          try visit(item, "\(path)/\(key.replacing("~", with: "~0").replacing("/", with: "~1"))", body)
        }
      default: break
      }
    }
  }
}
