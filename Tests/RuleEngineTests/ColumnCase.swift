internal import ClinicalValues
internal import RuleEngine
internal import TestSupport

/// A made-up graph over all sorts of facts, for columns and sessions to answer, and patients for it.
struct ColumnCase {
  static let today = Day(number: 1000)
  static let terms = 6

  private(set) var builder = RuleGraphBuilder()
  private var random: SeededRandom
  private let numbers: [ScalarSlotID]
  private let words: [ScalarSlotID]
  private let sets: [SetSlotID]
  private let series: [SeriesSlotID]
  private let collections: [CollectionSlotID]
  private let relations: [RelationID]
  private let kind: UInt32
  private var rules: [RuleNodeID] = []

  init(_ random: SeededRandom) {
    self.random = random
    let anyTerm = builder.estimate(.terms(TermSet(allOf: Self.terms), mayBeNone: true))
    let anyNumber = RuleGraphBuilder.anyNumber
    (numbers, words, sets, series, collections) = (
      [builder.scalarSlot(full: anyNumber), builder.scalarSlot(full: anyNumber)],
      [builder.scalarSlot(full: anyTerm), builder.scalarSlot(full: anyTerm)], [builder.setSlot()],
      [builder.seriesSlot(full: anyNumber), builder.seriesSlot(full: anyNumber)],
      [builder.collectionSlot(), builder.collectionSlot()]
    )
    var relations: [RelationID] = []
    for slot in collections {
      relations.append(
        builder.relation(RelationNode(origin: .given(slot), fulls: [anyTerm, anyNumber, anyNumber])))
    }
    self.relations = relations
    kind = builder.kind()
  }

  // MARK: Rules

  mutating func graph(rules count: Int) throws -> RuleGraph {
    for number in 0..<count { addRule(number) }
    return try builder.finish()
  }

  private mutating func addRule(_ number: Int) {
    let rule = builder.rule(family: UInt32(number))
    var conditions: [ConditionID] = []
    for _ in 0...random.below(3) { conditions.append(condition(depth: 2)) }
    let always = builder.constant(.yes)
    // Some have an exception: these are none of the network's.
    let unless = random.below(12) == 0 ? condition(depth: 0) : nil
    builder.define(
      rule, RuleNode(family: UInt32(number), scope: always, relations: [], conditions: conditions, unless: unless))
    let subject = builder.constant(.term(random.below(Self.terms)))
    let field = PlaceNode.Field(column: 0, value: subject, ifKnown: false)
    _ = builder.place(PlaceNode(rule: rule, kind: kind, fields: [field]), owner: RuleGraphBuilder.none)
    rules.append(rule)
  }

  private mutating func condition(depth: Int) -> ConditionID {
    guard depth > 0, random.below(3) > 0 else { return question() }
    var parts: [ConditionID] = []
    for _ in 0...random.below(4) { parts.append(condition(depth: depth - 1)) }
    switch random.below(7) {
    case 0, 1: return builder.all(parts)
    case 2: return builder.any(parts)
    case 3: return builder.atLeast(1 + random.below(parts.count), parts)
    case 4: return builder.not(parts[0])
    case 5: return builder.condition(.certainly(parts[0]))
    default:
      guard !rules.isEmpty else { return parts[0] }
      let list = builder.members([random.pick(rules)])
      return builder.condition(.applies(list))
    }
  }

  private mutating func question() -> ConditionID {
    switch random.below(14) {
    case 0, 1: return test(builder.value(.fact(random.pick(numbers), nil)), isNumber: true)
    case 2, 3: return test(builder.value(.fact(random.pick(words), nil)), isNumber: false)
    case 4: return builder.condition(.includes(sets[0], mask()))
    case 5, 6: return points(window())
    case 7: return count(builder.value(.countPoints(random.pick(series), window())))
    case 8, 9, 10: return builder.condition(.exists(rows()))
    case 11: return count(builder.value(.countRows(rows())))
    case 12: return builder.condition(.settled(random.pick([.known, .unknown, .none]), subject()))
    default:
      // What takes two facts at once is no question for columns.
      let (first, second) = (builder.value(.fact(numbers[0], nil)), builder.value(.fact(numbers[1], nil)))
      return builder.condition(.compare(first, .less, second))
    }
  }

  private mutating func subject() -> SettledSubject {
    switch random.below(4) {
    case 0: .set(sets[0])
    case 1: .series(random.pick(series))
    case 2: .collection(random.pick(collections))
    default: .value(builder.value(.fact(random.pick(numbers), nil)))
    }
  }

  private mutating func test(_ value: ValueID, isNumber: Bool) -> ConditionID {
    if random.below(6) == 0 {
      return builder.condition(.settled(random.pick([.known, .unknown, .none]), .value(value)))
    }
    guard isNumber else { return builder.condition(.member(value, mask())) }
    return builder.condition(.compare(value, comparator(), builder.constant(.exactly(number()))))
  }

