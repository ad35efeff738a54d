import ClinicalValues
import GuidelineModel
import GuidelineSyntax
import RuleEngine

extension Lowering {
  mutating func lower(_ value: Value) -> ValueID {
    switch value.form {
    case .constant(let constant): return constantNode(constant)
    case .today: return builder.value(.today)
    case .fact(let fact):
      let definition = library.derivations[fact].map { definitionNodes[$0.index] }
      let slot = scalarSlot(fact)
      return builder.value(.fact(slot, definition))
    case .definition(let definition): return builder.value(.definition(definitionNodes[definition.index]))
    case .field(let variable, let field): return lowerField(variable, field, value.type)
    case .currentPoint: return builder.value(.currentPoint)
    case .point(let pick, let fact, let window):
      let slot = seriesSlot(fact)
      return builder.value(.point(Self.pick(pick), slot, self.window(window)))
    case .dateOf(let pick, let fact, let window):
      let slot = seriesSlot(fact)
      return builder.value(.dateOf(Self.pick(pick), slot, self.window(window)))
    case .change(let isRelative, let fact, let days):
      let slot = seriesSlot(fact)
      let length = builder.estimate(.exactly(days))
      let window = builder.window(.within(length))
      return builder.value(.change(relative: isRelative, slot, window))
    case .aggregate(let aggregate, let rows, let field):
      let id = lower(rows).id
      return builder.value(.aggregate(Self.aggregate(aggregate), id, column: UInt16(truncatingIfNeeded: field)))
    case .countRows(let rows):
      let id = lower(rows).id
      return builder.value(.countRows(id))
    case .countPoints(let fact, let window):
      let slot = seriesSlot(fact)
      return builder.value(.countPoints(slot, self.window(window)))
    case .arithmetic(let operation, let first, let second): return lower(operation, first, second)
    case .extreme(let isLeast, let values):
      let list = lower(values)
      return builder.value(isLeast ? .least(list) : .greatest(list))
    case .round(let inner, let step):
      let id = lower(inner)
      let size = builder.estimate(.exactly(step))
      return builder.value(.round(id, step: size))
    case .template(let elements): return lower(elements)
    case .translated(let inner, let targets): return lower(inner, translatedTo: value.type, targets)
    }
  }

  private mutating func lower(_ values: [Value]) -> Members {
    var ids: [ValueID] = []
    for value in values { ids.append(lower(value)) }
    return builder.members(ids)
  }

  /// A field of a table's row is a constant; any other is read when its row is bound.
  ///
  /// A cell that is a question has no value: it is not known.
  private mutating func lowerField(_ variable: Int, _ field: Int, _ type: ValueType) -> ValueID {
    guard let cell = environment.cell(variable, field, in: library) else {
      return builder.value(
        .field(variable: environment.number(variable), column: UInt16(truncatingIfNeeded: field)))
    }
    switch cell {
    case .one(let constant): return constantNode(constant)
    case .unknown, .any:
      let unknown = full(type)
      return builder.value(.constant(unknown))
    case .set: return builder.constant(.none)
    }
  }

  private mutating func lower(_ operation: ArithmeticOperator, _ first: Value, _ second: Value) -> ValueID {
    let left = lower(first)
    let right = lower(second)
    switch operation {
    case .add: return builder.value(.add(left, right))
    case .subtract: return builder.value(.subtract(left, right))
    case .multiply: return builder.value(.multiply(left, right))
    case .divide: return builder.value(.divide(left, right))
    }
  }

  /// A text without values is a constant; otherwise the words are kept here and the values go to the engine.
  private mutating func lower(_ elements: [TemplateElement]) -> ValueID {
    var pieces: [TemplatePiece] = []
    var values: [Value] = []
    for element in elements {
      switch element {
      case .words(let words): pieces.append(.words(words))
      case .value(let value):
        pieces.append(.value(value.type))
        values.append(value)
      }
    }
    guard !values.isEmpty else {
      let words = pieces.reduce(into: "") { if case .words(let words) = $1 { $0 += words } }
      return builder.constant(estimate(.text(words)))
    }
    let list = lower(values)
    let template = map.templates.firstIndex(of: pieces) ?? map.templates.count
    if template == map.templates.count { map.templates.append(pieces) }
    return builder.value(.text(template: UInt32(template), parts: list))
  }

  private mutating func lower(_ inner: Value, translatedTo type: ValueType, _ targets: [Int?]) -> ValueID {
    let id = lower(inner)
    guard case .term(let group) = type else { return id }
    let table = builder.translation(Translation(targets: targets, count: vocabulary[group].terms.count))
    if let constant = constant(id), case .terms(let terms) = constant.values, let term = terms.single {
      let target = targets.indices.contains(term) ? targets[term] : nil
      return builder.constant(target.map { Estimate.term($0) } ?? .none)
    }
    return builder.value(.translated(id, table))
  }

  private static func pick(_ pick: Pick) -> PointPick {
    switch pick {
    case .latest: .latest
    case .earliest: .earliest
    case .highest: .highest
    case .lowest: .lowest
    }
  }

  private static func aggregate(_ aggregate: RowsAggregate) -> Aggregate {
    switch aggregate {
    case .only: .only
    case .total: .total
    case .highest, .latest: .highest
    case .lowest, .earliest: .lowest
    }
  }
}
