/// A walk over a schema that refuses every keyword whose meaning the validator does not know.
struct JSONSchemaAudit {
  typealias SchemaError = JSONSchemaValidator.SchemaError

  /// What stands behind a keyword.
  enum Shape {
    /// Words for people and editors; they assert nothing.
    case annotation
    case schema
    case schemaList
    case schemaByName
    case schemaByPattern
    case reference
    case pattern
    case format
    case number
    case truth
    case names
    case anything
    case values
    case types
  }

  static let keywords: [String: Shape] = [
    "$schema": .annotation, "$comment": .annotation, "title": .annotation, "description": .annotation,
    "examples": .annotation, "default": .annotation, "deprecated": .annotation,
    // What `$id` and `$defs` were called in the drafts before 2019; an id here only names a schema.
    "id": .annotation, "definitions": .schemaByName,
    "$ref": .reference, "$defs": .schemaByName, "format": .format,
    "type": .types, "enum": .values, "const": .anything,
    "properties": .schemaByName, "patternProperties": .schemaByPattern, "additionalProperties": .schema,
    "propertyNames": .schema, "required": .names, "minProperties": .number, "maxProperties": .number,
    "items": .schema, "prefixItems": .schemaList, "minItems": .number, "maxItems": .number, "uniqueItems": .truth,
    "minLength": .number, "maxLength": .number, "pattern": .pattern, "minimum": .number, "maximum": .number,
    "oneOf": .schemaList, "anyOf": .schemaList, "allOf": .schemaList, "not": .schema,
    "if": .schema, "then": .schema, "else": .schema,
  ]

  static let types: Set<String> = ["null", "boolean", "number", "integer", "string", "array", "object"]

  let file: String
  private(set) var references: [String] = []
  private(set) var patterns: [String: Regex<AnyRegexOutput>]

  init(file: String, patterns: [String: Regex<AnyRegexOutput>]) {
    self.file = file
    self.patterns = patterns
  }

  /// Looks at a schema and at every schema inside it.
  mutating func visit(_ schema: JSONValue, _ path: String) throws {
    if case .bool = schema { return }
    guard let members = schema.object else { throw refused(path, "a schema is a mapping or a truth value") }
    for (keyword, value) in members {
      guard let shape = Self.keywords[keyword] else {
        throw refused(path, "the keyword `\(keyword)` is not known here")
      }
      try visit(value, as: shape, "\(path)/\(keyword)")
    }
    if members["if"] == nil, members["then"] != nil || members["else"] != nil {
      throw refused(path, "`then` and `else` mean nothing without `if`")
    }
  }

  private mutating func visit(_ value: JSONValue, as shape: Shape, _ path: String) throws {
    switch shape {
    case .annotation, .anything: return
    case .schema: try visit(value, path)
    case .schemaList: try visitList(value, path)
    case .schemaByName, .schemaByPattern: try visitMembers(value, byPattern: shape == .schemaByPattern, path)
    case .reference: try references.append(text(value, path))
    case .pattern: try checkPattern(text(value, path), path)
    case .format: try checkFormat(text(value, path), path)
    case .number, .truth, .names, .values, .types:
      guard Self.fits(value, shape) else { throw refused(path, "this value does not belong here") }
    }
  }

  private mutating func visitList(_ value: JSONValue, _ path: String) throws {
    guard let items = value.items, !items.isEmpty else { throw refused(path, "a list of schemas belongs here") }
    for (index, item) in items.enumerated() {
      try visit(item, "\(path)/\(index)")
    }
  }

  private mutating func visitMembers(_ value: JSONValue, byPattern: Bool, _ path: String) throws {
    guard let members = value.object else { throw refused(path, "schemas by name belong here") }
    for (name, item) in members {
      if byPattern { try checkPattern(name, path) }
      try visit(item, "\(path)/\(name)")
    }
  }

  private static func fits(_ value: JSONValue, _ shape: Shape) -> Bool {
    switch shape {
    case .number: return value.number != nil
    case .truth: return value.typeName == "boolean"
    case .names: return value.items?.allSatisfy { $0.text != nil } ?? false
    case .values: return value.items?.isEmpty == false
    case .types:
      let names = value.items ?? [value]
      return !names.isEmpty && names.allSatisfy { $0.text.map(types.contains) ?? false }
    default: return true
    }
  }

  private mutating func checkPattern(_ pattern: String, _ path: String) throws {
    guard patterns[pattern] == nil else { return }
    guard let compiled = try? Regex(pattern) else { throw refused(path, "`\(pattern)` is no regular expression") }
    // Patterns are written for code points; a letter with a mark behind it is two of them.
    patterns[pattern] = compiled.matchingSemantics(.unicodeScalar)
  }

  private mutating func checkFormat(_ format: String, _ path: String) throws {
    guard let pattern = Self.formats[format] else { throw refused(path, "the format `\(format)` is not known here") }
    try checkPattern(pattern, path)
  }

  /// The formats that outside schemas name, as patterns; the signs are those of RFC 3986.
  static let formats: [String: String] = [
    "uri": "^[A-Za-z][A-Za-z0-9+.-]*:" + uriRest,
    "uri-reference": "^" + uriRest,
    "date-time": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:]{8}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
  ]

  private static let uriRest = "([A-Za-z0-9._~:/?#@!$&'()*+,;=-]|\\[|\\]|%[0-9A-Fa-f]{2})*$"

  private func text(_ value: JSONValue, _ path: String) throws -> String {
    guard let text = value.text else { throw refused(path, "a text belongs here") }
    return text
  }

  private func refused(_ path: String, _ reason: String) -> SchemaError {
    SchemaError(description: "\(file)#\(path): \(reason)")
  }
}
