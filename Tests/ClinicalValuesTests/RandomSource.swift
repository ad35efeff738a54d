import ClinicalValues
import Testing

/// A generator that gives the same numbers for the same seed on every machine (SplitMix64).
struct RandomSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A fraction that is known to exist.
func fraction(_ numerator: Int64, _ denominator: Int64) -> Rational {
  guard let result = Rational(numerator: numerator, denominator: denominator) else {
    Issue.record("\(numerator)/\(denominator) is no fraction")
    return .zero
  }
  return result
}

/// The seeds of the property tests: fixed ones, so that a failure can be met again.
let seeds: [UInt64] = [1, 20_260_214, 0xC0FFEE]
