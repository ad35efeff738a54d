package import ClinicalValues
package import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
package import RuleEngine
public import SourceText

/// What the cases of a test run reach, and what no case reaches.
///
/// Only what the cases load is judged by what they reach; a rule of a document that no case loads was never reached.
public struct TestCoverage: Hashable, Sendable {
  /// Rules and rows of tables, of all documents.
  public var rules: Int
  /// Those that spoke in some case: in effect, not excepted and not overridden.
  public var rulesReached: Int
  /// Rules, and rows of tables, that spoke in no case.
  public var neverTrue: [UncoveredRule]
  /// Rules and rows that no case shows not to hold for a patient in their scope.
  public var neverFalse: [UncoveredRule]
  /// Limits with a side that no case lies on, by place.
  public var boundaries: [UncoveredBoundary]
  /// How many limits were judged; those on rows of a record are not.
  public var boundariesJudged: Int
}

/// A rule or row that the cases leave out.
public struct UncoveredRule: Hashable, Sendable {
  public var guideline: String
  public var version: String
  /// `rule`, `table#row`, or `rule#row` for a row of a table that the rule ranges over.
  public var name: String
  public var path: String
  public var line: Int
}

/// A comparison with a constant of which the cases leave a side out.
public struct UncoveredBoundary: Hashable, Sendable {
  public var path: String
  public var line: Int
  /// Where it stands, among `GuidelineLibrary.files`.
  public var place: Span
  /// The comparison as it was written.
  public var text: String
  /// The constant.
  public var limit: FieldValue
  /// Whether some case has a value below the limit, exactly on it, above it.
  public var hasBelow: Bool
  public var hasEqual: Bool
  public var hasAbove: Bool
}

/// A rule, or the form of it for certain rows of tables, by the places where they are written.
package struct RuleKey: Hashable, Sendable {
  package var places: [Span]
}

/// A comparison by its place and its constant.
package struct BoundaryKey: Hashable, Sendable {
  package var place: Span
  package var limit: Rational
}

/// What the cases of a run have reached so far.
package struct ReachedPlaces: Sendable {
  package struct Sides: Hashable, Sendable {
    package var below = false
    package var equal = false
    package var above = false
  }

  /// Rules that spoke in some case, in either reading: provisional advice is advice.
  package var wasTrue: Set<RuleKey> = []
  /// Rules that surely did not hold for a patient in their scope.
  package var wasFalse: Set<RuleKey> = []
  package var sides: [BoundaryKey: Sides] = [:]
  /// Conditions that alone kept a rule from holding, or from concluding, in some case.
  package var decisive: Set<Span> = []

  package init() {}

  /// Notes what one case reaches of what can be reached.
  mutating func note(_ plan: ReachPlan, _ session: inout Session) {
    let program = plan.program
    for (index, key) in plan.rules.enumerated() {
      let node = RuleNodeID(index)
      let instances = session.instances(node, .cautious)
      let presumed = session.instances(node, .presuming)
      // A rule whose exception applies, or whose conclusions are all overridden, was not seen to speak.
      if session.speaks(node, instances, .cautious) || session.speaks(node, presumed, .presuming) {
        wasTrue.insert(key)
      } else if instances.isEmpty, session.truth(program.graph[node].scope, .cautious) == .yes {
        wasFalse.insert(key)
      }
    }
    noteDecisive(plan, &session)
    for boundary in plan.boundaries {
      guard case .interval(let interval) = session.estimate(boundary.value, .cautious).values,
        let value = interval.single
      else { continue }
      let key = BoundaryKey(place: boundary.place, limit: boundary.limit)
      if value < boundary.limit { sides[key, default: Sides()].below = true }
      if value == boundary.limit { sides[key, default: Sides()].equal = true }
      if value > boundary.limit { sides[key, default: Sides()].above = true }
    }
  }
}

