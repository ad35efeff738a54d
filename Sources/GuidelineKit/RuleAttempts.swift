import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import GuidelineSyntax
import RuleEngine
import SourceText

/// A rule under one binding of its variables: how far it gets, and what stands in its way.
struct RuleAttempt {
  var node: RuleNodeID
  /// A row for each variable; nil: a collection that it ranges over has no rows.
  var rows: [Int]?
  /// In the cautious reading.
  var scope: Truth
  var body: Truth
  var excepted: Truth
  /// Conditions that are not as they would have to be, innermost.
  var obstacles: [Obstacle] = []
  /// For people, one fact a line.
  var lines: [String] = []

  var isInEffect: Bool { body == .yes && excepted == .no }

  /// Nearer attempts first: true before unknown before false, then by the number of obstacles.
  func isNearer(than other: RuleAttempt) -> Bool {
    if body != other.body { return body > other.body }
    return obstacles.count < other.obstacles.count
  }
}

/// A condition that would have to be answered otherwise for a rule to hold.
struct Obstacle {
  var trace: ConditionTrace
  /// What it would have to be.
  var wanted: Bool
  var truth: Truth
}

extension ReportBuilder {
  // MARK: Attempts

  /// The rules that would conclude what a pattern asks for, each with its nearest attempt, nearest first.
  mutating func attempts(for words: PatternWords) -> [RuleAttempt] {
    var best: [RuleID: RuleAttempt] = [:]
    for index in program.graph.places.indices where mayConclude(PlaceID(index), words) {
      let node = program.graph[PlaceID(index)].rule
      let id = program.sourceMap.rules[node.index].id
      guard let attempt = attempts(of: node, limit: 50).first else { continue }
      if let known = best[id], !attempt.isNearer(than: known) { continue }
      best[id] = attempt
    }
    var sorted = best.sorted { left, right in
      left.value.isNearer(than: right.value) || (!right.value.isNearer(than: left.value) && left.key < right.key)
    }.map(\.value)
    for index in sorted.indices.prefix(2) { sorted[index].lines = lines(sorted[index]) }
    return sorted
  }

  /// Whether a place can say what a pattern asks for, as far as that is fixed.
  private func mayConclude(_ place: PlaceID, _ words: PatternWords) -> Bool {
    let trace = program.sourceMap.places[place.index]
    let kind = library.vocabulary[trace.kind]
    guard kind.name == words.kind else { return false }
    let rule = library[trace.rule]
    let grades = [
      "strength": trace.strength, "certainty": trace.certainty, "rule": rule.name,
      "guideline": library[rule.document].id,
    ]
    for grade in words.grades where !grade.admits(grades[grade.name].flatMap { $0 }.map { .text($0) }) { return false }
    var stated: [String: FieldValue?] = [:]
    for field in program.graph[place].fields where kind.fields.indices.contains(Int(field.column)) {
      let declared = kind.fields[Int(field.column)]
      stated[declared.name] = .some(constant(field.value).flatMap { printer.value($0, declared.type) })
    }
    if let subject = stated["subject"].flatMap({ $0 }), !words.isSubject(subject) { return false }
    return words.fields.allSatisfy { field in
      guard let value = stated[field.name] else { return false }
      return value.map { field.admits($0) } ?? true
    }
  }

  func constant(_ value: ValueID) -> Estimate? {
    guard case .constant(let id) = program.graph[value] else { return nil }
    return program.graph.estimates[id.index]
  }

  /// All bindings of a rule with how far each gets, nearest first; `limit` bounds how many are looked at.
  mutating func attempts(of node: RuleNodeID, limit: Int) -> [RuleAttempt] {
    let bindings = bindings(of: node, limit: limit)
    guard !bindings.isEmpty else { return [emptyAttempt(node)] }
    var found: [RuleAttempt] = []
    for rows in bindings { found.append(attempt(node, rows)) }
    return found.enumerated().sorted { left, right in
      left.element.isNearer(than: right.element)
        || (!right.element.isNearer(than: left.element) && left.offset < right.offset)
    }.map(\.element)
  }

  /// The rows that a rule's variables can be bound to, in order.
  private func bindings(of node: RuleNodeID, limit: Int) -> [[Int]] {
    var bindings: [[Int]] = [[]]
    for relation in program.graph[node].relations {
      let count = session.rows(relation, .cautious).count
      var longer: [[Int]] = []
      for binding in bindings {
        for row in 0..<count where longer.count < limit { longer.append(binding + [row]) }
      }
      bindings = longer
    }
    return bindings
  }

  mutating func attempt(_ node: RuleNodeID, _ rows: [Int]) -> RuleAttempt {
    session.bind(rows, of: node)
    let rule = program.graph[node]
    let trace = program.sourceMap.rules[node.index]
    var body = Truth.yes
    for (relation, row) in zip(rule.relations, rows) {
      body = min(body, session.rows(relation, .cautious)[row].truth)
    }
    for condition in rule.conditions { body = min(body, session.truth(condition, .cautious)) }
    let scope = session.truth(rule.scope, .cautious)
    body = min(body, scope)
    var excepted = session.unless(node, .cautious)
    for overrider in program.graph.overridersOfRule[node.index] {
      excepted = max(excepted, session.applies(overrider, .cautious))
    }
    var attempt = RuleAttempt(node: node, rows: rows, scope: scope, body: body, excepted: excepted)
    if scope != .yes, let condition = program.sourceMap.scopes[library[trace.id].document.index] {
      obstruct(condition, wanted: true, &attempt.obstacles)
    }
    for condition in trace.filters + [trace.when] { obstruct(condition, wanted: true, &attempt.obstacles) }
    if let unless = trace.unless { obstruct(unless, wanted: false, &attempt.obstacles) }
    return attempt
  }

