public import ClinicalValues

/// A JSON document, before it is written.
///
/// There is no null: what does not apply is left out.
public enum JSONValue: Hashable, Sendable {
  case string(String)
  case number(Rational)
  case bool(Bool)
  case array([JSONValue])
  case object([String: JSONValue])

  /// A whole number.
  public static func count(_ number: Int) -> JSONValue { .number(Rational(Int64(number))) }

  public static func strings(_ items: some Sequence<String>) -> JSONValue { .array(items.map(JSONValue.string)) }

  /// An object of the entries that have a value.
  package static func entries(_ entries: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    var known: [String: JSONValue] = [:]
    known.reserveCapacity(entries.count)
    for case let (key, value?) in entries { known[key] = value }
    return .object(known)
  }
}

extension JSONValue {
  /// The canonical form: UTF-8 without white space, keys by code points, plain decimals.
  ///
  /// Equal values have equal bytes.
  public var canonicalBytes: [UInt8] {
    var writer = JSONWriter(isPretty: false)
    writer.write(self)
    return writer.bytes
  }

  /// The same text, an entry a line, for people; it ends with a line end.
  public var prettyBytes: [UInt8] {
    var writer = JSONWriter(isPretty: true)
    writer.write(self)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  public var canonicalText: String { String(decoding: canonicalBytes, as: UTF8.self) }
}
