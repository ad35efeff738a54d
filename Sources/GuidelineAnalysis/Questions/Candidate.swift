import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine
import SourceText

/// A patient whom the search proposes.
struct Candidate {
  let assignment: Assignment
  let rows: [RowTheory.Row]
  let space: PatientSpace
  /// So many patients with other numbers from the same pieces are tried.
  private static let mostVariations = 400

  /// The facts of a patient like this of whom the engine says that the question is true.
  func confirm(_ question: Question, _ program: Program, _ session: inout Session) -> PatientFacts? {
    var facts = facts([:])
    if ask(question, facts, program, &session) { return facts }
    for variation in variations() {
      facts = self.facts(variation)
      if ask(question, facts, program, &session) { return facts }
    }
    return nil
  }

  private func ask(
    _ question: Question, _ facts: PatientFacts, _ program: Program, _ session: inout Session
  ) -> Bool {
    _ = program.takeIn(facts, into: &session)
    session.run()
    return session.answers(question)
  }

  // MARK: Numbers that go together

  /// Where arithmetic between inputs is left open, other numbers of the same pieces may do.
  func variations(always: Bool = false) -> [[VariableID: Rational]] {
    guard isOpen || always else { return [] }
    var all: [[VariableID: Rational]] = [[:]]
    for choice in assignment.choices {
      guard case .scalar = space.subjects[choice.variable.index] else { continue }
      let others = numbers(space.domains[choice.variable.index][choice.value])
      guard !others.isEmpty, all.count * (others.count + 1) <= Self.mostVariations else { continue }
      all += all.flatMap { known in
        others.map { number in known.merging([choice.variable: number]) { $1 } }
      }
    }
    return Array(all.dropFirst())
  }

  /// One number after the other in small steps, the others as they are: where a product or a quotient has to lie
  /// between two limits that are close together.
  func sweeps() -> [[VariableID: Rational]] {
    var all: [[VariableID: Rational]] = []
    for choice in assignment.choices {
      guard case .scalar = space.subjects[choice.variable.index] else { continue }
      for number in steps(space.domains[choice.variable.index][choice.value]) { all.append([choice.variable: number]) }
    }
    return all
  }

  /// The usual twelve steps of a decade, two decades to either side.
  private func steps(_ value: DomainValue) -> [Rational] {
    guard case .interval(let hull) = value.hull.values, hull.single == nil,
      case .interval(let exact) = value.estimate.values, let middle = exact.single,
      let low = middle.divided(by: Rational(100)), let high = middle.multiplied(by: Rational(100))
    else { return [] }
    var numbers: [Rational] = []
    var decade = Rational(1)
    while decade > low, let less = decade.divided(by: Rational(10)) { decade = less }
    while decade < high {
      for step in [10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82] as [Int64] {
        guard let number = decade.multiplied(by: Rational(step))?.divided(by: Rational(10)) else { continue }
        if number > low, number < high, hull.contains(number) { numbers.append(number) }
      }
      guard let more = decade.multiplied(by: Rational(10)) else { break }
      decade = more
    }
    return numbers
  }

  /// Whether something that the candidate rests on was left open.
  var isOpen: Bool {
    assignment.choices.contains { choice in
      switch space.subjects[choice.variable.index] {
      case .open, .computed: true
      default: false
      }
    }
  }

  /// Numbers of a piece besides the one that stands for it.
  private func numbers(_ value: DomainValue) -> [Rational] {
    guard case .interval(let hull) = value.hull.values, hull.single == nil,
      case .interval(let exact) = value.estimate.values, let middle = exact.single
    else { return [] }
    var numbers: [Rational] = []
    for factor in [2, 4, 10, 50] as [Int64] {
      if let more = middle.multiplied(by: Rational(factor)) { numbers.append(more) }
      if let less = middle.divided(by: Rational(factor)) { numbers.append(less) }
    }
    if let low = hull.low.number, let near = low.adding(middle)?.divided(by: Rational(2)) { numbers.append(near) }
    if let high = hull.high.number, let near = high.adding(middle)?.divided(by: Rational(2)) { numbers.append(near) }
    return numbers.filter { hull.contains($0) && $0 != hull.low.number && $0 != hull.high.number }
  }

  // MARK: Facts

