import Synchronization

/// Units that have been read: all patients and guidelines spell the same few, and reading one takes a thousand times as
/// long as finding it.
enum ReadUnits {
  private static let strict = Mutex<[String: Unit]>([:])
  private static let laboratory = Mutex<[String: Unit]>([:])

  /// Whoever sends more spellings than this gets the further ones read each time.
  private static let most = 2_000

  static func strict(_ symbol: String, read: (String) throws(UnitError) -> Unit) throws(UnitError) -> Unit {
    try find(symbol, in: strict, read)
  }

  static func laboratory(_ text: String, read: (String) throws(UnitError) -> Unit) throws(UnitError) -> Unit {
    try find(text, in: laboratory, read)
  }

  private static func find(
    _ text: String, in known: borrowing Mutex<[String: Unit]>, _ read: (String) throws(UnitError) -> Unit
  ) throws(UnitError) -> Unit {
    if let unit = known.withLock({ $0[text] }) { return unit }
    let unit = try read(text)
    known.withLock { if $0.count < most { $0[text] = unit } }
    return unit
  }
}
