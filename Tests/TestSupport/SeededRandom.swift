internal import Foundation

/// A generator that gives the same numbers for the same seed on every machine (SplitMix64).
public struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// The seed that `GUIDELINE_SEED` sets, else one of its own; it is printed, so that a failure can be met again.
  public static func announcedSeed(for test: String) -> UInt64 {
    let given = ProcessInfo.processInfo.environment["GUIDELINE_SEED"].flatMap { UInt64($0) }
    let seed = given ?? 41_000
    print("\(test): GUIDELINE_SEED=\(seed)")
    return seed
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number below the bound; 0 for a bound that leaves none.
  public mutating func below(_ bound: Int) -> Int { bound > 0 ? Int.random(in: 0..<bound, using: &self) : 0 }

  public mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}
