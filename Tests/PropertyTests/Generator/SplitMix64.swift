/// A small random generator with a seed that can be printed and set again.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Choices that read well in a generator.
struct Dice {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// True so many times of a hundred.
  mutating func chance(_ percent: Int) -> Bool { roll(0...99) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(0...(elements.count - 1))] }

  /// At least one and at most so many different elements, in their order.
  mutating func some<Element>(_ elements: [Element], atMost count: Int) -> [Element] {
    let wanted = roll(1...max(1, min(count, elements.count)))
    var indices = Set<Int>()
    while indices.count < wanted { indices.insert(roll(0...(elements.count - 1))) }
    return indices.sorted().map { elements[$0] }
  }
}
