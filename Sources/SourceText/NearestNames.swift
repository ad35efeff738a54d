/// Finds the names that somebody may have meant.
public enum NearestNames {
  /// The nearest names, best first; names that are too far away are left out.
  public static func suggestions(for name: String, among names: some Sequence<String>, limit: Int = 3) -> [String] {
    let written = Array(name.lowercased().unicodeScalars.prefix(maximumLength))
    let allowed = max(1, written.count / 3)
    var found: [(distance: Int, name: String)] = []
    for candidate in Set(names) where candidate != name {
      let other = Array(candidate.lowercased().unicodeScalars.prefix(maximumLength))
      guard abs(other.count - written.count) <= allowed else { continue }
      let distance = distance(written, other)
      if distance <= allowed { found.append((distance, candidate)) }
    }
    if found.isEmpty { return extended(name.lowercased(), names, limit) }
    found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    // Beside a name that is one slip away, one that shares its beginning only was not meant.
    let farthest = 2 * (found.first?.distance ?? 0)
    return found.prefix(limit).filter { $0.distance <= farthest }.map(\.name)
  }

  /// Names with a few letters more or less at their end, such as `warn` for `warning`.
  private static func extended(_ written: String, _ names: some Sequence<String>, _ limit: Int) -> [String] {
    let found = Set(names).filter { candidate in
      let other = candidate.lowercased()
      guard min(other.utf8.count, written.utf8.count) >= shortestStem, other != written else { return false }
      return (written.hasPrefix(other) && written.utf8.count - other.utf8.count <= longestEnding)
        || (other.hasPrefix(written) && other.utf8.count - written.utf8.count <= longestEnding)
    }
    return Array(found.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.prefix(limit))
  }

  private static let shortestStem = 4
  private static let longestEnding = 5

  /// "did you mean `x`?", or nil.
  public static func didYouMean(_ name: String, among names: some Sequence<String>) -> String? {
    let found = suggestions(for: name, among: names)
    guard !found.isEmpty else { return nil }
    return "did you mean " + found.map { "`\($0)`" }.joined(separator: " or ") + "?"
  }

  private static let maximumLength = 64

  /// Insertions, deletions, substitutions and swaps of neighbours that turn one into the other.
  private static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for row in 1...first.count {
      var current = [Int](repeating: row, count: second.count + 1)
      for column in 1...second.count {
        let cost = first[row - 1] == second[column - 1] ? 0 : 1
        var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
        if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
          best = min(best, beforeLast[column - 2] + 1)
        }
        current[column] = best
      }
      beforeLast = last
      last = current
    }
    return last[second.count]
  }
}
