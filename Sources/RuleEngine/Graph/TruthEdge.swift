import ClinicalValues

/// That something reads a truth: the number of what it reads or of what reads it, and how it sees the truth.
struct TruthEdge: Sendable {
  /// The six questions that `not` and `is known to be`, one around the other, can ask of a truth.
  enum View: UInt8, Sendable {
    case itself
    case negated
    case certain
    case notCertain
    case certainlyNot
    case possible
  }

  /// The number, and below it two bits for what is seen of each truth.
  private let word: UInt32

  private static let viewBits = UInt32(6)
  /// Numbers are below this.
  static let limit = 1 << 26

  init(_ number: Int, _ view: View) { self.init(number) { view.seen($0) } }

  private init(_ number: Int, _ seen: (Truth) -> Truth) {
    var answers: UInt32 = 0
    for truth in [Truth.no, .unknown, .yes] {
      answers |= UInt32(seen(truth).rawValue) << (2 * UInt32(truth.rawValue))
    }
    word = UInt32(truncatingIfNeeded: number) << Self.viewBits | answers
  }

  /// The same view with another number.
  func reading(_ number: Int) -> Self { Self(number) { self.seen($0) } }

  /// What is seen is denied.
  var denied: Self { Self(number) { !self.seen($0) } }

  /// The truth that is read is the opposite of the one that is meant.
  var ofOpposite: Self { Self(number) { self.seen(!$0) } }

  @inline(__always)
  var number: Int { Int(word >> Self.viewBits) }

  @inline(__always)
  func seen(_ truth: Truth) -> Truth {
    let answer = (word &>> (2 &* UInt32(truth.rawValue))) & 3
    return answer == 0 ? .no : answer == 1 ? .unknown : .yes
  }
}

extension TruthEdge.View {
  /// What is seen of a truth.
  func seen(_ truth: Truth) -> Truth {
    switch self {
    case .itself: truth
    case .negated: !truth
    case .certain: Truth(truth == .yes)
    case .notCertain: Truth(truth != .yes)
    case .certainlyNot: Truth(truth == .no)
    case .possible: Truth(truth != .no)
    }
  }

  /// The same, with `not` before it.
  var negated: Self {
    switch self {
    case .itself: .negated
    case .negated: .itself
    case .certain: .notCertain
    case .notCertain: .certain
    case .certainlyNot: .possible
    case .possible: .certainlyNot
    }
  }

  /// The same, asked whether it is known to be so.
  var certain: Self {
    switch self {
    case .itself: .certain
    case .negated: .certainlyNot
    case .certain, .notCertain, .certainlyNot, .possible: self
    }
  }
}

/// How many inputs of a junction certainly hold, and how many may hold, in one word.
///
/// Each half counts up to its highest bit, which is set when there are enough: whether a junction turns is seen at once.
struct JunctionCount: Sendable {
  private var halves: UInt64

  private static let enough: UInt64 = 0x8000_0000_8000_0000

  /// So many are missing.
  init(missing: Int32) {
    let half = UInt64(0x8000_0000) - UInt64(UInt32(max(missing, 0)))
    halves = half << 32 | half
  }

  /// An input turns.
  ///
  /// Both halves move by -1, 0 or 1; neither leaves its bounds, so that the sum of the words is the word of the sums.
  @inline(__always)
  mutating func turn(from before: Truth, to after: Truth) {
    halves = halves &+ Self.counts(after) &- Self.counts(before)
  }

  /// What a truth counts: for holding certainly, and for that it may hold.
  @inline(__always)
  private static func counts(_ truth: Truth) -> UInt64 { truth == .yes ? 1 << 32 | 1 : truth == .unknown ? 1 : 0 }

  /// Whether there are enough in either half where there were not, or the other way round.
  @inline(__always)
  func differs(from other: Self) -> Bool { (halves ^ other.halves) & Self.enough != 0 }

  @inline(__always)
  var truth: Truth { halves >> 63 != 0 ? .yes : halves & 0x8000_0000 != 0 ? .unknown : .no }
}
