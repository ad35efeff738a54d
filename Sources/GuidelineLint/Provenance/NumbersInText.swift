internal import ClinicalValues

/// The numbers that a text mentions, in figures or in words, with the lengths of time they make.
///
/// It reads generously: what it finds speaks for a number in a rule, never against one.
struct NumbersInText {
  private(set) var sizes: Set<Rational> = []
  /// Lengths of time in days; a month and a year by each of the counts that are in use.
  private(set) var days: Set<Rational> = []

  init() {}

  init(_ texts: [String]) { texts.forEach { add($0) } }

  /// Whether the text gives a number that stands in a rule, in whatever unit it gives it.
  func contains(_ number: WrittenNumber) -> Bool {
    if sizes.contains(number.size) { return true }
    if let length = number.days { return days.contains(length) }
    // Counts of cells and amounts are given in units that are a thousand apart.
    let step = Rational(number.isShare ? 100 : 1000)
    return [number.size.multiplied(by: step), number.size.divided(by: step)]
      .contains { $0.map(sizes.contains) ?? false }
  }

  /// The numbers that a text gives in figures.
  static func figures(in text: String) -> [Rational] {
    TextToken.all(in: text).compactMap { token in
      if case .number(let value) = token { value } else { nil }
    }
  }

  mutating func add(_ text: String) {
    var pending: [Rational] = []
    var period: (days: [Rational], isOpen: Bool) = ([], false)
    for token in TextToken.all(in: text) {
      switch token {
      case .number(let value):
        sizes.insert(value)
        if period.isOpen { addTimes(of: [value], period.days) }
        pending.append(value)
      case .word(let word):
        if let values = Self.numberWords[word] {
          sizes.formUnion(values)
          if period.isOpen { addTimes(of: values, period.days) }
          pending += values
        } else if let unit = Self.timeWords[word] {
          addTimes(of: pending.isEmpty || word.hasSuffix("ly") ? pending + [.one] : pending, unit)
          period = (unit, true)
          pending = []
        } else if !Self.joiningWords.contains(word) {
          pending = []
          period.isOpen = false
        }
      case .end:
        pending = []
        period.isOpen = false
      }
    }
  }

  /// `2` and `3` of months: 60 and 90 days, 61 and 91, and so on.
  private mutating func addTimes(of counts: [Rational], _ unit: [Rational]) {
    for count in counts {
      for exact in unit.compactMap({ count.multiplied(by: $0) }) {
        days.formUnion([exact, Rational(exact.floor), Rational(exact.ceiling)])
      }
    }
  }

  private static func part(_ numerator: Int64, _ denominator: Int64) -> [Rational] {
    Rational(numerator: numerator, denominator: denominator).map { [$0] } ?? []
  }

  private static let month = [Rational(28), Rational(30)] + part(1461, 48)
  private static let year = [Rational(365)] + part(1461, 4)
  private static let timeWords: [String: [Rational]] = {
    var words: [String: [Rational]] = [:]
    for (names, lengths) in [
      (["minute", "minutes", "min"], part(1, 1440)), (["hour", "hours", "h", "hourly"], part(1, 24)),
      (["day", "days", "d", "daily"], [.one]), (["week", "weeks", "wk", "weekly"], [Rational(7)]),
      (["fortnight", "fortnights", "fortnightly"], [Rational(14)]), (["month", "months", "mo", "monthly"], month),
      (["quarterly"], [Rational(90)] + part(1461, 16)),
      (["year", "years", "a", "yearly", "annual", "annually", "yr", "yrs"], year),
    ] {
      for name in names { words[name] = lengths }
    }
    // The indefinite article is no year.
    words["a"] = nil
    return words
  }()

  private static let numberWords: [String: [Rational]] = {
    var words: [String: [Rational]] = [
      "half": [Rational(2)] + part(1, 2), "halve": [Rational(2)] + part(1, 2), "halved": [Rational(2)] + part(1, 2),
      "quarter": [Rational(4)] + part(1, 4),
      "quarters": [Rational(4)] + part(1, 4), "third": [Rational(3)] + part(1, 3),
      "thirds": [Rational(3)] + part(1, 3), "twice": [Rational(2)] + part(1, 2), "double": [Rational(2)],
      "twofold": [Rational(2)], "threefold": [Rational(3)], "once": [.one], "zero": [.zero], "adult": [Rational(18)],
      "adults": [Rational(18)],
    ]
    let cardinals = [
      "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
    for (index, word) in cardinals.enumerated() { words[word] = [Rational(Int64(index + 1))] }
    let ordinals = [
      "first", "second", "", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    ]
    for (index, word) in ordinals.enumerated() where !word.isEmpty { words[word] = [Rational(Int64(index + 1))] }
    return words
  }()

  /// Words between numbers, or between a number and its unit, that do not part them.
  private static let joiningWords: Set = [
    "to", "and", "or", "a", "an", "per", "each", "every", "of", "the", "at", "least",
  ]
}

/// A number, a word in lower case, or the end of a sentence.
private enum TextToken {
  case number(Rational)
  case word(String)
  case end

  static func all(in text: String) -> [TextToken] {
    var tokens: [TextToken] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isASCII, first.isNumber {
        tokens.append(number(&rest))
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter }
        rest = rest[word.endIndex...]
        tokens.append(.word(word.lowercased()))
      } else {
        if ".;:()".contains(first) { tokens.append(.end) }
        rest = rest.dropFirst()
      }
    }
    return tokens
  }

  /// Digits with at most one point inside, and commas between groups of three.
  private static func number(_ rest: inout Substring) -> TextToken {
    var digits = ""
    var hasPoint = false
    while let next = rest.first {
      let following = rest.dropFirst().first
      let isBeforeDigit = following.map { $0.isASCII && $0.isNumber } ?? false
      if next.isASCII, next.isNumber {
        digits.append(next)
      } else if next == ".", isBeforeDigit, !hasPoint {
        hasPoint = true
        digits.append(next)
      } else if next == ",", isBeforeDigit, rest.dropFirst().prefix(3).allSatisfy(\.isNumber) {
        // A comma between thousands.
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    return Rational(decimal: digits).map { .number($0) } ?? .end
  }
}
