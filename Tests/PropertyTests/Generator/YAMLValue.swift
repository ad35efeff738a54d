/// A YAML tree that prints itself, and of which parts can be dropped.
indirect enum YAMLValue: Hashable {
  case scalar(String)
  case list([YAMLValue])
  case map([Entry])

  struct Entry: Hashable {
    var key: String
    var value: YAMLValue
  }

  static func map(_ entries: KeyValuePairs<String, YAMLValue>) -> YAMLValue {
    .map(entries.map { Entry(key: $0.key, value: $0.value) })
  }

  static func lines(_ lines: [String]) -> YAMLValue { .list(lines.map(YAMLValue.scalar)) }

  var text: String { block(indent: 0) }

  /// In block style; what is empty is written in flow style.
  private func block(indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    switch self {
    case .scalar(let text): return YAMLValue.quoted(text)
    case .list(let items) where items.isEmpty: return "[]"
    case .map(let entries) where entries.isEmpty: return "{}"
    case .list(let items):
      return items.map { item in
        "\(margin)- " + item.nested(indent: indent + 2)
      }.joined(separator: "\n")
    case .map(let entries):
      return entries.map { entry in
        let key = YAMLValue.quoted(entry.key)
        if entry.value.isFlat { return "\(margin)\(key): \(entry.value.block(indent: 0))" }
        return "\(margin)\(key):\n\(entry.value.block(indent: indent + 2))"
      }.joined(separator: "\n")
    }
  }

  private func nested(indent: Int) -> String {
    if isFlat { return block(indent: 0) }
    return String(block(indent: indent).drop { $0 == " " })
  }

  private var isFlat: Bool {
    switch self {
    case .scalar: true
    case .list(let items): items.isEmpty
    case .map(let entries): entries.isEmpty
    }
  }

  private static func quoted(_ text: String) -> String {
    let isDelicate =
      text.isEmpty || "\"'>|*&!%@{[?#`-, ".contains(text.first ?? " ") || text.contains(": ") || text.contains(" #")
      || text.hasSuffix(":")
    let isNumber = text.first == "-" && text.dropFirst().first?.isNumber == true
    if !isDelicate || isNumber { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}

extension YAMLValue {
  /// The same as JSON, on one line.
  var json: String {
    switch self {
    case .map(let entries):
      "{" + entries.map { "\(Self.json($0.key)): \($0.value.json)" }.joined(separator: ", ") + "}"
    case .list(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
    case .scalar(let text): Self.isNumber(text) ? text : Self.json(text)
    }
  }

  private static func isNumber(_ text: String) -> Bool { text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?/) != nil }

  private static func json(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension YAMLValue {
  subscript(key: String) -> YAMLValue? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// This tree without one list element, entry or group, in every possible way; the outermost parts first.
  var shrunk: [YAMLValue] {
    switch self {
    case .scalar: return []
    case .list(let items):
      let dropped = items.indices.map { index in
        var rest = items
        rest.remove(at: index)
        return YAMLValue.list(rest)
      }
      let inner = items.indices.flatMap { index in
        items[index].shrunk.map { smaller in
          var changed = items
          changed[index] = smaller
          return YAMLValue.list(changed)
        }
      }
      return dropped + inner
    case .map(let entries):
      let dropped = entries.indices.map { index in
        var rest = entries
        rest.remove(at: index)
        return YAMLValue.map(rest)
      }
      let inner = entries.indices.flatMap { index in
        entries[index].value.shrunk.map { smaller in
          var changed = entries
          changed[index].value = smaller
          return YAMLValue.map(changed)
        }
      }
      return dropped + inner
    }
  }
}
