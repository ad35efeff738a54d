/// The atoms of UCUM that we reckon with, each with its measure.
///
/// Each atom is defined by earlier ones, as UCUM does it, and the table is computed once from these definitions.
struct UnitAtoms: Sendable {
  private enum Entry {
    case measure(Measure, isMetric: Bool)
    case refused(isMetric: Bool)

    /// Whether the atom takes prefixes.
    var isMetric: Bool {
      switch self {
      case .measure(_, let isMetric), .refused(let isMetric): isMetric
      }
    }
  }

  static let shared = UnitAtoms(UnitDefinition.all)

  private var entries: [String: Entry] = [:]
  /// Definitions that do not resolve, by our own mistake; a test demands that there are none.
  private(set) var unresolved: [String] = []

  /// Prefixes and their powers of ten (UCUM §27).
  static let prefixes: [(symbol: String, power: Int)] = [
    ("Y", 24), ("Z", 21), ("E", 18), ("P", 15), ("T", 12), ("G", 9), ("M", 6), ("k", 3), ("h", 2), ("da", 1), ("d", -1),
    ("c", -2), ("m", -3), ("u", -6), ("n", -9), ("p", -12), ("f", -15), ("a", -18), ("z", -21), ("y", -24),
  ]

  init(_ definitions: [UnitDefinition]) {
    for definition in definitions {
      guard let entry = entry(of: definition) else {
        unresolved.append(definition.symbol)
        continue
      }
      entries[definition.symbol] = entry
    }
  }

  /// The symbols that can be written, without prefix; unsorted.
  var symbols: [(symbol: String, isMetric: Bool)] {
    entries.compactMap { symbol, entry in
      guard case .measure(_, let isMetric) = entry else { return nil }
      return (symbol, isMetric)
    }
  }

  /// The measure of an atom, with or without a prefix.
  func measure(of symbol: String) throws(UnitError) -> Measure {
    if let entry = entries[symbol] { return try measure(of: entry, symbol: symbol, power: 0) }
    for prefix in Self.prefixes where symbol.hasPrefix(prefix.symbol) {
      let atom = String(symbol.dropFirst(prefix.symbol.count))
      guard let entry = entries[atom], entry.isMetric else { continue }
      return try measure(of: entry, symbol: atom, power: prefix.power)
    }
    throw .unknownAtom(symbol, suggestions: [])
  }

  private func measure(of entry: Entry, symbol: String, power: Int) throws(UnitError) -> Measure {
    guard case .measure(let measure, _) = entry else { throw .inexactOrSpecial(symbol, suggestions: []) }
    guard power != 0 else { return measure }
    guard measure.kind != .scale else { throw .inexactOrSpecial(symbol, suggestions: []) }
    guard let factor = Rational(10).power(power).flatMap({ measure.factor.multiplied(by: $0) }) else { throw .overflow }
    return Measure(dimension: measure.dimension, factor: factor)
  }

  private func entry(of definition: UnitDefinition) -> Entry? {
    switch definition.meaning {
    case .base(let base, let factor):
      return .measure(Measure(dimension: Dimension(base), factor: factor), isMetric: definition.isMetric)
    case .scale:
      let dimension = Dimension(.arbitrary(definition.symbol))
      return .measure(Measure(dimension: dimension, factor: .one, kind: .scale), isMetric: definition.isMetric)
    case .percent:
      guard let factor = Rational(numerator: 1, denominator: 100) else { return nil }
      return .measure(Measure(dimension: .none, factor: factor, kind: .percent), isMetric: false)
    case .refused:
      return .refused(isMetric: definition.isMetric)
    case .multiple(let number, let unit):
      var parser = UnitParser(unit, atoms: self)
      guard let number = Rational(decimal: number), let measure = try? parser.parse(),
        let factor = measure.factor.multiplied(by: number)
      else { return nil }
      return .measure(Measure(dimension: measure.dimension, factor: factor), isMetric: definition.isMetric)
    }
  }
}
