import ClinicalValues
import GuidelineCompiler
import RuleEngine

/// From a comparison to the inputs: the numbers and texts with which each of them is compared in the end.
extension CutCollector {
  /// A value where it is read: what its rows are, and of which series its point.
  struct FlowKey: Hashable {
    var value: ValueID
    var relations: [UInt8: RelationID] = [:]
    var series: SeriesSlotID?
  }

  /// More numbers than these are followed no further: a value that leads back to itself would have ever more.
  private static let mostNumbers = 4_096

  private func key(_ id: ValueID) -> FlowKey {
    FlowKey(value: id, relations: graph.isClosed(id) ? [:] : relations, series: currentSeries)
  }

  // MARK: Numbers

  mutating func flow(_ id: ValueID, _ targets: Set<Rational>) {
    let key = key(id)
    let known = flowed[key] ?? []
    let new = targets.subtracting(known)
    guard !new.isEmpty, known.count < Self.mostNumbers else { return }
    flowed[key] = known.union(new)
    cuts.computed[id, default: []].formUnion(new)
    switch graph[id] {
    case .constant, .today, .text, .translated, .change, .countPoints, .countRows: break
    case .fact(let slot, let definition):
      cuts.scalars[slot, default: []].formUnion(new)
      if let definition { flow(definition, new) }
    case .definition(let definition): flow(definition, new)
    case .field(let variable, let column):
      if let relation = relations[variable] { flow(relation, Int(column), new) }
    case .currentPoint: if let currentSeries { cuts.pointValues[currentSeries, default: []].formUnion(new) }
    case .point(_, let slot, _): cuts.pointValues[slot, default: []].formUnion(new)
    case .dateOf(_, let slot, _): cuts.pointDays[slot, default: []].formUnion(new)
    case .aggregate(_, let rows, let column): flow(graph[rows].relation, Int(column), new)
    case .add(let first, let second):
      flow(first, new, second) { $0.subtracting($1) }
      flow(second, new, first) { $0.subtracting($1) }
    case .subtract(let first, let second):
      flow(first, new, second) { $0.adding($1) }
      flow(second, new, first) { $1.subtracting($0) }
    case .multiply(let first, let second):
      flow(first, new, second) { $0.divided(by: $1) }
      flow(second, new, first) { $0.divided(by: $1) }
    case .divide(let first, let second):
      flow(first, new, second) { $0.multiplied(by: $1) }
      flow(second, new, first) { $1.divided(by: $0) }
    case .least(let list), .greatest(let list): for inner in graph.valueIDs(list) { flow(inner, new) }
    case .round(let inner, let step):
      let half = number(step)?.divided(by: Rational(2))
      flow(inner, Set(new.flatMap { target in [target] + [half].compactMap { $0.flatMap { target.subtracting($0) } } }))
    }
  }

  /// Into a column: of rows that are given, or into what the rows are made of.
  private mutating func flow(_ relation: RelationID, _ column: Int, _ targets: Set<Rational>) {
    cuts.columns[Cuts.Column(relation: relation, column: column), default: []].formUnion(targets)
    eachSource(of: relation, column) { collector, value in collector.flow(value, targets) }
  }

  /// What the cells of a column are made of by the rules that make its rows.
  private mutating func eachSource(
    of relation: RelationID, _ column: Int, _ body: (inout CutCollector, ValueID) -> Void
  ) {
    let outer = relations
    defer { relations = outer }
    switch graph[relation].origin {
    case .given, .knowledge: break
    case .derived:
      for rule in graph.rules {
        for derivation in rule.derivations where derivation.relation == relation {
          guard derivation.columns.indices.contains(column), let value = derivation.columns[column] else { continue }
          bind(rule)
          body(&self, value)
        }
      }
    case .conclusions(let kind):
      guard graph.placesOfKind.indices.contains(Int(kind)) else { return }
      for place in graph.placesOfKind[Int(kind)] {
        for field in graph[place].fields where Int(field.column) == column {
          bind(graph[graph[place].rule])
          body(&self, field.value)
        }
      }
    }
  }

