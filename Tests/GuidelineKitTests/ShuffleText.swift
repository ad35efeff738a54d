internal import TestSupport

/// Permutes what has no order: keys of mappings, rows of tables, columns of files of rows.
///
/// It works on lines, not with the product's own reader: an entry of a block mapping is its line and the deeper ones
/// below it. What it does not understand it leaves as it is.
struct Shuffler {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func file(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    return Array((path.hasSuffix(".csv") ? rows(text) : document(text)).utf8)
  }

  // MARK: Documents

  mutating func document(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .filter { !$0.allSatisfy { $0 == " " } && !$0.drop { $0 == " " }.hasPrefix("#") }
    return mapping(lines, under: "").joined(separator: "\n") + "\n"
  }

  /// The entries of a mapping, in another order, their insides shuffled likewise.
  private mutating func mapping(_ lines: [String], under parent: String) -> [String] {
    guard let first = lines.first else { return lines }
    let indent = Self.indent(first)
    var entries: [[String]] = []
    for line in lines {
      if Self.indent(line) > indent, !entries.isEmpty {
        entries[entries.count - 1].append(line)
      } else {
        entries.append([line])
      }
    }
    guard entries.allSatisfy({ Self.key($0[0]) != nil }) else { return sequence(lines, under: parent) }
    // The order of the terms of a group is the order of their values.
    let isOrdered = parent == "terms/group"
    for index in entries.indices { entries[index] = inside(entries[index], under: parent) }
    if !isOrdered { entries.shuffle(using: &random) }
    return entries.flatMap { $0 }
  }

  private mutating func inside(_ entry: [String], under parent: String) -> [String] {
    guard entry.count > 1, entry[0].hasSuffix(":"), let key = Self.key(entry[0]) else { return entry }
    return [entry[0]] + mapping(Array(entry.dropFirst()), under: parent == "terms" ? "terms/group" : key)
  }

  /// Lists of conditions, conclusions and rows, but not the clauses of `first`; nothing inside an item is moved.
  private mutating func sequence(_ lines: [String], under parent: String) -> [String] {
    let unordered: Set = ["when", "then", "any", "all", "none", "overrides", "scope", "never", "conflicts", "expect"]
    guard unordered.contains(parent), let first = lines.first, first.drop(while: { $0 == " " }).hasPrefix("- ") else {
      return lines
    }
    let indent = Self.indent(first)
    var items: [[String]] = []
    for line in lines {
      if Self.indent(line) == indent { items.append([line]) } else { items[items.count - 1].append(line) }
    }
    return items.shuffled(using: &random).flatMap { $0 }
  }

  private static func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  /// The key of a line `key: …`; nil: it is none.
  private static func key(_ line: String) -> String? {
    let content = line.drop { $0 == " " }
    guard !content.hasPrefix("- "), let first = content.first, !"[{\"'|>".contains(first) else { return nil }
    guard let colon = content.firstIndex(of: ":") else { return nil }
    let after = content[content.index(after: colon)...]
    return after.isEmpty || after.hasPrefix(" ") ? String(content[..<colon]) : nil
  }

  // MARK: Rows

  /// Rows and columns of a file of rows.
  mutating func rows(_ text: String) -> String {
    var lines = text.split(separator: "\n").map { Self.cells(String($0)) }
    guard let header = lines.first, lines.allSatisfy({ $0.count == header.count }) else { return text }
    let columns = Array(header.indices).shuffled(using: &random)
    let body = lines.dropFirst().shuffled(using: &random)
    lines = [header] + body
    return lines.map { line in columns.map { line[$0] }.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  /// Cells with their quotes; no cell here holds a line end.
  private static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line where character != "\r" {
      if character == "\"" { isQuoted.toggle() }
      if character == ",", !isQuoted { cells.append("") } else { cells[cells.count - 1].append(character) }
    }
    return cells
  }
}

/// What is given of a patient, in no order.
indirect enum Given {
  case word(String)
  /// Members of a set, points of a series, rows.
  case items([Given])
  case fields([(String, Given)])

  func text(_ random: inout SeededRandom) -> String {
    switch self {
    case .word(let word): return word
    case .items(let items):
      return "[" + items.shuffled(using: &random).map { $0.text(&random) }.joined(separator: ", ") + "]"
    case .fields(let fields):
      let entries = fields.shuffled(using: &random).map { "\($0.0): \($0.1.text(&random))" }
      return "{" + entries.joined(separator: ", ") + "}"
    }
  }

  static func point(_ value: String, _ day: String) -> Given { .fields([("value", .word(value)), ("on", .word(day))]) }

  static func row(_ fields: [String: String]) -> Given {
    .fields(fields.sorted { $0.key < $1.key }.map { ($0.key, .word($0.value)) })
  }
}
