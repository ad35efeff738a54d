/// Guesses what was meant by a text that is no unit.
enum UnitSuggestions {
  private static let most = 3
  /// Longer texts are nobody's slip of the pen, and the search looks at every atom.
  private static let longestText = 40

  /// Whole units that may have been meant, the likeliest first.
  static func suggestions(for text: String, after error: UnitError) -> [String] {
    guard text.utf8.count <= longestText else { return [] }
    let ucum = LaboratoryUnits.ucum(of: text)
    if ucum != text, isUnit(ucum) { return [ucum] + asActivity(ucum) }
    switch error {
    case .unknownAtom(let atom, _): return replacements(of: atom, in: ucum.contains(atom) ? ucum : text)
    case .inexactOrSpecial("[degF]", _): return ["Cel"]
    default: return []
    }
  }

  /// Laboratories write IU for the units of enzymes, which to UCUM are other units than the international ones.
  private static func asActivity(_ ucum: String) -> [String] {
    let plain = ucum.replacingFirst("[iU]", with: "U")
    return plain != ucum && ucum.hasPrefix("[iU]/") && isUnit(plain) ? [plain] : []
  }

  private static func isUnit(_ text: String) -> Bool { (try? Unit.parseStrictly(text)) != nil }

  private static func replacements(of atom: String, in text: String) -> [String] {
    if let separated = separated(atom), isUnit(text.replacingFirst(atom, with: separated)) {
      return [text.replacingFirst(atom, with: separated)]
    }
    let written = atom.lowercased()
    let scored = candidates().compactMap { candidate -> (distance: Int, Candidate)? in
      let plain = candidate.symbol.lowercased().filter { $0 != "[" && $0 != "]" }
      if plain == written { return (0, candidate) }
      guard written.utf8.count >= 3, isOneSlip(Array(plain.utf8), Array(written.utf8)) else { return nil }
      return (1, candidate)
    }
    let sorted = scored.sorted {
      ($0.distance, $0.1.rank, $0.1.symbol.utf8.count, $0.1.symbol)
        < ($1.distance, $1.1.rank, $1.1.symbol.utf8.count, $1.1.symbol)
    }
    return sorted.lazy.map { text.replacingFirst(atom, with: $0.1.symbol) }.filter(isUnit).prefix(most).map { $0 }
  }

  private struct Candidate {
    let symbol: String
    /// 0 for the atoms that wards use every day.
    let rank: Int
  }

  /// A number before an atom, as in `12h`, as UCUM writes it: `(12.h)`.
  private static func separated(_ atom: String) -> String? {
    let digits = atom.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.count < atom.count else { return nil }
    return "(\(digits).\(atom.dropFirst(digits.count)))"
  }

  private static func candidates() -> [Candidate] {
    let common: Set = ["g", "L", "l", "m", "mol", "U", "[iU]", "eq", "osm", "s", "min", "h", "d", "wk", "mo", "a"]
    return UnitAtoms.shared.symbols.flatMap { symbol, isMetric in
      let prefixes = isMetric ? ["", "m", "u", "n", "p", "f", "k", "d", "c"] : [""]
      return prefixes.map { Candidate(symbol: $0 + symbol, rank: common.contains(symbol) ? 0 : 1) }
    }
  }

  /// Whether one letter added, left out or exchanged turns the one into the other.
  private static func isOneSlip(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    guard (first.count - second.count).magnitude <= 1 else { return false }
    let same = zip(first, second).prefix { $0 == $1 }.count
    let sameAtEnd = zip(first.dropFirst(same).reversed(), second.dropFirst(same).reversed()).prefix { $0 == $1 }.count
    return max(first.count, second.count) - same - sameAtEnd <= 1
  }
}

extension String {
  /// The text with the first occurrence of a part exchanged; the text itself if the part does not occur.
  fileprivate func replacingFirst(_ part: String, with replacement: String) -> String {
    let text = Array(utf8)
    let part = Array(part.utf8)
    guard !part.isEmpty, text.count >= part.count else { return self }
    for start in 0...(text.count - part.count) where text[start..<(start + part.count)].elementsEqual(part) {
      return String(decoding: text[..<start] + Array(replacement.utf8) + text[(start + part.count)...], as: UTF8.self)
    }
    return self
  }
}
