internal import SourceText

/// What keys describe, to be named in a message: "rule `aza-dose`"; hardly ever anybody asks for the words.
struct Owner: ExpressibleByStringLiteral, CustomStringConvertible {
  private let noun: String
  private let name: String?

  init(_ noun: String, _ name: LocatedText) {
    self.noun = noun
    self.name = name.value
  }

  init(stringLiteral words: String) {
    noun = words
    name = nil
  }

  var description: String { name.map { noun.isEmpty ? "`\($0)`" : "\(noun) `\($0)`" } ?? noun }
}

/// The keys that stand at one place; each is taken once, and what is left over is unknown there.
struct Keys {
  let place: Place
  let owner: Owner
  /// What is marked when a key is missing.
  let mark: Span
  private let entries: [Entry]
  /// A bit for each entry whose key somebody asked for; of entries beyond the last bit the numbers.
  private var taken: UInt64 = 0
  private var furtherTaken: Set<Int> = []
  private var open: Int

  init(_ entries: [Entry], at place: Place, owner: Owner, mark: Span) {
    self.entries = entries
    self.place = place
    self.owner = owner
    self.mark = mark
    open = entries.count
  }

  /// The value of the key, which is then known.
  mutating func take(_ key: String) -> Node? {
    guard let index = entries.firstIndex(where: { $0.key.value == key }) else { return nil }
    if !isTaken(index) {
      open -= 1
      if index < 64 { taken |= 1 << UInt64(index) } else { furtherTaken.insert(index) }
    }
    return entries[index].value
  }

  private func isTaken(_ index: Int) -> Bool {
    index < 64 ? taken & 1 << UInt64(index) != 0 : furtherTaken.contains(index)
  }

  /// Whether a key that nobody knows may be meant for this one.
  func hasSlip(of key: String) -> Bool {
    entries.contains { entry in
      !place.keys.contains(entry.key.value) && nearestWord(entry.key.value, place.keys) == key
    }
  }

  func has(_ key: String) -> Bool {
    entries.contains { $0.key.value == key }
  }

  func hasAny(of keys: [String]) -> Bool { entries.contains { keys.contains($0.key.value) } }

  /// What nobody asked for.
  var leftOver: [Entry] {
    if open == 0 { return [] }
    return open == entries.count ? entries : entries.indices.filter { !isTaken($0) }.map { entries[$0] }
  }
}

extension Reader {
  /// The keys of a place, or nil when something else stands there.
  mutating func keys(of node: Node, at place: Place, owner: Owner) -> Keys? {
    guard let entries = entries(of: node, what: owner.description) else { return nil }
    return Keys(entries, at: place, owner: owner, mark: headSpan(node.span))
  }

  /// The keys below a name; the name is marked when one is missing.
  mutating func keys(of entry: Entry, at place: Place, owner: Owner) -> Keys? {
    guard let entries = entries(of: entry.value, what: owner.description) else { return nil }
    return Keys(entries, at: place, owner: owner, mark: entry.key.span)
  }

  /// The value of a key that must be there.
  mutating func require(_ key: String, of keys: inout Keys, help: String? = nil) -> Node? {
    if let node = keys.take(key) { return node }
    if !keys.hasSlip(of: key) {
      report(.missingKey, "\(keys.owner) has no `\(key)`", help: help ?? "add `\(key):`", at: keys.mark)
    }
    return nil
  }

  /// Reports the keys that the place does not know; of one without a readable value enough was said.
  mutating func finish(_ keys: Keys) {
    for entry in keys.leftOver where !entry.value.isBroken {
      unknown(entry.key, at: keys.place)
    }
  }

  private mutating func unknown(_ key: LocatedText, at place: Place) {
    let near = nearestWord(key.value, place.keys)
    let elsewhere = Place.knowing(key.value)
    if let elsewhere, !(near.map { isOneSlip(key.value, from: $0) } ?? false) {
      report(
        .keyAtWrongLevel, "`\(key.value)` belongs to \(elsewhere.name), not to \(place.name)",
        help: "\(place.name) knows \(list(place.keys))", at: key.span)
      return
    }
    report(
      .unknownKey, "unknown key `\(key.value)` in \(place.name)",
      help: near.map { "did you mean `\($0)`?" } ?? "\(place.name) knows \(list(place.keys))", at: key.span)
  }

  /// `a`, `b` and `c`.
  func list(_ words: [String]) -> String {
    let quoted = words.map { "`\($0)`" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "nothing" }
    return quoted.dropLast().joined(separator: ", ") + " and " + last
  }
}
