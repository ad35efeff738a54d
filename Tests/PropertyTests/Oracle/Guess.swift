internal import ClinicalValues

/// One end of an interval of the oracle.
enum End: Hashable {
  case minus
  case at(Rational)
  case plus

  static func isLess(_ left: End, _ right: End) -> Bool {
    switch (left, right) {
    case (.minus, .minus), (.plus, _), (_, .minus): false
    case (.minus, _), (_, .plus): true
    case (.at(let first), .at(let second)): Exact.isLess(first, second)
    }
  }

  static func least(_ ends: [End]) -> End {
    ends.dropFirst().reduce(ends[0]) { isLess($1, $0) ? $1 : $0 }
  }

  static func greatest(_ ends: [End]) -> End {
    ends.dropFirst().reduce(ends[0]) { isLess($0, $1) ? $1 : $0 }
  }

  var number: Rational? {
    if case .at(let number) = self { return number }
    return nil
  }
}

/// What a scalar may still be, written down as naively as it can be.
///
/// The oracle has estimates of its own, so that a fault in those of the product shows as a difference.
struct Guess: Hashable {
  enum Content: Hashable {
    case nothing
    case terms(Set<Int>)
    case numbers(End, End)
    case text(String)
    case anyText
  }

  var content: Content
  var orNone: Bool

  init(_ content: Content, orNone: Bool = false) {
    self.content = content
    self.orNone = orNone
  }

  static let none = Guess(.nothing, orNone: true)
  static let anything = Guess(.numbers(.minus, .plus), orNone: true)
  static let yes = Guess.term(0)
  static let no = Guess.term(1)

  static func term(_ index: Int) -> Guess { Guess(.terms([index])) }
  static func number(_ number: Rational) -> Guess { Guess(.numbers(.at(number), .at(number))) }
  static func text(_ text: String) -> Guess { Guess(.text(text)) }
  static func truth(_ truth: Truth) -> Guess {
    switch truth {
    case .yes: .yes
    case .no: .no
    case .unknown: Guess(.terms([0, 1]))
    }
  }

  var isNone: Bool { content == .nothing }

  var isKnown: Bool {
    if orNone { return false }
    switch content {
    case .nothing, .anyText: return false
    case .terms(let terms): return terms.count == 1
    case .numbers(let low, let high): return low == high && low.number != nil
    case .text: return true
    }
  }

  var isUnknown: Bool { !isKnown && !isNone }

  var number: Rational? {
    guard isKnown, case .numbers(let low, _) = content else { return nil }
    return low.number
  }

  /// The same without *none*; nil when nothing is left.
  var values: Guess? { isNone ? nil : Guess(content) }

  func joined(_ other: Guess) -> Guess {
    let orNone = orNone || other.orNone
    switch (content, other.content) {
    case (.nothing, _): return Guess(other.content, orNone: orNone)
    case (_, .nothing): return Guess(content, orNone: orNone)
    case (.terms(let first), .terms(let second)): return Guess(.terms(first.union(second)), orNone: orNone)
    case (.numbers(let low, let high), .numbers(let otherLow, let otherHigh)):
      return Guess(.numbers(.least([low, otherLow]), .greatest([high, otherHigh])), orNone: orNone)
    case (.text(let first), .text(let second)) where first == second: return Guess(content, orNone: orNone)
    default: return Guess(.anyText, orNone: orNone)
    }
  }

  static func join(_ guesses: [Guess]) -> Guess {
    guard let first = guesses.first else { return .none }
    return guesses.dropFirst().reduce(first) { $0.joined($1) }
  }

  /// Whether every value of another guess is one of these.
  func contains(_ other: Guess) -> Bool { joined(other) == self }
}

/// One value picked from a guess, to try a test on.
enum Sample: Hashable {
  case none
  case term(Int)
  case number(Rational)
  case text(String)
  /// A text that stands nowhere.
  case otherText(Int)
}

extension Guess {
  /// Values that stand for all values of this guess in any comparison with the others.
  func samples(beside others: [Guess]) -> [Sample] {
    var samples: [Sample] = orNone ? [.none] : []
    switch content {
    case .nothing: break
    case .terms(let terms): samples += terms.sorted().map(Sample.term)
    case .text(let text): samples.append(.text(text))
    case .anyText:
      samples += [.otherText(1), .otherText(2)]
      for other in others { if case .text(let text) = other.content { samples.append(.text(text)) } }
    case .numbers(let low, let high):
      let marks = Set(([self] + others).flatMap(\.ends)).sorted { Exact.isLess($0, $1) }
      let beyond = Guess.beyond(marks)
      samples += Set(marks + beyond).filter {
        !End.isLess(.at($0), low) && !End.isLess(high, .at($0))
      }.map(Sample.number)
    }
    return samples
  }

  private var ends: [Rational] {
    guard case .numbers(let low, let high) = content else { return [] }
    return [low, high].compactMap(\.number)
  }

  /// Two numbers below and two above all that are mentioned.
  private static func beyond(_ marks: [Rational]) -> [Rational] {
    let low = marks.first ?? .zero
    let high = marks.last ?? .zero
    return [
      Exact.add(low, Rational(-1)), Exact.add(low, Rational(-2)), Exact.add(high, .one), Exact.add(high, Rational(2)),
    ]
    .compactMap { $0 }
  }
}

/// Whether a comparison holds for all pairs of values, for none, or for some; with *none* it does not hold.
func compared(_ left: Guess, _ comparator: Comparator, _ right: Guess) -> Truth {
  let truths = left.samples(beside: [right]).flatMap { first in
    right.samples(beside: [left]).map { second in Truth(holds(first, comparator, second)) }
  }
  return agreed(truths)
}

/// T or F when all agree on it, else U.
func agreed(_ truths: [Truth]) -> Truth {
  if truths.allSatisfy({ $0 == .yes }) { return truths.isEmpty ? .no : .yes }
  return truths.allSatisfy { $0 == .no } ? .no : .unknown
}

func least(_ truths: [Truth]) -> Truth { truths.contains(.no) ? .no : truths.contains(.unknown) ? .unknown : .yes }
func greatest(_ truths: [Truth]) -> Truth { truths.contains(.yes) ? .yes : truths.contains(.unknown) ? .unknown : .no }

private func holds(_ left: Sample, _ comparator: Comparator, _ right: Sample) -> Bool {
  if left == .none || right == .none { return false }
  let isLess: Bool
  let isGreater: Bool
  switch (left, right) {
  case (.number(let first), .number(let second)):
    isLess = Exact.isLess(first, second)
    isGreater = Exact.isLess(second, first)
  case (.term(let first), .term(let second)):
    isLess = first < second
    isGreater = second < first
  default:
    return comparator == .equal ? left == right : comparator == .notEqual ? left != right : false
  }
  switch comparator {
  case .less: return isLess
  case .lessOrEqual: return !isGreater
  case .greater: return isGreater
  case .greaterOrEqual: return !isLess
  case .equal: return !isLess && !isGreater
  case .notEqual: return isLess || isGreater
  }
}
