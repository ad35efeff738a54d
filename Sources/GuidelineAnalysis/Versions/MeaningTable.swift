import SourceText

/// Numbers for what the parts of programs mean: equal numbers mean the same for every patient, whatever the parts are
/// called and in whichever program they stand.
///
/// A number stands for a text that is built of numbers; the other direction does not hold, for the same may be written
/// in two ways. It is the hash of its text, so that it is the same in every run, and different texts of one table never
/// get the same number.
struct MeaningTable {
  private var numbers: [String: Int] = [:]
  private var taken: Set<Int> = []

  mutating func number(_ text: String) -> Int {
    if let known = numbers[text] { return known }
    var hash = FNV()
    hash.add(text)
    var number = Int(truncatingIfNeeded: hash.value)
    while !taken.insert(number).inserted { number &+= 1 }
    numbers[text] = number
    return number
  }
}

extension String.StringInterpolation {
  /// A list without the detour over `description`, which looks at each member by reflection.
  mutating func appendInterpolation(_ list: [some CustomStringConvertible]) {
    appendLiteral("[")
    for member in list {
      appendLiteral(member.description)
      appendLiteral(", ")
    }
    appendLiteral("]")
  }
}
