internal import ClinicalValues
internal import CommandSupport
internal import GuidelineCompiler
internal import GuidelineKit
internal import RuleEngine

/// The core loops, so many times over and no clock: `tools/bench/instructions` counts what they execute.
extension Bench {
  enum Loop: String, CaseIterable {
    /// A new session for a transitive closure: recursion and joins.
    case fixpoint
    /// Another patient for rules over numbers and terms: the network of counts.
    case thresholds
    /// Another patient for the rules of a library: facts in memory to conclusions.
    case patients
    /// The same, with the truth of all that each conclusion rests on.
    case reasons
    /// Facts as they are read to the report with its reasons.
    case reports
  }

  /// `LIBRARY` and `FACTS` are read for the loops over patients only.
  static func loop(_ words: [String]) throws {
    guard words.count == 4, let loop = Loop(rawValue: words[0]), let rounds = Int(words[1]) else {
      return OutputStream.errors.tell(usage)
    }
    var result = 0
    switch loop {
    case .fixpoint:
      let graph = try closureGraph()
      for _ in 0..<rounds { result += closureOfChain(40, graph) }
    case .thresholds:
      let thresholds = try Thresholds(rules: 400, facts: 20)
      result = thresholds.run(rounds)
    case .patients: result = patients(try Workload(library: words[2], facts: words[3]), rounds)
    case .reasons: result = try reasons(try Workload(library: words[2], facts: words[3]), rounds)
    case .reports: result = reports(try Workload(library: words[2], facts: words[3]), rounds)
    }
    try say("\(loop.rawValue) \(rounds) rounds, result \(result)")
  }

  private static func closureOfChain(_ length: Int64, _ graph: RuleGraph) -> Int {
    var session = Session(graph, today: Workload.today)
    let rows = (0..<length).map { [Estimate.exactly(Rational($0)), .exactly(Rational($0 + 1))] }
    session.assert(CollectionSlotID(0), rows)
    session.run()
    return session.rows(RelationID(1), .cautious).count
  }

  private static func patients(_ work: Workload, _ rounds: Int) -> Int {
    var result = 0
    var session = Session(work.program.graph, today: Workload.today)
    let prepared = work.patients.map { work.prepared($0, &session) }
    for round in 0..<rounds {
      session.enter(prepared[round % prepared.count])
      session.run()
      result += session.countOfPlacesThatConclude
    }
    return result
  }

  private static func reasons(_ work: Workload, _ rounds: Int) throws -> Int {
    var result = 0
    var session = ConclusionSession(work.guidelines)
    var taken: [TakenFacts] = []
    for facts in work.patients { taken.append(session.take(Facts(facts))) }
    for round in 0..<rounds {
      try session.conclude(taken[round % taken.count])
      result += session.conclusions.count
    }
    return result
  }

  private static func reports(_ work: Workload, _ rounds: Int) -> Int {
    var result = 0
    var options = Guidelines.Options()
    options.validUntil = false
    let known = work.patients.map { Facts($0) }
    var session = PatientSession(work.guidelines)
    for round in 0..<rounds {
      result += session.evaluate(known[round % known.count], options).conclusions.count
    }
    return result
  }
}

/// Rules of three conditions each over facts that are whole numbers.
private struct Thresholds {
  private let graph: RuleGraph
  private let slots: [ScalarSlotID]

  init(rules: Int, facts: Int) throws {
    var builder = RuleGraphBuilder()
    var slots: [ScalarSlotID] = []
    for _ in 0..<facts { slots.append(builder.scalarSlot(full: RuleGraphBuilder.anyNumber)) }
    let kind = builder.kind()
    let always = builder.constant(.yes)
    var chance = LinearCongruence(state: 7)
    for number in 0..<rules {
      let rule = builder.rule(family: UInt32(number))
      var conditions: [ConditionID] = []
      for _ in 0..<3 {
        let fact = builder.value(.fact(slots[chance.next(below: facts)], nil))
        let limit = builder.constant(.exactly(Rational(Int64(chance.next(below: 100)))))
        let comparator: Comparator = chance.next(below: 2) == 0 ? .less : .greaterOrEqual
        conditions.append(builder.condition(.compare(fact, comparator, limit)))
      }
      builder.define(
        rule, RuleNode(family: UInt32(number), scope: always, relations: [], conditions: conditions, unless: nil))
      let subject = builder.constant(.exactly(Rational(Int64(number))))
      let place = PlaceNode(
        rule: rule, kind: kind, fields: [PlaceNode.Field(column: 0, value: subject, ifKnown: false)])
      _ = builder.place(place, owner: RuleGraphBuilder.none)
    }
    self.slots = slots
    graph = try builder.finish()
  }

  func run(_ rounds: Int) -> Int {
    var session = Session(graph, today: Workload.today)
    var chance = LinearCongruence(state: 11)
    var result = 0
    for _ in 0..<rounds {
      for slot in slots { session.assert(slot, .exactly(Rational(Int64(chance.next(below: 100))))) }
      session.run()
      result += session.countOfPlacesThatConclude
    }
    return result
  }
}

/// The same numbers on every machine (Knuth's MMIX constants).
private struct LinearCongruence {
  var state: UInt64

  mutating func next(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
