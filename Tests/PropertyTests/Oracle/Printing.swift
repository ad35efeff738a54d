internal import ClinicalValues
internal import GuidelineModel

/// Values in the canonical form of results (`semantics.md` §7).
struct Printing {
  private let vocabulary: Vocabulary

  init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// A known value, or nil; quantities as `<number> <unit>`.
  func known(_ guess: Guess, _ type: ValueType) -> String? {
    guard guess.isKnown else { return nil }
    switch guess.content {
    case .terms(let terms): return terms.first.map { name($0, type) }
    case .numbers(let low, _): return low.number.map { number($0, type) }
    case .text(let text): return text
    default: return nil
    }
  }

  /// As it stands in a text: terms by their label.
  func label(_ guess: Guess, _ type: ValueType) -> String? {
    guard guess.isKnown, case .terms(let terms) = guess.content, case .term(let group) = type, let term = terms.first
    else { return known(guess, type) }
    return vocabulary[group].terms.indices.contains(term) ? vocabulary[group].terms[term].label : nil
  }

  /// All that a guess says: the value, the terms, or both ends.
  func estimate(_ guess: Guess, _ type: ValueType) -> String {
    if guess.isNone { return "none" }
    let values: String
    switch guess.content {
    case .nothing: values = ""
    case .terms(let terms): values = terms.sorted().map { name($0, type) }.joined(separator: "|")
    case .numbers(let low, let high):
      let ends = [low, high].map { end in
        switch end {
        case .minus: "-inf"
        case .plus: "inf"
        case .at(let value): number(value, type)
        }
      }
      values = low == high ? ends[0] : ends.joined(separator: " .. ")
    case .text(let text): values = text
    case .anyText: values = "any text"
    }
    return guess.orNone ? values + "|none" : values
  }

  /// What is known by default, in the words of reports.
  func words(_ guess: Guess, _ type: ValueType) -> String {
    if guess.isNone { return "none" }
    if let value = known(guess, type) { return value }
    let words: String
    switch (guess.content, type) {
    case (.terms(let terms), .term(let group)) where terms.count < vocabulary[group].terms.count:
      words = terms.sorted().map { name($0, type) }.joined(separator: " or ")
    case (.numbers(let low, let high), _):
      words =
        switch (low.number, high.number) {
        case (nil, nil): "unknown"
        case (let low?, nil): "at least \(number(low, type))"
        case (nil, let high?): "at most \(number(high, type))"
        case (let low?, let high?): "between \(number(low, type)) and \(number(high, type))"
        }
    default: return "unknown"
    }
    return guess.orNone ? words + " or none" : words
  }

  private func name(_ term: Int, _ type: ValueType) -> String {
    guard case .term(let group) = type, vocabulary[group].terms.indices.contains(term) else { return "#\(term)" }
    return vocabulary[group].terms[term].name
  }

  private func number(_ number: Rational, _ type: ValueType) -> String {
    switch type {
    case .quantity(let unit):
      let value = unit.value(ofCanonical: number).map(Printing.decimal) ?? "overflow"
      return "\(value) \(unit.symbol)"
    case .duration: return "\(Printing.decimal(number)) d"
    case .date:
      guard let whole = Int32(exactly: number.numerator), number.denominator == 1 else {
        return Printing.decimal(number)
      }
      return Day(number: whole).iso
    default: return Printing.decimal(number)
    }
  }

  /// Exact with at most 12 decimals, else rounded half to even to 12.
  static func decimal(_ number: Rational) -> String {
    let scale = Int128(1_000_000_000_000)
    let scaled = Int128(number.numerator.magnitude) * scale
    let divisor = Int128(number.denominator)
    var steps = scaled / divisor
    let rest = 2 * (scaled % divisor)
    if rest > divisor || (rest == divisor && steps % 2 == 1) { steps += 1 }
    var decimals = String(steps % scale)
    decimals = String(repeating: "0", count: 12 - decimals.count) + decimals
    while decimals.hasSuffix("0") { decimals.removeLast() }
    let text = String(steps / scale) + (decimals.isEmpty ? "" : "." + decimals)
    return number.numerator < 0 && steps != 0 ? "-" + text : text
  }
}