extension Session {
  /// Whether a rule is in effect, and something that it concludes is not overridden.
  fileprivate func speaks(_ rule: RuleNodeID, _ instances: [RuleInstance], _ reading: Reading) -> Bool {
    guard instances.contains(where: { $0.effective == .yes }) else { return false }
    let places = graph[rule].places
    guard !places.isEmpty, places.allSatisfy({ !graph.overridersOfPlace[$0.index].isEmpty }) else { return true }
    return places.contains { place in
      concluded(place, reading).contains { $0.effective == .yes && $0.overridden != .yes }
    }
  }
}

/// What cases can reach of a program, found once.
struct ReachPlan: Sendable {
  let program: Program
  /// By rule node, as are the parts.
  let rules: [RuleKey]
  let parts: [[ConditionTrace]?]
  let boundaries: [Boundary]

  init(_ program: Program) {
    self.program = program
    let nodes = program.sourceMap.rules.indices.map { RuleNodeID($0) }
    rules = nodes.map { program.key(of: $0) }
    parts = nodes.map { program.decidedParts(of: $0) }
    boundaries = program.boundaries()
  }
}

extension ReachedPlaces {
  /// Notes the parts of rules on which alone a case turned.
  fileprivate mutating func noteDecisive(_ plan: ReachPlan, _ session: inout Session) {
    for (index, parts) in plan.parts.enumerated() {
      guard let parts, session.truth(plan.program.graph.rules[index].scope, .presuming) == .yes else { continue }
      var failing: [ConditionTrace] = []
      var isOpen = false
      for part in parts {
        switch session.truth(part.node, .presuming) {
        case .yes: continue
        case .no: failing.append(part)
        case .unknown: isOpen = true
        }
      }
      guard !isOpen, failing.count <= 1 else { continue }
      let exception = plan.program.sourceMap.rules[index].unless
      let isExcepted = exception.map { session.truth($0.node, .presuming) } ?? .no
      if let only = failing.first {
        if isExcepted != .yes { decisive.insert(only.condition.span) }
      } else if let exception, isExcepted == .yes {
        decisive.insert(exception.condition.span)
      }
    }
  }
}

extension Program {
  /// The conditions of a rule that stand side by side; nil: some of them read rows, and are not judged one by one.
  package func decidedParts(of node: RuleNodeID) -> [ConditionTrace]? {
    let trace = sourceMap.rules[node.index]
    guard graph[node].relations.isEmpty else { return nil }
    return (trace.filters + [trace.when]).flatMap { flattened($0) }.filter { part in
      if case .constant = graph[part.node] { false } else { true }
    }
  }

  private func flattened(_ trace: ConditionTrace) -> [ConditionTrace] {
    if case .group(.all, _) = trace.condition.form { return trace.children.flatMap { flattened($0) } }
    return [trace]
  }
}

/// A comparison of a value that reads no row with a constant.
struct Boundary {
  var place: Span
  var value: ValueID
  var limit: Rational
  var type: ValueType
}

extension Program {
  package func key(of node: RuleNodeID) -> RuleKey {
    let trace = sourceMap.rules[node.index]
    var places = [library[trace.id].nameSpan]
    for case .tableRow(let table, let row) in trace.variables where library[table].rows.indices.contains(row) {
      places.append(library[table].rows[row].span)
    }
    return RuleKey(places: places)
  }

  /// All comparisons of closed numeric values with constants, in definitions, scopes and rules.
  func boundaries() -> [Boundary] {
    var found: [Boundary] = []
    for definition in sourceMap.definitions { for trace in definition.conditions { collect(trace, &found) } }
    for case let scope? in sourceMap.scopes { collect(scope, &found) }
    for rule in sourceMap.rules {
      for trace in rule.filters + [rule.when] { collect(trace, &found) }
      if let unless = rule.unless { collect(unless, &found) }
    }
    return found
  }

  private func collect(_ trace: ConditionTrace, _ found: inout [Boundary]) {
    for child in trace.children { collect(child, &found) }
    guard case .compare = trace.condition.form, trace.values.count == 2 else { return }
    for (value, other) in [(trace.values[0], trace.values[1]), (trace.values[1], trace.values[0])] {
      guard graph.isClosed(value.node), let limit = number(other.node), number(value.node) == nil else { continue }
      found.append(
        Boundary(place: trace.condition.span, value: value.node, limit: limit, type: trace.values[0].value.type))
    }
  }