  private mutating func emptyAttempt(_ node: RuleNodeID) -> RuleAttempt {
    RuleAttempt(
      node: node, rows: nil, scope: session.truth(program.graph[node].scope, .cautious), body: .no, excepted: .no)
  }

  // MARK: Obstacles

  /// Descends to the innermost conditions that are not as wanted.
  mutating func obstruct(_ trace: ConditionTrace, wanted: Bool, _ found: inout [Obstacle], depth: Int = 0) {
    let truth = session.truth(trace.node, .cautious)
    guard truth != Truth(wanted), depth < 64 else { return }
    switch trace.condition.form {
    case .group(let kind, _) where !trace.children.isEmpty:
      let inner = kind == .none ? !wanted : wanted
      for child in trace.children { obstruct(child, wanted: inner, &found, depth: depth + 1) }
    case .not where trace.children.count == 1:
      for child in trace.children { obstruct(child, wanted: !wanted, &found, depth: depth + 1) }
    case .isTerm(let value, let operands):
      if let inner = meaning(of: value), let asksYes = asksYes(operands) {
        obstruct(inner, wanted: asksYes == wanted, &found, depth: depth + 1)
      } else {
        found.append(Obstacle(trace: trace, wanted: wanted, truth: truth))
      }
    default: found.append(Obstacle(trace: trace, wanted: wanted, truth: truth))
    }
  }

  /// The condition behind a name that stands for one.
  func meaning(of value: Value) -> ConditionTrace? {
    let id: DefinitionID
    switch value.form {
    case .definition(let definition): id = definition
    case .fact(let fact):
      guard let definition = library.derivations[fact], let slot = program.sourceMap.scalarSlots[fact],
        session.given(slot).isUnknown
      else { return nil }
      id = definition
    default: return nil
    }
    guard case .means = library[id].form else { return nil }
    return program.sourceMap.definitions[id.index].conditions.first
  }

  /// Whether exactly `yes`, or exactly `no`, is asked for.
  func asksYes(_ operands: [Operand]) -> Bool? {
    guard operands.count == 1, case .term(let term) = operands[0] else { return nil }
    return term == 0
  }

  // MARK: Words

  private mutating func lines(_ attempt: RuleAttempt) -> [String] {
    let trace = program.sourceMap.rules[attempt.node.index]
    let rule = library[trace.id]
    let name = "\(library[rule.document].id)/\(rule.name)"
    let place = "\(quotations.path(rule.span)):\(quotations.line(rule.nameSpan))"
    guard let rows = attempt.rows else {
      let empty = zip(rule.variables, trace.variables).compactMap { variable, binding -> String? in
        guard case .variable(let number) = binding, program.graph[attempt.node].relations.indices.contains(Int(number)),
          session.rows(program.graph[attempt.node].relations[Int(number)], .cautious).isEmpty
        else { return nil }
        return "no row for `\(variable.name)`"
      }
      return ["rule \(name) (\(place)) is not in effect: " + empty.joined(separator: ", ")]
    }
    session.bind(rows, of: attempt.node)
    var lines: [String] = []
    switch (attempt.body, attempt.excepted) {
    case (.yes, .no):
      lines.append("rule \(name) (\(place)) is in effect")
    case (.yes, _): lines.append("rule \(name) (\(place)) is excepted")
    case (.unknown, _): lines.append("rule \(name) (\(place)) is undecided")
    case (.no, _): lines.append("rule \(name) (\(place)) is not in effect")
    }
    if attempt.scope == .no { lines.append("  the patient is outside of the scope of \(library[rule.document].id)") }
    let decisive = attempt.obstacles.filter { attempt.body != .no || $0.truth != .unknown }
    for obstacle in decisive.prefix(3) { lines.append("  " + describe(obstacle)) }
    if decisive.count > 3 { lines.append("  and \(decisive.count - 3) more conditions") }
    for overrider in program.graph.overridersOfRule[attempt.node.index]
    where session.applies(overrider, .cautious) != .no {
      let other = library[program.sourceMap.rules[overrider.index].id]
      let verb = session.applies(overrider, .cautious) == .yes ? "overridden" : "perhaps overridden"
      lines.append("  \(verb) by \(library[other.document].id)/\(other.name)")
    }
    return lines
  }

  /// `lab.wbc < 2.0 10*9/L is false: lab.wbc is 2.3 10*9/L on 2026-06-01`.
  mutating func describe(_ obstacle: Obstacle) -> String {
    let reason = reason(obstacle.trace, .cautious)
    let verb =
      switch obstacle.truth {
      case .yes: "is true"
      case .no: "is false"
      case .unknown: "is unknown"
      }
    let facts = reason.facts.map { "\($0.fact) is \($0.value)" }.joined(separator: ", ")
    let place = quotations.line(obstacle.trace.condition.span)
    return "`\(reason.text)` (line \(place)) \(verb)" + (facts.isEmpty ? "" : ": \(facts)")
  }
}
