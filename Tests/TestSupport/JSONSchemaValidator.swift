internal import Foundation

/// A validator for the part of JSON Schema 2020-12 that the schemas of this repository use, and of the older drafts that
/// schemas from elsewhere are written in.
///
/// A schema is read as a whole before the first value is checked: a keyword that is not known here, a reference that
/// leads nowhere or a pattern that is no regular expression is an error, so that no schema is ever half checked.
public struct JSONSchemaValidator {
  /// One thing that is wrong with a value.
  public struct Failure: Hashable, Sendable, CustomStringConvertible {
    /// Where in the value, as a JSON pointer.
    public var path: String
    public var message: String

    public var description: String { "\(path.isEmpty ? "/" : path): \(message)" }
  }

  /// Why a schema cannot be used.
  public struct SchemaError: Error, Hashable, CustomStringConvertible {
    public var description: String
  }

  private let schemas: JSONSchemaFiles
  private let root: JSONSchemaPlace

  /// Reads the schema at `path` and every file it refers to.
  public init(contentsOf path: String) throws {
    var schemas = JSONSchemaFiles()
    try schemas.load(path) { file in
      guard let data = FileManager.default.contents(atPath: file) else {
        throw SchemaError(description: "there is no schema \(file)")
      }
      return try JSONValue(parsing: data)
    }
    try self.init(schemas, path, "")
  }

  /// Takes a schema that refers to no other file.
  public init(schema: JSONValue) throws {
    var schemas = JSONSchemaFiles()
    try schemas.load("schema.json") { file in
      guard file == "schema.json" else { throw SchemaError(description: "there is no schema \(file)") }
      return schema
    }
    try self.init(schemas, "schema.json", "")
  }

  private init(_ schemas: JSONSchemaFiles, _ file: String, _ pointer: String) throws {
    guard let root = schemas.resolve("#\(pointer)", from: file) else {
      throw SchemaError(description: "\(file) has no schema at \(pointer)")
    }
    self.schemas = schemas
    self.root = root
  }

  /// What is wrong with the value; nothing when it fits.
  public func failures(of value: JSONValue) -> [Failure] {
    JSONSchemaRun(schemas: schemas).check(value, root, "")
  }

  /// The schema that stands at a JSON pointer inside of this one.
  public func part(at pointer: String) throws -> JSONSchemaValidator {
    try JSONSchemaValidator(schemas, root.file, pointer)
  }
}

/// A schema and the file in which its references are read.
struct JSONSchemaPlace {
  var file: String
  var schema: JSONValue
}

/// The files a schema consists of, each read and audited once.
struct JSONSchemaFiles {
  private var documents: [String: JSONValue] = [:]
  /// Every pattern of these files, ready to be asked; the same few are asked of every key.
  private(set) var patterns: [String: Regex<AnyRegexOutput>] = [:]

  /// Reads the file, refuses what this validator does not understand, and goes on with the files it refers to.
  mutating func load(_ file: String, _ read: (String) throws -> JSONValue) throws {
    guard documents[file] == nil else { return }
    let document = try read(file)
    documents[file] = document
    var audit = JSONSchemaAudit(file: file, patterns: patterns)
    try audit.visit(document, "")
    patterns = audit.patterns
    for reference in audit.references {
      try load(Self.target(of: reference, from: file).file, read)
      guard resolve(reference, from: file) != nil else {
        throw JSONSchemaValidator.SchemaError(description: "\(file): `\(reference)` leads nowhere")
      }
    }
  }

  /// What a reference leads to.
  func resolve(_ reference: String, from file: String) -> JSONSchemaPlace? {
    let target = Self.target(of: reference, from: file)
    guard var schema = documents[target.file] else { return nil }
    for part in target.pointer.split(separator: "/") {
      let key = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
      let index = Int(key) ?? -1
      let item = schema.items.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      guard let next = schema.object?[key] ?? item else { return nil }
      schema = next
    }
    return JSONSchemaPlace(file: target.file, schema: schema)
  }

  /// `other.json#/$defs/x` beside `a/b.json` is `/$defs/x` in `a/other.json`.
  private static func target(of reference: String, from file: String) -> (file: String, pointer: String) {
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let pointer = parts.count == 2 ? parts[1] : ""
    guard let name = parts.first, !name.isEmpty else { return (file, pointer) }
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return ((folder + [Substring(name)]).joined(separator: "/"), pointer)
  }
}