  private func number(_ value: ValueID) -> Rational? {
    guard case .constant(let id) = graph[value], case .interval(let interval) = graph.estimates[id.index].values else {
      return nil
    }
    return interval.single
  }
}

extension GuidelineLibrary {
  /// Compares what was reached with all there is, in every choice of editions.
  func coverage(of reached: ReachedPlaces) -> TestCoverage {
    let programs = everySelection(of: syntax).compactMap { selection in
      var scratch = Diagnostics()
      let loaded = resolve(selection, of: syntax, vocabulary: vocabulary, into: &scratch)
      return Program.compile(loaded, into: &scratch)
    }
    return coverage(of: reached, in: programs)
  }

  /// Compares what was reached with all there is in these programs.
  package func coverage(of reached: ReachedPlaces, in programs: [Program]) -> TestCoverage {
    var rules: [RuleKey: UncoveredRule] = [:]
    var boundaries: [BoundaryKey: UncoveredBoundary] = [:]
    for program in programs {
      for index in program.sourceMap.rules.indices {
        let key = program.key(of: RuleNodeID(index))
        if rules[key] == nil { rules[key] = describe(RuleNodeID(index), key, program) }
      }
      for boundary in program.boundaries() {
        let key = BoundaryKey(place: boundary.place, limit: boundary.limit)
        if boundaries[key] == nil { boundaries[key] = describe(boundary, reached.sides[key] ?? .init()) }
      }
    }
    let missed = rules.filter { !reached.wasTrue.contains($0.key) }.map(\.value)
    let unchallenged = rules.filter { reached.wasTrue.contains($0.key) && !reached.wasFalse.contains($0.key) }
    return TestCoverage(
      rules: rules.count, rulesReached: rules.count - missed.count, neverTrue: missed.sorted(by: Self.precedes),
      neverFalse: unchallenged.map(\.value).sorted(by: Self.precedes),
      boundaries: boundaries.values.filter { !$0.isCovered }.sorted(by: Self.precedes),
      boundariesJudged: boundaries.count)
  }

  private func describe(_ node: RuleNodeID, _ key: RuleKey, _ program: Program) -> UncoveredRule {
    let trace = program.sourceMap.rules[node.index]
    let rule = program.library[trace.id]
    let document = program.library[rule.document]
    var name = rule.name
    for case .tableRow(let table, let row) in trace.variables where program.library[table].rows.indices.contains(row) {
      name += "#" + (program.library[table].rows[row].id ?? String(row + 1))
    }
    let place = key.places.last ?? rule.nameSpan
    return UncoveredRule(
      guideline: document.id, version: document.version, name: name, path: files[place.file].path,
      line: files.position(place).line)
  }

  private func describe(_ boundary: Boundary, _ sides: ReachedPlaces.Sides) -> UncoveredBoundary {
    let limit = FieldValue(GivenValue.number(boundary.limit), boundary.type, vocabulary) ?? .number(boundary.limit)
    return UncoveredBoundary(
      path: files[boundary.place.file].path, line: files.position(boundary.place).line,
      place: boundary.place, text: onOneLine(files.text(boundary.place)), limit: limit, hasBelow: sides.below,
      hasEqual: sides.equal,
      hasAbove: sides.above)
  }

  private static func precedes(_ left: UncoveredRule, _ right: UncoveredRule) -> Bool {
    if left.path != right.path { return byCodePoints(left.path, right.path) }
    return left.line == right.line ? byCodePoints(left.name, right.name) : left.line < right.line
  }

  private static func precedes(_ left: UncoveredBoundary, _ right: UncoveredBoundary) -> Bool {
    if left.path != right.path { return byCodePoints(left.path, right.path) }
    if left.line != right.line { return left.line < right.line }
    return FieldValue.precedes(left.limit, right.limit) ?? byCodePoints(left.text, right.text)
  }
}

extension UncoveredBoundary {
  /// A case exactly on the limit, and cases on both sides of it.
  fileprivate var isCovered: Bool { hasBelow && hasEqual && hasAbove }
}
