internal import ClinicalValues
public import GuidelineKit

/// A JSON Schema (2020-12) of the facts of one patient: every fact and record of a library's vocabularies.
///
/// Editors complete and check fact files with it; whether a unit fits and a value lies in its range is checked when the
/// facts are read.
public func factSchema(_ facts: [FactListing]) -> JSONValue {
  FactSchema(facts: facts).document
}

private struct FactSchema {
  let facts: [FactListing]

  var document: JSONValue {
    var definitions: [String: JSONValue] = ["unknown": Self.unknown]
    for fact in facts { definitions[fact.name] = schema(of: fact) }
    for beginning in beginnings { definitions[Self.key(beginning)] = names(below: beginning + ".") }
    var entries = names(below: "").members
    if case .object(var properties)? = entries["properties"] {
      properties["@id"] = Self.id
      entries["properties"] = .object(properties)
    }
    entries["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
    entries["title"] = .string("Facts of a patient")
    entries["description"] = .string(
      "What is known of one patient. Names stand with dots or nested. What is left out is unknown; a list that is "
        + "given is complete, and `[]` says that there are none.")
    entries["$defs"] = .object(definitions)
    return .object(entries)
  }

  // MARK: Names

  /// `ild` of `ild.severity`.
  private var beginnings: Set<String> {
    var found: Set<String> = []
    for fact in facts {
      var parts = fact.name.split(separator: ".")
      while parts.count > 1 {
        parts.removeLast()
        found.insert(parts.joined(separator: "."))
      }
    }
    return found
  }

  private static func key(_ beginning: String) -> String { "below:" + beginning }

  /// All that may stand in a mapping below a beginning, with dots or nested.
  private func names(below prefix: String) -> JSONValue {
    var properties: [String: JSONValue] = [:]
    for beginning in beginnings where beginning.hasPrefix(prefix) {
      properties[String(beginning.dropFirst(prefix.count))] = Self.reference(Self.key(beginning))
    }
    for fact in facts where fact.name.hasPrefix(prefix) {
      let name = String(fact.name.dropFirst(prefix.count))
      let own = Self.reference(fact.name)
      properties[name] = properties[name].map { .object(["anyOf": .array([own, $0])]) } ?? own
    }
    return .object([
      "type": .string("object"), "properties": .object(properties), "additionalProperties": .bool(false),
    ])
  }

  private static func reference(_ name: String) -> JSONValue { .object(["$ref": .string("#/$defs/" + name)]) }

  // MARK: Values

  private func schema(of fact: FactListing) -> JSONValue {
    var entries = shape(of: fact).members
    entries["title"] = .string(fact.name)
    entries["description"] = .string(description(of: fact))
    return .object(entries)
  }

  private func description(of fact: FactListing) -> String {
    let range = fact.range.map { ", \($0.low.canonicalDecimal) to \($0.high.canonicalDecimal)" } ?? ""
    let unit = fact.unit.map { " in \($0) or a unit that can be converted" } ?? ""
    let kind = fact.type + unit + range
    let codes = fact.codes.map { "\($0.system) \($0.code)" }.joined(separator: ", ")
    return [fact.ask, kind, codes.isEmpty ? nil : codes].compactMap(\.self).joined(separator: " – ")
  }

  private func shape(of fact: FactListing) -> JSONValue {
    if fact.type == "record" { return Self.orUnknown(Self.list(of: row(of: fact))) }
    if fact.type.hasPrefix("set of ") { return Self.orUnknown(Self.list(of: value("one of", fact.unit, fact.terms))) }
    if fact.type.hasPrefix("series of ") {
      let inner = String(fact.type.dropFirst("series of ".count))
      return Self.orUnknown(Self.list(of: point(value(inner, fact.unit, fact.terms), hasUnit: fact.unit != nil)))
    }
    let value = value(fact.type, fact.unit, fact.terms)
    return Self.orUnknown(value, dated(value, hasUnit: fact.unit != nil))
  }

  private func value(_ type: String, _ unit: String?, _ terms: [ListedTerm]) -> JSONValue {
    switch type {
    case "yes_no": .object(["enum": .array([.string("yes"), .string("no"), .bool(true), .bool(false)])])
    case "quantity", "duration": Self.text(#"^-?[0-9]+(\.[0-9]+)? \S.*$"#, example: "1 \(unit ?? "1")")
    case "whole_number": .object(["type": .strings(["integer", "string"]), "pattern": .string("^-?[0-9]+(\\.0+)?$")])
    case "date": Self.text("^([0-9]{4}-[0-9]{2}-[0-9]{2}|none)$", example: "2025-06-01")
    case "text": .object(["type": .strings(["string", "number", "boolean"])])
    default: .object(["enum": .strings(terms.map(\.name))])
    }
  }

  private static func text(_ pattern: String, example: String) -> JSONValue {
    .object(["type": .string("string"), "pattern": .string(pattern), "examples": .strings([example])])
  }

  /// `{value: …, on: …}`: a value with its day, and with its unit beside it if it has one.
  private func dated(_ value: JSONValue, hasUnit: Bool) -> JSONValue {
    let day = Self.orUnknown(self.value("date", nil, []))
    var properties: [String: JSONValue] = ["value": Self.orUnknown(hasUnit ? Self.orNumber(value) : value), "on": day]
    if hasUnit { properties["unit"] = .object(["type": .strings(["string", "number"])]) }
    return Self.mapping(properties, required: ["value"])
  }

  private func point(_ value: JSONValue, hasUnit: Bool) -> JSONValue { dated(value, hasUnit: hasUnit) }

  private func row(of fact: FactListing) -> JSONValue {
    var properties: [String: JSONValue] = [:]
    for field in fact.fields {
      let value = value(field.type, field.unit, field.terms)
      let none = JSONValue.object(["const": .string("none")])
      var split: [String: JSONValue] = ["value": field.unit == nil ? value : Self.orNumber(value)]
      if field.unit != nil { split["unit"] = .object(["type": .strings(["string", "number"])]) }
      properties[field.name] = Self.orUnknown(value, none, Self.mapping(split, required: ["value"]))
    }
    return Self.mapping(properties, required: [])
  }

  private static func mapping(_ properties: [String: JSONValue], required: [String]) -> JSONValue {
    var entries: [String: JSONValue] = [
      "type": .string("object"), "properties": .object(properties), "additionalProperties": .bool(false),
    ]
    if !required.isEmpty { entries["required"] = .strings(required) }
    return .object(entries)
  }

  private static func list(of items: JSONValue) -> JSONValue {
    .object(["type": .string("array"), "items": items])
  }

  private static func orNumber(_ value: JSONValue) -> JSONValue {
    .object(["anyOf": .array([value, .object(["type": .string("number")]), digits])])
  }

  private static let digits = text(#"^-?[0-9]+(\.[0-9]+)?$"#, example: "1")

  private static func orUnknown(_ values: JSONValue...) -> JSONValue {
    .object(["anyOf": .array(values + [reference("unknown")])])
  }

  private static let id = JSONValue.object([
    "title": .string("@id"), "description": .string("What the patient is called by; no rule reads it."),
    "type": .strings(["string", "number"]),
  ])

  /// `{unknown: not_tested}`: why it is not known.
  private static let unknown = mapping(
    ["unknown": text("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", example: "not_tested")], required: ["unknown"])
}

extension JSONValue {
  fileprivate var members: [String: JSONValue] {
    if case .object(let entries) = self { return entries }
    return [:]
  }
}
