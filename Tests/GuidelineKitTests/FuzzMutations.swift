internal import TestSupport

/// Damages a file the way typing, copying, cutting and bad luck do, and the way nobody does.
struct Mutator {
  var random: SeededRandom
  /// Lines and words of other files, to be put where they do not belong.
  let strangers: [[UInt8]]

  init(seed: UInt64, strangers: [[UInt8]]) {
    random = SeededRandom(seed: seed)
    self.strangers = strangers
  }

  /// Mostly one wound: a file with many seldom gets beyond the reader.
  mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    repeat { wound(&bytes) } while random.below(3) == 0
    return bytes
  }

  private mutating func wound(_ bytes: inout [UInt8]) {
    switch random.below(16) {
    case 0: flipByte(&bytes)
    case 1: bytes.removeSubrange(range(in: bytes, atMost: 40))
    case 2: duplicate(range(in: bytes, atMost: 80), &bytes)
    case 3: insert(random.pick(Self.oddities), &bytes)
    case 4: bytes.removeLast(random.below(bytes.count))
    case 5, 6: swapWords(&bytes)
    case 7, 8: replaceWord(&bytes, with: random.pick(Self.words))
    case 9: replaceWord(&bytes, with: random.pick(Self.texts(Self.units)))
    case 10, 11: blowUpNumber(&bytes)
    case 12: nest(&bytes)
    case 13: swapLines(&bytes)
    case 14: indentLine(&bytes)
    default: transplant(&bytes)
    }
  }

  // MARK: Bytes

  private mutating func range(in bytes: [UInt8], atMost length: Int) -> Range<Int> {
    let start = random.below(bytes.count)
    return start..<min(bytes.count, start + 1 + random.below(length))
  }

  private mutating func flipByte(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
  }

  private mutating func duplicate(_ range: Range<Int>, _ bytes: inout [UInt8]) {
    guard !range.isEmpty else { return }
    bytes.insert(contentsOf: Array(bytes[range]), at: range.upperBound)
  }

  private mutating func insert(_ more: [UInt8], _ bytes: inout [UInt8]) {
    bytes.insert(contentsOf: more, at: random.below(bytes.count + 1))
  }

  // MARK: Words

  private func wordRanges(_ bytes: [UInt8], where isPart: (UInt8) -> Bool) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start: Int?
    for (index, byte) in bytes.enumerated() {
      if isPart(byte) {
        start = start ?? index
      } else if let begin = start {
        found.append(begin..<index)
        start = nil
      }
    }
    if let begin = start { found.append(begin..<bytes.count) }
    return found
  }

  private func words(_ bytes: [UInt8]) -> [Range<Int>] {
    wordRanges(bytes) { $0 > 0x2F && $0 < 0x3A || $0 > 0x40 && $0 < 0x5B || $0 > 0x60 && $0 < 0x7B || $0 == 0x5F }
  }

  private mutating func swapWords(_ bytes: inout [UInt8]) {
    let words = words(bytes)
    guard words.count > 1 else { return }
    let first = random.below(words.count)
    let second = random.below(words.count)
    guard first != second else { return }
    let (left, right) = (words[min(first, second)], words[max(first, second)])
    let (leftBytes, rightBytes) = (Array(bytes[left]), Array(bytes[right]))
    bytes.replaceSubrange(right, with: leftBytes)
    bytes.replaceSubrange(left, with: rightBytes)
  }

  private mutating func replaceWord(_ bytes: inout [UInt8], with word: [UInt8]) {
    let words = words(bytes)
    guard !words.isEmpty else { return }
    bytes.replaceSubrange(random.pick(words), with: word)
  }

  private mutating func blowUpNumber(_ bytes: inout [UInt8]) {
    let numbers = wordRanges(bytes) { $0 > 0x2F && $0 < 0x3A || $0 == 0x2E || $0 == 0x2D }
    let digits = numbers.filter { range in bytes[range].contains { $0 > 0x2F && $0 < 0x3A } }
    guard !digits.isEmpty else { return }
    bytes.replaceSubrange(random.pick(digits), with: random.pick(Self.texts(Self.numbers)))
  }

  // MARK: Structure

  private mutating func nest(_ bytes: inout [UInt8]) {
    let (opening, closing) = random.pick(Self.brackets)
    let depth = random.pick([2, 20, 63, 64, 65, 200, 5_000])
    let words = words(bytes)
    guard !words.isEmpty else { return }
    let place = random.pick(words)
    let before = Array(repeating: Array(opening.utf8), count: depth).joined()
    let after = Array(repeating: Array(closing.utf8), count: random.below(3) == 0 ? depth - 1 : depth).joined()
    bytes.insert(contentsOf: after, at: place.upperBound)
    bytes.insert(contentsOf: before, at: place.lowerBound)
  }

  private mutating func swapLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    lines.swapAt(random.below(lines.count), random.below(lines.count))
    bytes = Array(lines.joined(separator: [0x0A]))
  }

  private mutating func indentLine(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    let index = random.below(lines.count)
    if random.below(2) == 0, lines[index].first == 0x20 {
      lines[index].removeFirst(min(2, lines[index].count))
    } else {
      lines[index].insert(contentsOf: random.pick([[0x20, 0x20], [0x09], [0x2D, 0x20]]), at: 0)
    }
    bytes = Array(lines.joined(separator: [0x0A]))
  }

  /// A line of another file among the lines of this one.
  private mutating func transplant(_ bytes: inout [UInt8]) {
    guard !strangers.isEmpty else { return }
    let donor = random.pick(strangers).split(separator: 0x0A)
    guard !donor.isEmpty else { return }
    let line = Array(donor[random.below(donor.count)])
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    lines.insert(line, at: random.below(lines.count + 1))
    bytes = Array(lines.joined(separator: [0x0A]))
  }
}

