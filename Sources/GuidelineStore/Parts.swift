internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

/// How many parts something has, those that are used twice counted twice, and how deep they are nested.
struct PartSize: Sendable {
  var weight = 0
  var depth = 0

  /// Conditions are written 64 levels deep at most; what stands around them adds some.
  static let deepest = 200
  static let heaviest = 1 << 22

  mutating func add(_ part: PartSize) {
    weight = min(weight + part.weight, Self.heaviest)
    depth = max(depth, part.depth)
  }
}

/// What others are made of, by number.
struct Parts<Part: Sendable>: Sendable {
  private(set) var all: [Part] = []
  private var sizes: [PartSize] = []

  mutating func add(_ part: Part, _ size: PartSize) {
    all.append(part)
    sizes.append(size)
  }

  func size(_ number: Int) -> PartSize { sizes[number] }
}

extension ProgramReader {
  /// Reads all parts that follow.
  mutating func readParts() throws(Damage) {
    for _ in 0..<(try count()) {
      size = PartSize()
      switch try number(below: 3) {
      case PartKind.condition.rawValue:
        let condition = try Condition(parts: &self)
        conditions.add(condition, try ownSize())
      case PartKind.value.rawValue:
        let value = try Value(parts: &self)
        values.add(value, try ownSize())
      default:
        let trace = try ConditionTrace(parts: &self)
        traces.add(trace, try ownSize())
      }
    }
  }

  private func ownSize() throws(Damage) -> PartSize {
    guard size.depth < PartSize.deepest, size.weight < PartSize.heaviest else { throw damage("it is nested too deep") }
    return PartSize(weight: size.weight + 1, depth: size.depth + 1)
  }
}

extension Condition: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let number = try reader.number(below: reader.conditions.all.count)
    reader.size.add(reader.conditions.size(number))
    self = reader.conditions.all[number]
  }

  func store(in writer: inout ProgramWriter) { writer.part(.condition) { storeParts(in: &$0) } }
}

extension Value: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let number = try reader.number(below: reader.values.all.count)
    reader.size.add(reader.values.size(number))
    self = reader.values.all[number]
  }

  func store(in writer: inout ProgramWriter) { writer.part(.value) { storeParts(in: &$0) } }
}

extension ConditionTrace: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    let number = try reader.number(below: reader.traces.all.count)
    reader.size.add(reader.traces.size(number))
    self = reader.traces.all[number]
  }

  func store(in writer: inout ProgramWriter) { writer.part(.trace) { storeParts(in: &$0) } }
}

// MARK: What they are made of

extension Condition {
  fileprivate init(parts reader: inout ProgramReader) throws(Damage) {
    let span = try Span(from: &reader)
    let form: Form
    switch try reader.number(below: 14) {
    case 0: form = .constant(try Truth(from: &reader))
    case 1: form = .group(try GroupKind(from: &reader), try [Condition](from: &reader))
    case 2: form = .not(try Condition(from: &reader))
    case 3: form = .isTerm(try Value(from: &reader), try [Operand](from: &reader))
    case 4: form = .isEqual(try Value(from: &reader), try [Value](from: &reader))
    case 5:
      var first = try Value(from: &reader)
      // The words of the left side are quoted where a number misses its limit.
      first.span = try Span(from: &reader)
      form = .compare(first, try Comparator(from: &reader), try Value(from: &reader))
    case 6: form = .isKnown(try Subject(from: &reader))
    case 7: form = .isUnknown(try Subject(from: &reader))
    case 8: form = .isNone(try Subject(from: &reader))
    case 9: form = .isKnownToBe(try Value(from: &reader), try [Operand](from: &reader))
    case 10:
      form = .includes(
        try SetReference(from: &reader), try SetQuantifier(from: &reader), try [Operand](from: &reader))
    case 11: form = .exists(try Rows(from: &reader))
    case 12: form = .anyPoint(try FactID(from: &reader), try Window?(from: &reader), try Condition(from: &reader))
    default: form = try Bool(from: &reader) ? .applies([RuleID](from: &reader)) : .concluded(Pattern(from: &reader))
    }
    self.init(form, span)
  }

