internal import Foundation
internal import TestSupport
internal import Testing

/// The validator itself: what it accepts, what it refuses, and which schemas it will not work with.
@Suite struct SchemaValidatorTests {
  /// A schema with one value that fits it and one that does not.
  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var schema: JSONValue
    var good: JSONValue
    var bad: JSONValue

    init(_ name: String, _ schema: JSONValue, good: JSONValue, bad: JSONValue) {
      self.name = name
      self.schema = schema
      self.good = good
      self.bad = bad
    }

    var testDescription: String { name }
  }

  static let samples: [Sample] = [
    Sample("type", ["type": "string"], good: "a", bad: 1),
    Sample("types", ["type": ["string", "number"]], good: 1, bad: true),
    Sample("integer", ["type": "integer"], good: 2, bad: .number(2.5)),
    Sample("a number is no truth value", ["type": "boolean"], good: false, bad: 0),
    Sample("null", ["type": "null"], good: .null, bad: false),
    Sample("enum", ["enum": ["a", true]], good: true, bad: "true"),
    Sample("const", ["const": 1], good: 1, bad: 2),
    Sample("true and false", ["properties": ["a": false, "b": true]], good: ["b": 1], bad: ["a": 1]),
    Sample("properties", ["properties": ["a": ["type": "string"]]], good: ["a": "x"], bad: ["a": 1]),
    Sample("required", ["required": ["a"]], good: ["a": 1], bad: ["b": 1]),
    Sample("closed", ["properties": ["a": true], "additionalProperties": false], good: ["a": 1], bad: ["b": 1]),
    Sample("the rest", ["additionalProperties": ["type": "number"]], good: ["b": 1], bad: ["b": "x"]),
    Sample(
      "by pattern", ["patternProperties": ["^x": ["type": "number"]]], good: ["x1": 1, "y": "a"], bad: ["x1": "a"]),
    Sample(
      "a pattern opens what is closed", ["patternProperties": ["^x": true], "additionalProperties": false],
      good: ["x1": 1], bad: ["y": 1]),
    Sample("names", ["propertyNames": ["pattern": "^[a-z]+$"]], good: ["a": 1], bad: ["A": 1]),
    Sample("enough keys", ["minProperties": 1], good: ["a": 1], bad: [:]),
    Sample("few keys", ["maxProperties": 1], good: ["a": 1], bad: ["a": 1, "b": 2]),
    Sample("items", ["items": ["type": "string"]], good: ["a"], bad: ["a", 1]),
    Sample("leading items", ["prefixItems": [["type": "string"]], "items": false], good: ["a"], bad: ["a", "b"]),
    Sample("enough items", ["minItems": 1], good: ["a"], bad: []),
    Sample("few items", ["maxItems": 1], good: ["a"], bad: ["a", "b"]),
    Sample("no item twice", ["uniqueItems": true], good: ["a", "b"], bad: ["a", "a"]),
    Sample("long enough", ["minLength": 2], good: "ab", bad: "a"),
    Sample("short enough", ["maxLength": 1], good: "é", bad: "ab"),
    Sample("a pattern is sought anywhere", ["pattern": "b+c"], good: "abbcd", bad: "abd"),
    Sample(
      "an anchored pattern", ["pattern": "^at least [1-9][0-9]* of$"], good: "at least 10 of", bad: "at least 0 of"),
    Sample("a pattern leaves numbers alone", ["pattern": "^x", "type": ["string", "number"]], good: 1, bad: "a"),
    Sample("a URI", ["format": "uri"], good: "file:///a%20b.yaml", bad: "a.yaml"),
    Sample("a reference", ["format": "uri-reference"], good: "a%20b/%C3%A9.yaml", bad: "a b/c.yaml"),
    Sample("a time", ["format": "date-time"], good: "2026-01-31T12:00:00Z", bad: "2026-01-31"),
    Sample(
      "definitions", ["$ref": "#/definitions/a", "definitions": ["a": ["type": "string"]]], good: "x", bad: 1),
    Sample("at least", ["minimum": 1], good: 1, bad: 0),
    Sample("at most", ["maximum": 1], good: 1, bad: 2),
    Sample("allOf", ["allOf": [["minimum": 1], ["maximum": 2]]], good: 1, bad: 3),
    Sample("anyOf", ["anyOf": [["minimum": 3], ["maximum": 2]]], good: 4, bad: .number(2.5)),
    Sample("oneOf, one too many", ["oneOf": [["minimum": 1], ["maximum": 2]]], good: 3, bad: 2),
    Sample("oneOf, none", ["oneOf": [["type": "string"], ["type": "null"]]], good: "a", bad: 1),
    Sample("not", ["not": ["type": "string"]], good: 1, bad: "a"),
    Sample("if, then", ["if": ["type": "string"], "then": ["minLength": 1]], good: 1, bad: ""),
    Sample("if, else", ["if": ["type": "string"], "else": ["minimum": 1]], good: "", bad: 0),
    Sample("reference", ["$ref": "#/$defs/a", "$defs": ["a": ["type": "string"]]], good: "a", bad: 1),
    Sample(
      "what stands beside a reference counts", ["$ref": "#/$defs/a", "minLength": 1, "$defs": ["a": true]], good: "a",
      bad: ""),
    Sample(
      "a schema that holds itself", ["properties": ["a": ["$ref": "#"]], "additionalProperties": false],
      good: ["a": ["a": [:]]], bad: ["a": ["b": [:]]]),
    Sample("an escaped pointer", ["$ref": "#/$defs/a~1b", "$defs": ["a/b": ["const": 1]]], good: 1, bad: 2),
  ]

  @Test(arguments: samples) func `a value that fits is accepted and one that does not is refused`(_ sample: Sample)
    throws
  {
    let validator = try JSONSchemaValidator(schema: sample.schema)
    #expect(validator.failures(of: sample.good) == [])
    #expect(validator.failures(of: sample.bad) != [])
  }

  @Test(
    arguments: [
      ["unevaluatedProperties": false], ["minlength": 1], ["properties": ["a": ["typo": 1]]], ["oneOf": [["typo": 1]]],
      ["$defs": ["a": ["typo": 1]]], ["not": ["typo": 1]], ["format": "date"],
    ] as [JSONValue])
  func `a keyword that is not known is refused wherever it stands`(_ schema: JSONValue) {
    #expect(throws: JSONSchemaValidator.SchemaError.self) { try JSONSchemaValidator(schema: schema) }
  }

  @Test(
    arguments: [
      ["$ref": "#/$defs/a"], ["$ref": "other.json"], ["pattern": "("], ["patternProperties": ["[": true]],
      ["type": "text"],
      ["type": []], ["enum": []], ["oneOf": []], ["required": [1]], ["minItems": "1"], ["items": [true]],
      ["then": true], 1,
    ] as [JSONValue])
  func `a schema that means nothing is refused`(_ schema: JSONValue) {
    #expect(throws: JSONSchemaValidator.SchemaError.self) { try JSONSchemaValidator(schema: schema) }
  }

  @Test func `a failure names the place in the value`() throws {
    let schema: JSONValue = ["properties": ["a": ["items": ["type": "string"]]]]
    let failures = try JSONSchemaValidator(schema: schema).failures(of: ["a": ["x", 1]])
    #expect(failures.map(\.path) == ["/a/1"])
  }

  @Test func `a truth value and a number stay apart when they are read`() throws {
    let value = try JSONValue(parsing: Data(#"{"a": true, "b": 1, "c": null, "d": [0, false]}"#.utf8))
    #expect(value == ["a": true, "b": 1, "c": .null, "d": [0, false]])
  }

  @Test(arguments: SchemaFolder.names) func `every schema of the repository can be checked in full`(_ name: String)
    throws
  {
    _ = try JSONSchemaValidator(contentsOf: SchemaFolder.path(name))
  }
}