  /// The other operand is taken away again, as far as it is a constant.
  private mutating func flow(
    _ id: ValueID, _ targets: Set<Rational>, _ other: ValueID, _ inverse: (Rational, Rational) -> Rational?
  ) {
    guard let others = constants(other), others.count * targets.count <= 256 else { return flow(id, targets) }
    flow(id, Set(targets.flatMap { target in others.compactMap { inverse(target, $0) } }))
  }

  private mutating func flow(_ definition: DefinitionNodeID, _ targets: Set<Rational>) {
    cuts.definitions[definition, default: []].formUnion(targets)
    switch graph[definition].form {
    case .means: break
    case .value(let value): flow(value, targets)
    case .first(let clauses): for clause in clauses { flow(clause.value, targets) }
    case .agree(let values): for value in values { flow(value, targets) }
    }
  }

  // MARK: Texts

  /// Two texts that are compared: what one may be matters to the other.
  mutating func compareTexts(_ first: ValueID, _ second: ValueID) {
    let left = constantTexts(first)
    let right = constantTexts(second)
    if let right, !right.isEmpty { flowTexts(first, right) }
    if let left, !left.isEmpty { flowTexts(second, left) }
    if left == nil, right == nil {
      flowTexts(first, nil)
      flowTexts(second, nil)
    }
  }

  /// What a text without inputs may be; nil: it has inputs.
  private func constantTexts(_ id: ValueID) -> Set<TextID>? {
    switch graph[id] {
    case .constant(let estimate): return text(estimate).map { [$0] } ?? []
    case .definition(let definition):
      switch graph[definition].form {
      case .value(let value): return constantTexts(value)
      case .first(let clauses):
        var all: Set<TextID> = []
        for clause in clauses {
          guard let some = constantTexts(clause.value) else { return nil }
          all.formUnion(some)
        }
        return all
      case .means, .agree: return nil
      }
    case .field(let variable, let column):
      return relations[variable].flatMap { cells($0, Int(column)) }.map { Set($0.compactMap(text)) }
    default: return nil
    }
  }

  private func text(_ id: EstimateID) -> TextID? {
    if case .text(let text) = graph.estimates[id.index].values { text } else { nil }
  }

  /// Nil: any text.
  private mutating func flowTexts(_ id: ValueID, _ targets: Set<TextID>?) {
    let key = key(id)
    // The text that stands for any other marks that any text has flowed here.
    let wanted = targets ?? [Cuts.secondOtherText]
    let known = flowedTexts[key] ?? []
    guard !wanted.isSubset(of: known) else { return }
    flowedTexts[key] = known.union(wanted)
    note(.computed(id), targets)
    switch graph[id] {
    case .fact(let slot, let definition):
      note(.scalar(slot), targets)
      if let definition { flowTexts(definition, targets) }
    case .definition(let definition): flowTexts(definition, targets)
    case .field(let variable, let column):
      if let relation = relations[variable] { flowTexts(relation, Int(column), targets) }
    case .currentPoint: if let currentSeries { note(.series(currentSeries), targets) }
    case .point(_, let slot, _): note(.series(slot), targets)
    case .aggregate(_, let rows, let column): flowTexts(graph[rows].relation, Int(column), targets)
    case .least(let list), .greatest(let list): for inner in graph.valueIDs(list) { flowTexts(inner, targets) }
    default: break
    }
  }

  private mutating func flowTexts(_ relation: RelationID, _ column: Int, _ targets: Set<TextID>?) {
    note(.column(Cuts.Column(relation: relation, column: column)), targets)
    eachSource(of: relation, column) { collector, value in collector.flowTexts(value, targets) }
  }

  private mutating func flowTexts(_ definition: DefinitionNodeID, _ targets: Set<TextID>?) {
    note(.definition(definition), targets)
    switch graph[definition].form {
    case .means: break
    case .value(let value): flowTexts(value, targets)
    case .first(let clauses): for clause in clauses { flowTexts(clause.value, targets) }
    case .agree(let values): for value in values { flowTexts(value, targets) }
    }
  }

  private mutating func note(_ place: Cuts.TextPlace, _ targets: Set<TextID>?) {
    guard let targets else {
      cuts.openTexts.insert(place)
      return
    }
    cuts.texts[place, default: []].formUnion(targets)
    cuts.allTexts.formUnion(targets)
  }
}
