internal import ClinicalValues
internal import GuidelineKit

/// How names and values are spoken of.
enum Words {
  /// A name without its underscores.
  static func plain(_ name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "_")) else { return name }
    return String(name.map { $0 == "_" ? " " : $0 })
  }

  static func sign(_ truth: Truth) -> String {
    switch truth {
    case .yes: "✓"
    case .no: "✗"
    case .unknown: "?"
    }
  }

  /// A conclusion in one line: kind, subject and fields.
  static func headline(_ item: ReportedConclusion) -> String {
    let fields = fields(item)
    return plain(item.kind) + " " + item.subject.label + (fields.isEmpty ? "" : " – " + fields)
  }

  static func field(_ name: String, _ item: ReportedConclusion) -> String {
    item.fields.first { $0.name == name }?.value.label ?? ""
  }

  /// The fields in words: the setting first, a range of doses as one.
  static func fields(_ item: ReportedConclusion) -> String {
    var fields = item.fields
    var words: [String] = []
    // One end alone is no range: it stays among the fields, under its name.
    if let low = fields.first(where: { $0.name == "low" }), let high = fields.first(where: { $0.name == "high" }) {
      words.append(range(low.value, high.value))
      fields.removeAll { $0.name == "low" || $0.name == "high" }
    }
    if let setting = take("line", from: &fields) { words.append(setting.label) }
    words += fields.map { "\(plain($0.name)): \(value($0.value))" }
    return words.joined(separator: "; ")
  }

  private static func take(_ name: String, from fields: inout [ReportedField]) -> FieldValue? {
    guard let index = fields.firstIndex(where: { $0.name == name }) else { return nil }
    return fields.remove(at: index).value
  }

  private static func range(_ low: FieldValue, _ high: FieldValue) -> String {
    guard case .quantity(let first, let unit) = low, case .quantity(let second, unit) = high else {
      return "\(value(low)) to \(value(high))"
    }
    return first == second ? value(low) : "\(first.canonicalDecimal) to \(second.canonicalDecimal) \(unit)"
  }

  private static func value(_ value: FieldValue) -> String {
    guard case .quantity(let number, "d") = value else { return value.label }
    return "\(number.canonicalDecimal) \(number == .one ? "day" : "days")"
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
