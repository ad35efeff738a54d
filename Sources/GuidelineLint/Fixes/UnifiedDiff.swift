/// The difference of two files as `git diff` writes it; `git apply` and `patch -p1` understand it.
package struct UnifiedDiff {
  private let path: String
  private let before: [ArraySlice<UInt8>]
  private let after: [ArraySlice<UInt8>]
  private static let context = 3

  package init(_ change: ChangedFile) {
    path = change.path
    before = Self.lines(change.before)
    after = Self.lines(change.after)
  }

  /// With their ends; a carriage return belongs to its line.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.endIndex
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  package var bytes: [UInt8] {
    let hunks = hunks
    guard !hunks.isEmpty else { return [] }
    var plain = path[...]
    while plain.hasPrefix("./") { plain = plain.dropFirst(2) }
    let isAbsolute = plain.hasPrefix("/")
    var output = Array("--- \(isAbsolute ? "" : "a/")\(plain)\n+++ \(isAbsolute ? "" : "b/")\(plain)\n".utf8)
    for hunk in hunks { output += text(of: hunk) }
    return output
  }

  // MARK: Hunks

  private enum Row {
    case same(Int, Int)
    case old(Int)
    case new(Int)
  }

  private var rows: [Row] {
    let difference = after.difference(from: before)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var rows: [Row] = []
    var (old, new) = (0, 0)
    while old < before.count || new < after.count {
      if old < before.count, removed.contains(old) {
        rows.append(.old(old))
        old += 1
      } else if new < after.count, inserted.contains(new) {
        rows.append(.new(new))
        new += 1
      } else {
        rows.append(.same(old, new))
        old += 1
        new += 1
      }
    }
    return rows
  }

  /// Runs of rows around what changes; runs that meet are one.
  private var hunks: [[Row]] {
    let rows = rows
    let changed = rows.indices.filter { if case .same = rows[$0] { false } else { true } }
    var ranges: [Range<Int>] = []
    for index in changed {
      let range = max(0, index - Self.context)..<min(rows.count, index + Self.context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    return ranges.map { Array(rows[$0]) }
  }

  private func text(of hunk: [Row]) -> [UInt8] {
    var (old, new): ([Int], [Int]) = ([], [])
    var body: [UInt8] = []
    for row in hunk {
      switch row {
      case .same(let first, let second):
        old.append(first)
        new.append(second)
        body += line(" ", before[first])
      case .old(let first):
        old.append(first)
        body += line("-", before[first])
      case .new(let second):
        new.append(second)
        body += line("+", after[second])
      }
    }
    return Array("@@ -\(range(old)) +\(range(new)) @@\n".utf8) + body
  }

  private func range(_ lines: [Int]) -> String {
    guard let first = lines.first else { return "0,0" }
    return lines.count == 1 ? "\(first + 1)" : "\(first + 1),\(lines.count)"
  }

  private func line(_ mark: String, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let line = Array(mark.utf8) + bytes
    return bytes.last == 0x0A ? line : line + Array("\n\\ No newline at end of file\n".utf8)
  }
}
