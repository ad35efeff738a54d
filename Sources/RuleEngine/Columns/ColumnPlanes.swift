/// Words of patients as planes, and what is made of planes.
extension ColumnRun {
  /// Turns each word of 64 patients into 64 planes (Hacker's Delight, 7-3).
  static func turn(_ words: ContiguousArray<UInt64>, _ planes: inout ContiguousArray<UInt64>) {
    let words = words.span
    var planes = planes.mutableSpan
    for first in stride(from: 0, to: words.count, by: 64) {
      var distance = 32
      var mask: UInt64 = 0x0000_0000_FFFF_FFFF
      for place in 0..<64 { planes[first + place] = words[first + place] }
      while distance != 0 {
        for start in stride(from: first, to: first + 64, by: 2 * distance) {
          for place in start..<start + distance {
            let (upper, lower) = (planes[place], planes[place + distance])
            let change = ((upper >> UInt64(distance)) ^ lower) & mask
            planes[place] = upper ^ (change << UInt64(distance))
            planes[place + distance] = lower ^ change
          }
        }
        distance /= 2
        mask ^= mask << UInt64(distance)
      }
    }
  }

  static func combine(
    _ gates: ContiguousArray<ColumnPlan.Gate>, _ inputs: ContiguousArray<UInt32>,
    _ planes: inout ContiguousArray<UInt64>, _ reached: inout ContiguousArray<UInt64>
  ) {
    let inputs = inputs.span
    var planes = planes.mutableSpan
    for gate in gates.indices {
      let range = gates[gate].inputs
      switch gates[gate].form {
      case .all:
        var result = UInt64.max
        for input in range { result &= plane(inputs[input], planes) }
        planes[gates[gate].output] = result
      case .any:
        var result: UInt64 = 0
        for input in range { result |= plane(inputs[input], planes) }
        planes[gates[gate].output] = result
      case .atLeast(let count):
        for level in 0...count { reached[level] = level == 0 ? .max : 0 }
        for input in range {
          let plane = plane(inputs[input], planes)
          for level in stride(from: count, to: 0, by: -1) { reached[level] |= reached[level - 1] & plane }
        }
        planes[gates[gate].output] = reached[count]
      }
    }
  }

  @inline(__always)
  static func plane(_ input: UInt32, _ planes: borrowing MutableSpan<UInt64>) -> UInt64 {
    planes[Int(input >> 1)] ^ (0 &- UInt64(input & 1))
  }

  static func keep(
    _ plan: ColumnPlan, _ planes: ContiguousArray<UInt64>, _ block: Int, _ valid: UInt64,
    _ certain: inout ContiguousArray<UInt64>, _ possible: inout ContiguousArray<UInt64>
  ) {
    let count = plan.rules.count + plan.conditions.count
    guard count > 0 else { return }
    let planes = planes.span
    var certain = certain.mutableSpan
    var possible = possible.mutableSpan
    let blocks = certain.count / count
    for rule in plan.rules.indices {
      certain[rule * blocks + block] = plane(plan.rules[rule].certain, planes) & valid
      possible[rule * blocks + block] = plane(plan.rules[rule].possible, planes) & valid
    }
    for (place, node) in plan.conditions.enumerated() {
      guard let node else { continue }
      certain[(plan.rules.count + place) * blocks + block] = plane(node.certain, planes) & valid
      possible[(plan.rules.count + place) * blocks + block] = plane(node.possible, planes) & valid
    }
  }

  static func plane(_ number: Int, _ planes: Span<UInt64>) -> UInt64 {
    planes[number >> 1] ^ (0 &- UInt64(number & 1))
  }
}