  /// The facts of such a patient, with these numbers in the places of others of their pieces.
  ///
  /// `isWanted`: what to leave aside.
  func facts(
    _ numbers: [VariableID: Rational], where isWanted: (VariableID) -> Bool = { _ in true }
  ) -> PatientFacts {
    var builder = FactBuilder(space: space)
    for choice in assignment.choices where isWanted(choice.variable) {
      let value = space.domains[choice.variable.index][choice.value]
      let number = numbers[choice.variable].map { DomainValue(.exactly($0)) }
      builder.add(space.subjects[choice.variable.index], choice.value, number ?? value)
    }
    for row in rows { builder.add(row) }
    return builder.build()
  }
}

/// Puts the facts of a patient together.
struct FactBuilder {
  let space: PatientSpace
  private var facts = PatientFacts()
  private var members: [SetSlotID: [Int]] = [:]
  private var given: Set<SetSlotID> = []
  private var isRowsGiven: [CollectionSlotID: Bool] = [:]
  private var rows: [RelationID: [GivenRow]] = [:]

  init(space: PatientSpace) { self.space = space }

  static let nowhere = Span(file: FileID(Int(UInt32.max)), start: 0, end: 0)

  mutating func add(_ subject: PatientSpace.Subject, _ index: Int, _ value: DomainValue) {
    switch subject {
    case .scalar(let slot):
      guard let fact = space.fact(slot), let given = given(value.estimate, space.vocabulary[fact].type) else { return }
      facts.scalars[fact] = [GivenScalar(value: given, on: nil, span: Self.nowhere)]
    case .setGiven(let slot): if index == 0 { given.insert(slot) }
    case .setMember(let slot, let member):
      guard index == 1, let term = space.setClasses[slot]?[member].lowest else { return }
      members[slot, default: []].append(term)
    case .series(let slot): add(slot, value.points)
    case .rowsGiven(let slot): isRowsGiven[slot] = index == 0
    case .field, .rowExists, .computed, .open, .named, .foreign: break
    }
  }

  private mutating func add(_ slot: SeriesSlotID, _ points: [SeriesPoint]?) {
    guard let points, let fact = space.fact(slot) else { return }
    let type = space.vocabulary[fact].type
    let taken = points.map { point in
      GivenPoint(
        value: given(point.value, type) ?? .unknown(cause: "not_given"),
        on: given(point.day, .date) ?? .unknown(cause: "not_given"), span: Self.nowhere)
    }
    facts.series[fact] = [GivenSeries(content: .points(taken), span: Self.nowhere)]
  }

  mutating func add(_ row: RowTheory.Row) {
    var fields: [Int: GivenValue] = [:]
    for (column, value) in row.fields {
      guard let type = space.columnType(row.relation, column) else { continue }
      fields[column] = given(value.estimate, type)
    }
    rows[row.relation, default: []].append(GivenRow(fields: fields, span: Self.nowhere))
  }

  mutating func build() -> PatientFacts {
    for slot in given.union(members.keys) {
      guard let fact = space.fact(slot) else { continue }
      facts.sets[fact] = [GivenSet(content: .members((members[slot] ?? []).sorted()), span: Self.nowhere)]
    }
    for (relation, trace) in space.program.sourceMap.relations.enumerated() {
      guard case .record(let record) = trace, case .given(let slot) = space.program.graph[RelationID(relation)].origin
      else { continue }
      let rows = rows[RelationID(relation)]
      guard rows != nil || isRowsGiven[slot] == true else { continue }
      var distinct: [GivenRow] = []
      for row in rows ?? [] where !distinct.contains(row) { distinct.append(row) }
      facts.records[record] = [GivenRows(content: .rows(distinct), span: Self.nowhere)]
    }
    return facts
  }

  /// Nil: unknown.
  private func given(_ estimate: Estimate, _ type: ValueType) -> GivenValue? {
    if estimate.isNone { return GivenValue.none }
    guard estimate.isKnown else { return nil }
    switch estimate.values {
    case .terms(let terms): return terms.single.map { .term($0) }
    case .interval(let interval):
      guard let number = interval.single else { return nil }
      return type == .date ? Day(number).map { .day($0) } : .number(number)
    case .text(let id):
      let texts = space.program.sourceMap.texts
      if texts.indices.contains(Int(id.index)) { return .text(texts[Int(id.index)]) }
      return .text(space.foreignTexts[id] ?? (id == Cuts.secondOtherText ? "yet another text" : "another text"))
    case .nothing, .anyText: return nil
    }
  }
}
