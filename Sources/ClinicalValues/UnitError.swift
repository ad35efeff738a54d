/// Why a text is no unit we can reckon with.
public enum UnitError: Error, Hashable, Sendable {
  /// A part of the unit is not known; `suggestions` are whole units, the likeliest first.
  case unknownAtom(String, suggestions: [String])
  /// The text does not follow the grammar of UCUM; the reason is a sentence without its stop.
  case malformed(String, suggestions: [String])
  /// UCUM knows it, but its factor is not rational, or it stands on a scale that does not multiply.
  case inexactOrSpecial(String, suggestions: [String])
  /// The factor to the canonical unit, or an exponent, is beyond what we compute with.
  case overflow

  /// Units that may have been meant, the likeliest first.
  public var suggestions: [String] {
    switch self {
    case .unknownAtom(_, let suggestions), .malformed(_, let suggestions), .inexactOrSpecial(_, let suggestions):
      suggestions
    case .overflow: []
    }
  }

  /// What is wrong, in words that can follow the unit and a colon.
  public var message: String {
    switch self {
    case .unknownAtom(let atom, _): "UCUM has no unit `\(atom)`"
    case .malformed(let reason, _): reason
    case .inexactOrSpecial(let atom, _): "`\(atom)` has no exact factor to other units"
    case .overflow: "the unit is too large or too small to compute with"
    }
  }

  func with(suggestions: [String]) -> UnitError {
    switch self {
    case .unknownAtom(let atom, _): .unknownAtom(atom, suggestions: suggestions)
    case .malformed(let reason, _): .malformed(reason, suggestions: suggestions)
    case .inexactOrSpecial(let atom, _): .inexactOrSpecial(atom, suggestions: suggestions)
    case .overflow: .overflow
    }
  }
}
