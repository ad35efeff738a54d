import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import GuidelineSyntax
import RuleEngine

extension Guidelines {
  /// Why a rule holds for a patient, or why not: `id`, `document/id`, `table#row`, `rule#row`, `table`.
  ///
  /// Every change that is offered was tried out: with it, and nothing else, the rule holds.
  public func explain(rule: String, _ facts: Facts) throws(UnknownRule) -> RuleExplanation {
    let nodes = try nodes(named: rule)
    var session = Session(program.graph, today: today)
    let intake = program.takeIn(facts.given, into: &session)
    session.run()
    let builder = ReportBuilder(
      program: program, quotations: source.quotations, intake: intake, session: session, reasons: .all)
    var explainer = RuleExplainer(builder: builder, facts: facts.given)
    return explainer.explain(rule, nodes)
  }
}

/// Explains the forms of one rule.
private struct RuleExplainer: ~Copyable {
  private static let listed = 20
  private static let flipped = 3

  var builder: ReportBuilder
  let facts: PatientFacts

  init(builder: consuming ReportBuilder, facts: PatientFacts) {
    self.builder = builder
    self.facts = facts
  }

  mutating func explain(_ name: String, _ nodes: [RuleNodeID]) -> RuleExplanation {
    var attempts: [RuleAttempt] = []
    for node in nodes { attempts += builder.attempts(of: node, limit: 200) }
    let nearest = attempts.enumerated().sorted { left, right in
      left.element.isNearer(than: right.element)
        || (!right.element.isNearer(than: left.element) && left.offset < right.offset)
    }.map(\.element)
    var result = RuleExplanation(
      name: name, today: builder.session.today, instances: [], omitted: max(0, nearest.count - Self.listed))
    var flipped = 0
    for attempt in nearest.prefix(Self.listed) {
      var instance = describe(attempt)
      if !instance.holds, flipped < Self.flipped {
        flipped += 1
        instance.flips = flips(attempt)
      }
      result.instances.append(instance)
    }
    return result
  }

  private mutating func flips(_ attempt: RuleAttempt) -> [Flip] {
    var search = FlipSearch(builder: builder.copy(), facts: facts, attempt: attempt)
    return search.run()
  }

  // MARK: One form

  private mutating func describe(_ attempt: RuleAttempt) -> InstanceExplanation {
    let library = builder.library
    let rule = library[builder.program.sourceMap.rules[attempt.node.index].id]
    var instance = InstanceExplanation(
      guideline: library[rule.document].id, rule: rule.name, title: rule.title,
      path: builder.quotations.path(rule.nameSpan), line: builder.quotations.line(rule.nameSpan),
      scope: attempt.scope, truth: attempt.body, excepted: attempt.excepted, conclusions: conclusions(attempt),
      overriddenBy: builder.overriders(of: attempt.node), because: [], obstacles: [], unknown: [], flips: [])
    for rule in against(attempt) where !instance.overriddenBy.contains(rule) { instance.overriddenBy.append(rule) }
    if let rows = attempt.rows {
      builder.session.bind(rows, of: attempt.node)
      instance.because = builder.reasons(of: attempt.node, .cautious)
    }
    for obstacle in attempt.obstacles {
      if let rows = attempt.rows { builder.session.bind(rows, of: attempt.node) }
      instance.obstacles.append(describe(obstacle))
    }
    instance.unknown = unknown(attempt)
    return instance
  }

  private mutating func conclusions(_ attempt: RuleAttempt) -> [ReportedConclusion] {
    guard let rows = attempt.rows else { return [] }
    var found: [ReportedConclusion] = []
    for place in builder.program.graph[attempt.node].places {
      for pair in builder.pairs(place) where (pair.cautious?.rows ?? pair.presuming?.rows) == rows {
        guard let status = builder.status(pair, place) else { continue }
        let candidate = builder.candidate(place, pair, status)
        found.append(builder.reported(candidate))
      }
    }
    return found
  }

