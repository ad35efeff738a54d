/// Letters of other alphabets that look like Latin ones.
///
/// Only look-alikes count: the Greek letters of `TNFα` or `µg` deceive nobody.
enum ConfusableLetters {
  /// A letter that looks like a Latin one, in a word that has Latin letters too.
  struct Finding: Hashable {
    var scalar: Unicode.Scalar
    var latin: Unicode.Scalar
    var word: String
    var bytes: Range<Int>
  }

  /// The first one in a text, and the bytes it takes.
  static func first(in text: ArraySlice<UInt8>) -> Finding? {
    guard text.contains(where: { $0 >= 0x80 }) else { return nil }
    var word = Word()
    var place = 0
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if !isPartOfWord(scalar) {
        if let found = word.finding { return found }
        word = Word()
      } else {
        word.add(scalar, at: place)
      }
      place += UTF8.width(scalar)
    }
    return word.finding
  }

  /// The text with Latin letters in place of all look-alikes in words that have Latin letters too.
  static func replaced(in text: ArraySlice<UInt8>) -> [UInt8] {
    guard first(in: text) != nil else { return Array(text) }
    var result = ""
    var word: [Unicode.Scalar] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if isPartOfWord(scalar) {
        word.append(scalar)
      } else {
        result.unicodeScalars.append(contentsOf: asSeen(word))
        result.unicodeScalars.append(scalar)
        word.removeAll()
      }
    }
    result.unicodeScalars.append(contentsOf: asSeen(word))
    return Array(result.utf8)
  }

  private static func asSeen(_ word: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard word.contains(where: { $0.isASCII && $0.properties.isAlphabetic }) else { return word }
    return word.map { latin(for: $0) ?? $0 }
  }

  private struct Word {
    private var text = ""
    private var hasLatin = false
    private var suspect: (scalar: Unicode.Scalar, latin: Unicode.Scalar, bytes: Range<Int>)?

    mutating func add(_ scalar: Unicode.Scalar, at place: Int) {
      text.unicodeScalars.append(scalar)
      if scalar.isASCII { hasLatin = hasLatin || scalar.properties.isAlphabetic }
      guard suspect == nil, let latin = ConfusableLetters.latin(for: scalar) else { return }
      suspect = (scalar, latin, place..<(place + UTF8.width(scalar)))
    }

    var finding: Finding? {
      guard hasLatin, let suspect else { return nil }
      return Finding(scalar: suspect.scalar, latin: suspect.latin, word: text, bytes: suspect.bytes)
    }
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar == "_" || ("0"..."9").contains(scalar)
  }

  static func latin(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    // Full-width letters stand in the order of ASCII.
    case 0xFF21...0xFF3A, 0xFF41...0xFF5A: Unicode.Scalar(scalar.value - 0xFEE0)
    default: lookalikes[scalar]
    }
  }

  static func alphabet(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x370...0x3FF: "Greek"
    case 0x400...0x52F: "Cyrillic"
    default: "full-width"
    }
  }

  private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = [
    // Cyrillic
    "\u{430}": "a", "\u{435}": "e", "\u{43E}": "o", "\u{440}": "p", "\u{441}": "c", "\u{443}": "y", "\u{445}": "x",
    "\u{455}": "s", "\u{456}": "i", "\u{458}": "j", "\u{4BB}": "h", "\u{501}": "d", "\u{51B}": "q", "\u{51D}": "w",
    "\u{410}": "A", "\u{412}": "B", "\u{415}": "E", "\u{406}": "I", "\u{408}": "J", "\u{41A}": "K", "\u{41C}": "M",
    "\u{41D}": "H", "\u{41E}": "O", "\u{420}": "P", "\u{421}": "C", "\u{405}": "S", "\u{422}": "T", "\u{423}": "Y",
    "\u{425}": "X",
    // Greek
    "\u{3BF}": "o", "\u{391}": "A", "\u{392}": "B", "\u{395}": "E", "\u{396}": "Z", "\u{397}": "H", "\u{399}": "I",
    "\u{39A}": "K", "\u{39C}": "M", "\u{39D}": "N", "\u{39F}": "O", "\u{3A1}": "P", "\u{3A4}": "T", "\u{3A5}": "Y",
    "\u{3A7}": "X",
  ]
}