  private mutating func comparator() -> Comparator {
    random.pick([.less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual])
  }

  private mutating func number() -> Rational {
    let whole = Rational(Int64(random.below(6)))
    guard random.below(3) == 0, let half = Rational(numerator: 1, denominator: 2), let sum = whole.adding(half) else {
      return whole
    }
    return sum
  }

  private mutating func mask() -> MaskID {
    var (yes, maybe) = (TermSet(), TermSet())
    for term in 0..<Self.terms {
      switch random.below(5) {
      case 0, 1: yes.insert(term)
      case 2: maybe.insert(term)
      default: continue
      }
    }
    return builder.mask(yes: yes, maybe: maybe)
  }

  private mutating func window() -> WindowID? {
    switch random.below(4) {
    case 0: return nil
    case 1:
      let start = builder.constant(.exactly(Rational(Int64(980 + random.below(25)))))
      return builder.window(.since(start))
    default:
      let days = builder.estimate(.exactly(Rational(Int64(random.below(25)))))
      return builder.window(.within(days))
    }
  }

  private mutating func points(_ window: WindowID?) -> ConditionID {
    let inner = pointTest()
    return builder.condition(.anyPoint(random.pick(series), window, inner))
  }

  private mutating func pointTest() -> ConditionID {
    let value = builder.value(.currentPoint)
    let first = test(value, isNumber: true)
    guard random.below(3) == 0 else { return first }
    let second = test(value, isNumber: true)
    return random.below(2) == 0 ? builder.all([first, second]) : builder.any([first, second])
  }

  private mutating func count(_ value: ValueID) -> ConditionID {
    let limit = builder.constant(.exactly(Rational(Int64(random.below(4)))))
    return builder.condition(.compare(value, comparator(), limit))
  }

  private mutating func rows() -> RowsID {
    let relation = random.pick(relations)
    let variable = UInt8(random.below(2))
    var conditions: [ConditionID] = []
    for _ in 0..<random.below(4) {
      let column = random.below(3)
      let cell = builder.value(.field(variable: variable, column: UInt16(column)))
      var condition = test(cell, isNumber: column > 0)
      if random.below(4) == 0 { condition = builder.not(condition) }
      if random.below(6) == 0 { condition = builder.condition(.certainly(condition)) }
      conditions.append(condition)
    }
    if random.below(3) == 0 {
      let start = builder.value(.field(variable: variable, column: 2))
      conditions.append(points(builder.window(.since(start))))
    }
    let list = builder.members(conditions)
    return builder.rows(RowsNode(relation: relation, variable: variable, conditions: list))
  }

  // MARK: Patients

  mutating func enter(_ session: inout Session) {
    for slot in numbers { session.assert(slot, random.below(5) == 0 ? nil : estimate(of: number())) }
    for slot in words { session.assert(slot, random.below(5) == 0 ? nil : termEstimate()) }
    for slot in sets { session.assert(slot, random.below(4) == 0 ? nil : someTerms()) }
    for slot in series {
      var points: [SeriesPoint]? = random.below(5) == 0 ? nil : []
      for _ in 0..<random.below(6) { points?.append(SeriesPoint(day: day(), value: estimate(of: number()))) }
      session.assert(slot, points)
    }
    for slot in collections {
      var rows: [[Estimate]]? = random.below(5) == 0 ? nil : []
      for _ in 0..<random.below(5) { rows?.append([termEstimate(), estimate(of: number()), day()]) }
      session.assert(slot, rows)
    }
  }

  private mutating func someTerms() -> TermSet {
    var terms = TermSet()
    for _ in 0..<random.below(4) { terms.insert(random.below(Self.terms)) }
    return terms
  }

  private mutating func termEstimate() -> Estimate {
    let terms = someTerms()
    return terms.isEmpty ? .none : .terms(terms, mayBeNone: random.below(8) == 0)
  }

  /// About a number: it, what lies around it, anything, or none.
  private mutating func estimate(of number: Rational) -> Estimate {
    switch random.below(9) {
    case 0: return .none
    case 1: return .interval(.all, mayBeNone: random.below(2) == 0)
    case 2:
      guard let high = number.adding(Rational(2)) else { return .none }
      return .interval(Interval(low: .finite(number), high: .finite(high)), mayBeNone: random.below(3) == 0)
    default: return .exactly(number)
    }
  }

  /// Around today; at times not known, not to the day, or after it.
  private mutating func day() -> Estimate {
    guard let day = number().adding(Rational(Int64(975 + random.below(28)))) else { return .none }
    return estimate(of: day)
  }
}
