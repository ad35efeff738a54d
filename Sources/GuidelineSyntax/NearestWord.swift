internal import SourceText

/// The word of the list that will have been meant, if there is one.
///
/// A word of one or two letters is near to everything, so nothing is offered for it.
func nearestWord(_ word: String, _ words: [String]) -> String? {
  guard word.count > 2 else { return nil }
  return NearestNames.suggestions(for: word, among: words.lazy.filter { $0.count > 1 }, limit: 1).first
}

/// Whether the two words differ by one letter: one too many, one missing, one wrong, or two swapped.
func isOneSlip(_ word: String, from other: String) -> Bool {
  guard abs(word.utf8.count - other.utf8.count) <= 1 else { return false }
  let left = Array(word.utf8)
  let right = Array(other.utf8)
  guard left != right else { return false }
  let start = zip(left, right).prefix { $0 == $1 }.count
  let end = zip(left.dropFirst(start).reversed(), right.dropFirst(start).reversed()).prefix { $0 == $1 }.count
  let leftRest = left[start..<left.count - end]
  let rightRest = right[start..<right.count - end]
  if max(leftRest.count, rightRest.count) <= 1 { return true }
  return leftRest.count == 2 && leftRest.elementsEqual(rightRest.reversed())
}

/// `1 cell`, `2 cells`.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