// MARK: What is put in

extension Mutator {
  private static func texts(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  /// Signs of YAML and of the language, bytes that are no text, and text that is not what it seems.
  static let oddities: [[UInt8]] =
    texts([
      "\"", "'", "[", "]", "{", "}", ":", ": ", "- ", ", ", "#", " #", "|", ">", "&a ", "*a", "!!int ", "%YAML 1.1\n",
      "---\n",
      "...\n", "? ", "<<: ", "\t", "\r", "\r\n", "\n", "\n\n  ", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}",
      "\u{202E}", "\u{200B}", "🫁", "e\u{301}", "{row.", "{", "}", "((", "))", "..", " .. ", "<=", "=", "~", "null",
      "\\", "\\x",
    ]) + [
      [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0xAB], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ]

  static let words: [[UInt8]] = texts([
    "after", "all", "and", "any", "before", "between", "change", "concluded", "count", "date", "earlier", "earliest",
    "exists", "from", "highest", "if", "in", "includes", "is", "known", "later", "latest", "lowest", "max", "min", "no",
    "none", "not", "of", "older", "only", "or", "over", "relative", "round", "rule", "since", "than", "to", "today",
    "total", "unknown", "where", "within", "yes", "applies", "when", "unless", "then", "first", "otherwise", "agree",
    "look_up", "for_each", "overrides", "conclusions", "means", "value", "row", "subject", "guideline", "tests",
    "vocabulary", "definitions", "one", "set", "series", "quantity", "whole_number", "text", "duration", "",
  ])

  static let numbers = [
    "0", "-0", "-1", "1.", ".5", "00", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "99999999999999999999999999999999999999", "0.000000000000000001", "0.0000000000000000000000000000001",
    "4611686018427387904.5", "3037000500", "1e9", "0x1F", "1_000", "9999-12-31", "0000-01-01", "2024-02-30",
    "99999-01-01",
    "2024-13-01", "1 000", "١", "2.0.0",
  ]

  static let units = [
    "kg", "mg/kg/d", "10*9/L", "10*999999999/L", "10*-99/L", "kg/kg", "%", "Cel", "[degF]", "mo", "a", "m99",
    "m9999999999",
    "mg/mg/mg/mg", "1", "K/uL", "[IU]", "{x}", "kg.m2/s2", "d-1", String(repeating: "kg.", count: 300) + "kg",
    String(repeating: "(", count: 300), "Ym99.Ym99",
  ]

  static let brackets: [(String, String)] = [
    ("[", "]"), ("{a: ", "}"), ("(", ")"), ("not ", ""), ("- ", ""), ("1 + ", " + 1"), ("2 * (", ")"),
    ("min of (1 and ", ")"),
    ("any of [", "]"), ("\"", "\""), ("- not:\n    ", ""), ("x or ", " or y"), ("count (", ")"), ("{", "}"), ("'", "'"),
    ("no medication where ", ""),
  ]
}
