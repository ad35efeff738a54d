internal import ClinicalValues
internal import GuidelineAnalysis
internal import TestSupport

/// A condition as an author writes it: tests of facts, each of which may be unknown.
indirect enum RuleTree {
  enum Comparison: CaseIterable { case less, atMost, equal, atLeast, more }

  /// The fact has one of the values 0, 1, 2…
  case isOneOf(Int, [Int])
  /// The fact, a number, stands so to a number; in tenths.
  case compare(Int, Comparison, Int)
  case all([RuleTree])
  case any([RuleTree])
  case not(RuleTree)
}

/// What a fact can be, besides unknown.
enum FactKind {
  case choice(Int)
  /// A whole number or any number in a range, in tenths.
  case integer(ClosedRange<Int>)
  case real(ClosedRange<Int>)
}

/// Facts and rules about them, and the same as formulas: the numbers cut at the numbers that the rules mention.
struct RuleWorld {
  let kinds: [FactKind]
  var rules: [RuleTree] = []
  var store = FormulaStore()
  /// By fact: a value for each class of values that no rule tells apart.
  ///
  /// Value 0 of the variable is unknown, the value
  /// n + 1 stands for the n-th of these, which is in hundredths for numbers.
  var samples: [[Int]] = []

  init(kinds: [FactKind]) { self.kinds = kinds }

  /// Cuts the numbers and makes a variable for each fact.
  mutating func cut() {
    var constants = Array(repeating: Set<Int>(), count: kinds.count)
    func collect(_ rule: RuleTree) {
      switch rule {
      case .isOneOf: break
      case .compare(let fact, _, let number): constants[fact].insert(number * 10)
      case .all(let members), .any(let members): members.forEach(collect)
      case .not(let member): collect(member)
      }
    }
    rules.forEach(collect)
    samples = zip(kinds, constants).map { Self.samples(of: $0, $1) }
    for sample in samples { _ = store.variable(size: sample.count + 1) }
  }

  /// A value on, before and after each of the numbers, as far as the fact can have it.
  private static func samples(of kind: FactKind, _ numbers: Set<Int>) -> [Int] {
    let range: ClosedRange<Int>
    var samples: Set<Int> = []
    switch kind {
    case .choice(let count): return Array(0..<count)
    case .integer(let tenths):
      range = tenths.lowerBound * 10...tenths.upperBound * 10
      for number in numbers { for step in [-100, 0, 100] { samples.insert(number / 100 * 100 + step) } }
    case .real(let tenths):
      range = tenths.lowerBound * 10...tenths.upperBound * 10
      for number in numbers { for step in -1...1 { samples.insert(number + step) } }
    }
    return samples.union([range.lowerBound, range.upperBound]).filter { range.contains($0) }.sorted()
  }

  /// The formula of the patients for whom the rule is true, or for whom it is false; neither holds of those for whom it
  /// is undecided.
  mutating func formula(_ rule: RuleTree, is wanted: Bool = true) -> FormulaID {
    switch rule {
    case .isOneOf(let fact, _), .compare(let fact, _, _):
      let places = samples[fact].indices.filter { Self.holds(rule, samples[fact][$0]) == wanted }
      return store.literal(VariableID(fact), in: TermSet(places.map { $0 + 1 }))
    case .not(let member): return formula(member, is: !wanted)
    case .all(let members):
      let formulas = members.map { formula($0, is: wanted) }
      return wanted ? store.all(formulas) : store.any(formulas)
    case .any(let members):
      let formulas = members.map { formula($0, is: wanted) }
      return wanted ? store.any(formulas) : store.all(formulas)
    }
  }

  /// Whether the rule is true of the patient; nil if that is undecided.
  ///
  /// Facts that are not named are unknown.
  func evaluate(_ rule: RuleTree, _ patient: Assignment) -> Bool? {
    switch rule {
    case .isOneOf(let fact, _), .compare(let fact, _, _):
      let value = patient[VariableID(fact)] ?? 0
      return value == 0 ? nil : Self.holds(rule, samples[fact][value - 1])
    case .not(let member): return evaluate(member, patient).map { !$0 }
    case .all(let members):
      let truths = members.map { evaluate($0, patient) }
      return truths.contains(false) ? false : truths.contains(nil) ? nil : true
    case .any(let members):
      let truths = members.map { evaluate($0, patient) }
      return truths.contains(true) ? true : truths.contains(nil) ? nil : false
    }
  }

  private static func holds(_ test: RuleTree, _ sample: Int) -> Bool {
    switch test {
    case .isOneOf(_, let values): values.contains(sample)
    case .compare(_, .less, let number): sample < number * 10
    case .compare(_, .atMost, let number): sample <= number * 10
    case .compare(_, .equal, let number): sample == number * 10
    case .compare(_, .atLeast, let number): sample >= number * 10
    case .compare(_, .more, let number): sample > number * 10
    case .all, .any, .not: false
    }
  }
}

/// Random facts and rules.
extension RuleWorld {
  static func randomKinds(_ count: Int, _ random: inout SeededRandom) -> [FactKind] {
    (0..<count).map { _ in
      switch random.below(6) {
      case 0: .choice(3 + random.below(5))
      case 1, 2: .choice(2)
      case 3, 4: .integer(0...(20 + random.below(180)) * 10)
      default: .real(-50...500)
      }
    }
  }

  /// A test that most values of the fact pass or fail, of the numbers at few places, so that rules meet there.
  func randomTest(_ fact: Int, _ random: inout SeededRandom) -> RuleTree {
    switch kinds[fact] {
    case .choice(let count):
      let values = (0..<count).filter { _ in random.below(2) == 0 }
      return .isOneOf(fact, values.isEmpty ? [random.below(count)] : values)
    case .integer(let range):
      let number = range.lowerBound + (range.upperBound - range.lowerBound) / 10 * random.below(11)
      // Now and then a cut between two whole numbers.
      let shift = random.below(5) == 0 ? 5 : random.below(2) * 10
      return .compare(fact, random.pick(RuleTree.Comparison.allCases), number / 10 * 10 + shift)
    case .real(let range):
      let number = range.lowerBound + (range.upperBound - range.lowerBound) / 20 * random.below(21)
      return .compare(fact, random.pick(RuleTree.Comparison.allCases), number)
    }
  }

  /// Two to five tests or groups of tests of these facts, of which all have to hold; each test of another fact.
  func randomRule(of facts: [Int], _ random: inout SeededRandom) -> RuleTree {
    let chosen = facts.shuffled(using: &random).prefix(2 + random.below(4))
    return .all(
      chosen.map { random.below(4) == 0 ? randomPart(of: facts, depth: 2, &random) : randomTest($0, &random) })
  }

  private func randomPart(of facts: [Int], depth: Int, _ random: inout SeededRandom) -> RuleTree {
    guard depth > 0, random.below(4) == 0 else { return randomTest(random.pick(facts), &random) }
    let members = (0..<2 + random.below(2)).map { _ in randomPart(of: facts, depth: depth - 1, &random) }
    switch random.below(4) {
    case 0: return .not(.all(members))
    case 1: return .not(.any(members))
    case 2: return .any(members + [.not(randomTest(random.pick(facts), &random))])
    default: return .any(members)
    }
  }
}