  fileprivate func storeParts(in writer: inout ProgramWriter) {
    if case .group = form { writer.quote(span, withText: false) } else { writer.quote(span, withText: true) }
    switch form {
    case .constant(let truth): writer.tagged(0, truth)
    case .group(let kind, let members): writer.tagged(1, kind, members)
    case .not(let inner): writer.tagged(2, inner)
    case .isTerm(let value, let operands): writer.tagged(3, value, operands)
    case .isEqual(let value, let others): writer.tagged(4, value, others)
    case .compare(let first, let comparator, let second):
      writer.tagged(5, first)
      writer.quote(first.span, withText: true)
      comparator.store(in: &writer)
      second.store(in: &writer)
    case .isKnown(let subject): writer.tagged(6, subject)
    case .isUnknown(let subject): writer.tagged(7, subject)
    case .isNone(let subject): writer.tagged(8, subject)
    case .isKnownToBe(let value, let operands): writer.tagged(9, value, operands)
    case .includes(let set, let quantifier, let operands): writer.tagged(10, set, quantifier, operands)
    case .exists(let rows): writer.tagged(11, rows)
    case .anyPoint(let fact, let window, let inner): writer.tagged(12, fact, window, inner)
    case .applies(let rules): writer.tagged(13, true, rules)
    case .concluded(let pattern): writer.tagged(13, false, pattern)
    }
  }
}

extension Value {
  fileprivate init(parts reader: inout ProgramReader) throws(Damage) {
    let type = try ValueType(from: &reader)
    let form: Form
    switch try reader.number(below: 17) {
    case 0: form = .constant(try Constant(from: &reader))
    case 1: form = .today
    case 2: form = .fact(try FactID(from: &reader))
    case 3: form = .definition(try DefinitionID(from: &reader))
    case 4: form = .field(variable: try Int(from: &reader), field: try Int(from: &reader))
    case 5: form = .currentPoint
    case 6: form = .point(try Pick(from: &reader), try FactID(from: &reader), try Window?(from: &reader))
    case 7: form = .dateOf(try Pick(from: &reader), try FactID(from: &reader), try Window?(from: &reader))
    case 8:
      form = .change(
        relative: try Bool(from: &reader), try FactID(from: &reader), days: try Rational(from: &reader))
    case 9:
      form = .aggregate(try RowsAggregate(from: &reader), try Rows(from: &reader), field: try Int(from: &reader))
    case 10: form = .countRows(try Rows(from: &reader))
    case 11: form = .countPoints(try FactID(from: &reader), try Window?(from: &reader))
    case 12:
      form = .arithmetic(
        try ArithmeticOperator(from: &reader), try Value(from: &reader), try Value(from: &reader))
    case 13: form = .extreme(least: try Bool(from: &reader), try [Value](from: &reader))
    case 14: form = .round(try Value(from: &reader), to: try Rational(from: &reader))
    case 15: form = .template(try [TemplateElement](from: &reader))
    default: form = .translated(try Value(from: &reader), try [Int?](from: &reader))
    }
    self.init(form, type: type, .unasked)
  }

  fileprivate func storeParts(in writer: inout ProgramWriter) {
    type.store(in: &writer)
    switch form {
    case .constant(let constant): writer.tagged(0, constant)
    case .today: writer.number(1)
    case .fact(let fact): writer.tagged(2, fact)
    case .definition(let definition): writer.tagged(3, definition)
    case .field(let variable, let field): writer.tagged(4, variable, field)
    case .currentPoint: writer.number(5)
    case .point(let pick, let fact, let window): writer.tagged(6, pick, fact, window)
    case .dateOf(let pick, let fact, let window): writer.tagged(7, pick, fact, window)
    case .change(let isRelative, let fact, let days): writer.tagged(8, isRelative, fact, days)
    case .aggregate(let aggregate, let rows, let field): writer.tagged(9, aggregate, rows, field)
    case .countRows(let rows): writer.tagged(10, rows)
    case .countPoints(let fact, let window): writer.tagged(11, fact, window)
    case .arithmetic(let sign, let first, let second): writer.tagged(12, sign, first, second)
    case .extreme(let isLeast, let values): writer.tagged(13, isLeast, values)
    case .round(let value, let step): writer.tagged(14, value, step)
    case .template(let elements): writer.tagged(15, elements)
    case .translated(let value, let targets): writer.tagged(16, value, targets)
    }
  }
}

extension ConditionTrace {
  fileprivate init(parts reader: inout ProgramReader) throws(Damage) {
    self.init(
      node: try .init(from: &reader), condition: try Condition(from: &reader),
      children: try [ConditionTrace](from: &reader), values: try [ValueTrace](from: &reader),
      rows: try .init(from: &reader))
  }

  fileprivate func storeParts(in writer: inout ProgramWriter) {
    node.store(in: &writer)
    condition.store(in: &writer)
    children.store(in: &writer)
    values.store(in: &writer)
    rows.store(in: &writer)
  }
}

extension ValueTrace: Stored {
  init(from reader: inout ProgramReader) throws(Damage) {
    self.init(node: try .init(from: &reader), value: try Value(from: &reader))
  }

  func store(in writer: inout ProgramWriter) {
    node.store(in: &writer)
    value.store(in: &writer)
  }
}
