/// Finds the names that somebody may have meant.
public enum NearestNames {
  /// The nearest names, best first; names that are too far away are left out.
  public static func suggestions(for name: String, among names: some Sequence<String>, limit: Int = 3) -> [String] {
    var slips = Slips(name)
    var found: [(distance: Int, name: String)] = []
    for candidate in names where candidate != name {
      if let distance = slips.distance(to: candidate) { found.append((distance, candidate)) }
    }
    if found.isEmpty { return extended(name.lowercased(), names, limit) }
    found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    // Beside a name that is one slip away, one that shares its beginning only was not meant.
    let farthest = 2 * (found.first?.distance ?? 0)
    return first(limit, of: found.lazy.filter { $0.distance <= farthest }.map(\.name))
  }

  /// Names with a few letters more or less at their end, such as `warn` for `warning`.
  private static func extended(_ written: String, _ names: some Sequence<String>, _ limit: Int) -> [String] {
    let found = names.filter { candidate in
      // Letters beyond ASCII may have another length in lower case.
      let difference = candidate.utf8.count - written.utf8.count
      guard abs(difference) <= longestEnding || candidate.utf8.contains(where: { $0 >= 0x80 }) else { return false }
      let other = candidate.lowercased()
      guard min(other.utf8.count, written.utf8.count) >= shortestStem, other != written else { return false }
      return (written.hasPrefix(other) && written.utf8.count - other.utf8.count <= longestEnding)
        || (other.hasPrefix(written) && other.utf8.count - written.utf8.count <= longestEnding)
    }
    return first(limit, of: found.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) })
  }

  /// The first of names in order, each once.
  private static func first(_ limit: Int, of names: some Sequence<String>) -> [String] {
    var found: [String] = []
    for name in names where found.count < limit && found.last != name { found.append(name) }
    return found
  }

  private static let shortestStem = 4
  private static let longestEnding = 5

  /// "did you mean `x`?", or nil.
  public static func didYouMean(_ name: String, among names: some Sequence<String>) -> String? {
    let found = suggestions(for: name, among: names)
    guard !found.isEmpty else { return nil }
    return "did you mean " + found.map { "`\($0)`" }.joined(separator: " or ") + "?"
  }
}

/// Counts the slips between one name and others: letters too many, missing, wrong, or swapped with their neighbour.
///
/// A library with a thousand unknown names asks about ten million pairs: what is too far away must cost little.
private struct Slips {
  private let written: [UInt32]
  private let allowed: Int
  private let kinds: UInt64
  private var other: [UInt32] = []
  private var beforeLast: [Int] = []
  private var last: [Int] = []
  private var current: [Int] = []

  private static let maximumLength = 64

  init(_ name: String) {
    var letters: [UInt32] = []
    Self.letters(of: name, &letters)
    written = letters
    allowed = max(1, letters.count / 3)
    kinds = Self.kinds(of: letters)
  }

  /// Nil: more than are allowed.
  mutating func distance(to name: String) -> Int? {
    // In lower case a name has never more letters than it had bytes.
    guard name.utf8.count >= written.count - allowed else { return nil }
    Self.letters(of: name, &other)
    guard abs(other.count - written.count) <= allowed else { return nil }
    // Each letter that only one of the two has is a slip.
    let others = Self.kinds(of: other)
    guard max((kinds & ~others).nonzeroBitCount, (others & ~kinds).nonzeroBitCount) <= allowed else { return nil }
    return counted()
  }

  private mutating func counted() -> Int? {
    guard !written.isEmpty, !other.isEmpty else { return max(written.count, other.count) }
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: 0...other.count)
    beforeLast = last
    current = last
    var lowest = 0
    for row in 1...written.count {
      let lowestBefore = lowest
      current[0] = row
      lowest = row
      for column in 1...other.count {
        let cost = written[row - 1] == other[column - 1] ? 0 : 1
        var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
        if row > 1, column > 1, written[row - 1] == other[column - 2], written[row - 2] == other[column - 1] {
          best = min(best, beforeLast[column - 2] + 1)
        }
        current[column] = best
        lowest = min(lowest, best)
      }
      // No way leads back below both rows.
      if min(lowest, lowestBefore) > allowed { return nil }
      swap(&beforeLast, &last)
      swap(&last, &current)
    }
    return last[other.count] <= allowed ? last[other.count] : nil
  }

  /// The beginning of a name in lower case.
  private static func letters(of name: String, _ letters: inout [UInt32]) {
    letters.removeAll(keepingCapacity: true)
    for byte in name.utf8 {
      guard byte < 0x80 else {
        letters = name.lowercased().unicodeScalars.prefix(maximumLength).map(\.value)
        return
      }
      let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      if letters.count < maximumLength { letters.append(UInt32(isUpper ? byte | 0x20 : byte)) }
    }
  }

  /// A bit for each letter; some share one.
  private static func kinds(of letters: [UInt32]) -> UInt64 {
    letters.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }
}