  /// Rules that override what an attempt concludes, or may.
  private mutating func against(_ attempt: RuleAttempt) -> [OverridingRule] {
    guard let rows = attempt.rows, attempt.body != .no else { return [] }
    var found: [OverridingRule] = []
    for place in builder.program.graph[attempt.node].places {
      for pair in builder.pairs(place) where (pair.cautious?.rows ?? pair.presuming?.rows) == rows {
        guard let shown = pair.cautious ?? pair.presuming, let status = builder.status(pair, place) else { continue }
        let reading: Reading = status == .overridden ? .presuming : .cautious
        for override in builder.program.graph.overridersOfPlace[place.index] {
          builder.session.bind(shown.rows, of: attempt.node)
          let truth = builder.session.overrides(override, place, shown.fields, reading)
          let item = builder.program.sourceMap.rules[override.rule.index].overridePatterns[override.pattern]
          if let rule = builder.overriding(override.rule, item, truth) { found.append(rule) }
        }
      }
    }
    return found
  }

  private mutating func describe(_ obstacle: Obstacle) -> FailedCondition {
    let reason = builder.reason(obstacle.trace, .cautious)
    return FailedCondition(
      text: reason.text, truth: obstacle.truth, wanted: obstacle.wanted, path: reason.file, line: reason.line,
      facts: reason.facts, shortfall: obstacle.truth == .unknown ? nil : builder.shortfall(obstacle.trace))
  }

  /// What is asked: the questions behind the conditions that are unknown.
  private mutating func unknown(_ attempt: RuleAttempt) -> [Need] {
    var asked = NeedCounts(builder.program.index.askable)
    for obstacle in attempt.obstacles where obstacle.truth == .unknown {
      if let rows = attempt.rows { builder.session.bind(rows, of: attempt.node) }
      asked.add(builder.questions(of: obstacle.trace.node), .possible)
    }
    return asked.needs
  }
}

extension ReportBuilder {
  /// The same state, to try things out with.
  borrowing func copy() -> ReportBuilder {
    var fresh = Session(program.graph, today: session.today)
    fresh.run()
    return ReportBuilder(program: program, quotations: quotations, intake: intake, session: fresh, reasons: .none)
  }

  /// Rules that override a rule as a whole, or may.
  mutating func overriders(of node: RuleNodeID) -> [OverridingRule] {
    var found: [OverridingRule] = []
    for other in program.graph.overridersOfRule[node.index] {
      let target = program.sourceMap.rules[node.index].id
      let item = library[program.sourceMap.rules[other.index].id].overrides.firstIndex { $0.names(target) }
      guard let rule = overriding(other, item, session.applies(other, .cautious)), !found.contains(rule) else {
        continue
      }
      found.append(rule)
    }
    return found
  }

  /// A rule that overrides, with the place and the reason of this one of its overrides; nil: it does not.
  func overriding(_ node: RuleNodeID, _ item: Int?, _ truth: Truth) -> OverridingRule? {
    guard truth != .no else { return nil }
    let rule = library[program.sourceMap.rules[node.index].id]
    return OverridingRule(
      guideline: library[rule.document].id, rule: rule.name,
      because: item.flatMap { rule.overrides.indices.contains($0) ? rule.overrides[$0].because : nil },
      isCertain: truth == .yes, path: quotations.path(rule.nameSpan), line: quotations.line(rule.nameSpan))
  }

  /// By how much a comparison of known numbers misses its limit.
  mutating func shortfall(_ trace: ConditionTrace) -> Shortfall? {
    guard case .compare(let first, let comparator, _) = trace.condition.form, trace.values.count == 2,
      let value = number(trace.values[0].node), let limit = number(trace.values[1].node),
      let distance = value.subtracting(limit)?.abs
    else { return nil }
    let type = first.type == .date ? ValueType.duration : first.type
    guard let shownValue = printer.value(.exactly(value), first.type),
      let shownLimit = printer.value(.exactly(limit), first.type),
      let difference = printer.value(.exactly(distance), type)
    else { return nil }
    return Shortfall(
      what: quotations.text(first.span), value: shownValue, comparator: comparator.sign, limit: shownLimit,
      difference: difference)
  }

  mutating func number(_ value: ValueID) -> Rational? {
    let estimate = session.estimate(value, .cautious)
    guard !estimate.mayBeNone, case .interval(let interval) = estimate.values else { return nil }
    return interval.single
  }
}

extension Comparator {
  fileprivate var sign: String {
    switch self {
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .equal: "is"
    case .notEqual: "is not"
    }
  }
}
