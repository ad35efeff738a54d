import Synchronization

/// Units that have been read: all patients and guidelines spell the same few, and reading one takes a thousand times as
/// long as finding it.
enum ReadUnits {
  private static let strict = Mutex<[String: Unit]>([:])
  /// What laboratories mean, in UCUM.
  private static let laboratory = Mutex<[String: String]>([:])

  /// Whoever sends more spellings than this gets the further ones read each time.
  private static let most = 2_000

  static func strict(_ symbol: String, read: (String) throws(UnitError) -> Unit) throws(UnitError) -> Unit {
    if let unit = strict.withLock({ $0[symbol] }) { return unit }
    let unit = try read(symbol)
    strict.withLock { if $0.count < most { $0[symbol] = unit } }
    return unit
  }

  /// `read`: the unit of what is meant.
  static func laboratory(_ text: String, read: (String) throws(UnitError) -> Unit) throws(UnitError) -> Unit {
    if let symbol = laboratory.withLock({ $0[text] }) { return try read(symbol) }
    let symbol = LaboratoryUnits.ucum(of: text)
    let unit = try read(symbol)
    laboratory.withLock { if $0.count < most { $0[text] = symbol } }
    return unit
  }
}
