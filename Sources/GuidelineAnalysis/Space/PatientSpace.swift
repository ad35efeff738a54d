import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

/// All patients, as a program can tell them apart: a variable for each of its inputs.
///
/// Inputs become variables when they are first asked for. The values of a variable are in the order in which they are
/// tried: the ordinary ones first, *unknown* last.
struct PatientSpace {
  /// What a variable is about.
  enum Subject: Hashable, Sendable {
    case scalar(ScalarSlotID)
    /// 0: the set is given, 1: it is not.
    case setGiven(SetSlotID)
    /// One of the classes of terms that the program tells apart; 0: no member, 1: a member.
    case setMember(SetSlotID, Int)
    case series(SeriesSlotID)
    /// 0: the rows are given, 1: they are not.
    case rowsGiven(CollectionSlotID)
    /// A field of a row that is looked for; `depth` tells rows of one collection apart that are looked for at once.
    case field(RelationID, depth: Int, column: Int)
    /// 1: the collection has a row of which the formula holds.
    case rowExists(RelationID, FormulaID)
    /// A value that is computed in a way that is not followed.
    case computed(ComputedKey)
    /// A truth that is left open: 0 no, 1 yes.
    case open(OpenKey)
    /// 1: the formula holds. It stands for a large formula that is used in several places.
    case named(FormulaID)
    /// A variable of another program that shares the store, about something that this program does not read.
    case foreign
  }

  /// A value under the rows to which its variables are bound, in one reading.
  struct ComputedKey: Hashable, Sendable {
    var value: ValueID
    var reading: Reading
    var scopes: [UInt8: RowScope.Key]
  }

  struct OpenKey: Hashable, Sendable {
    var serial: Int
  }

  let program: Program
  let cuts: Cuts
  let today: Day
  private(set) var subjects: [Subject] = []
  private(set) var domains: [[DomainValue]] = []
  private var known: [Subject: VariableID] = [:]
  /// The terms of a set by class: terms that the program never tells apart are one class.
  private(set) var setClasses: [SetSlotID: [TermSet]] = [:]
  private var serial = 0
  /// Texts that only another program mentions, which shares the store.
  var foreignTexts: [TextID: String] = [:]

  private let factOfScalar: [ScalarSlotID: FactID]
  private let factOfSet: [SetSlotID: FactID]
  private let factOfSeries: [SeriesSlotID: FactID]

  init(program: Program, cuts: Cuts, today: Day) {
    self.program = program
    self.cuts = cuts
    self.today = today
    factOfScalar = Dictionary(uniqueKeysWithValues: program.sourceMap.scalarSlots.map { ($0.value, $0.key) })
    factOfSet = Dictionary(uniqueKeysWithValues: program.sourceMap.setSlots.map { ($0.value, $0.key) })
    factOfSeries = Dictionary(uniqueKeysWithValues: program.sourceMap.seriesSlots.map { ($0.value, $0.key) })
  }

  var vocabulary: Vocabulary { program.library.vocabulary }

  func fact(_ slot: ScalarSlotID) -> FactID? { factOfScalar[slot] }
  func fact(_ slot: SetSlotID) -> FactID? { factOfSet[slot] }
  func fact(_ slot: SeriesSlotID) -> FactID? { factOfSeries[slot] }

  // MARK: Variables

  mutating func variable(_ subject: Subject, in store: inout FormulaStore) -> VariableID {
    if let variable = known[subject] { return variable }
    let domain = domain(subject)
    return add(subject, domain, in: &store)
  }

  /// A variable with values of its own.
  mutating func variable(
    _ subject: Subject, values: [DomainValue], in store: inout FormulaStore
  ) -> VariableID {
    if let variable = known[subject] { return variable }
    return add(subject, values, in: &store)
  }

  /// A truth that nothing settles.
  mutating func openTruth(in store: inout FormulaStore) -> VariableID {
    let key = nextOpenKey()
    return variable(.open(key), in: &store)
  }

  mutating func nextOpenKey() -> OpenKey {
    serial += 1
    return OpenKey(serial: serial)
  }

  private mutating func add(_ subject: Subject, _ domain: [DomainValue], in store: inout FormulaStore) -> VariableID {
    let variable = store.variable(size: max(domain.count, 1))
    subjects.append(subject)
    domains.append(domain)
    known[subject] = variable
    return variable
  }

  func find(_ subject: Subject) -> VariableID? { known[subject] }

  /// Takes over the next variable of the store, which the space of another program has made.
  mutating func adopt(_ subject: Subject, _ domain: [DomainValue]) {
    if subject != .foreign { known[subject] = VariableID(subjects.count) }
    subjects.append(subject)
    domains.append(domain)
  }

  // MARK: Domains

  private static let twoValues = [DomainValue(.none), DomainValue(.none)]

  mutating func domain(_ subject: Subject) -> [DomainValue] {
    switch subject {
    case .scalar(let slot): return scalar(slot)
    case .field(let relation, _, let column): return field(relation, column)
    case .series(let slot): return series(slot)
    case .setGiven, .setMember, .rowsGiven, .rowExists, .open, .computed, .named, .foreign: return Self.twoValues
    }
  }

  private func scalar(_ slot: ScalarSlotID) -> [DomainValue] {
    let full = program.graph.estimates[program.graph.scalarFulls[slot.index].index]
    guard let id = factOfScalar[slot] else { return [DomainValue(full)] }
    let fact = vocabulary[id]
    var values = values(fact.type, cuts.scalars[slot] ?? [], fact.range, texts(of: .scalar(slot)))
    if fact.type == .date { values.append(DomainValue(.none)) }
    return values + [DomainValue(full)]
  }

  private func field(_ relation: RelationID, _ column: Int) -> [DomainValue] {
    let full = program.graph.estimates[program.graph[relation].fulls[column].index]
    guard let type = columnType(relation, column) else { return [DomainValue(full)] }
    return values(type, relation, column) + [DomainValue(.none), DomainValue(full)]
  }

  /// The known values of a column.
  func values(_ type: ValueType, _ relation: RelationID, _ column: Int) -> [DomainValue] {
    let place = Cuts.Column(relation: relation, column: column)
    return values(type, cuts.columns[place] ?? [], nil, texts(of: .column(place)))
  }

  func texts(of place: Cuts.TextPlace) -> [TextID] { cuts.texts(of: place, in: program) }

  func columnType(_ relation: RelationID, _ column: Int) -> ValueType? {
    let fields: [Field]
    switch program.sourceMap.relations[relation.index] {
    case .record(let record): fields = vocabulary[record].fields
    case .kind(let kind): fields = vocabulary[kind].fields
    case .table(let table): fields = program.library[table].columns
    }
    return fields.indices.contains(column) ? fields[column].type : nil
  }

  /// The known values of a type, cut at some numbers, or with some texts told apart.
  func values(
    _ type: ValueType, _ cuts: Set<Rational>, _ range: ClosedRational?, _ texts: [TextID]
  ) -> [DomainValue] {
    switch type {
    case .term(let group): return vocabulary[group].terms.indices.map { DomainValue(.term($0)) }
    case .quantity, .number, .duration:
      let isWhole = type == .number && cuts.allSatisfy { $0.denominator == 1 }
      let low = range?.low ?? (cuts.contains { $0 < .zero } ? nil : .zero)
      return NumberPieces(cuts: cuts.sorted(), low: low, high: range?.high, isWhole: isWhole).values()
    case .date:
      let days = cuts.isEmpty ? [today.rational] : cuts
      return NumberPieces(cuts: days.sorted(), low: nil, high: nil, isWhole: true).values().reversed()
    case .text: return texts.map { DomainValue(.text($0)) }
    }
  }

  // MARK: Sets

  /// The classes of terms of a set that the program tells apart.
  mutating func classes(of slot: SetSlotID) -> [TermSet] {
    if let known = setClasses[slot] { return known }
    guard let fact = factOfSet[slot], case .term(let group) = vocabulary[fact].type else { return [] }
    let masks = (cuts.setMasks[slot] ?? []).sorted { Self.key($0).lexicographicallyPrecedes(Self.key($1)) }
    var classOfSignature: [[Bool]: Int] = [:]
    var classes: [TermSet] = []
    for term in vocabulary[group].terms.indices {
      var signature = masks.flatMap { [$0.yes.contains(term), $0.maybe.contains(term)] }
      if cuts.openSets.contains(slot) { signature += (0..<term).map { _ in true } }
      if let index = classOfSignature[signature] {
        classes[index].insert(term)
      } else {
        classOfSignature[signature] = classes.count
        classes.append(TermSet(term))
      }
    }
    setClasses[slot] = classes
    return classes
  }

  private static func key(_ mask: Mask) -> [Int] { Array(mask.yes.indices) + [-1] + Array(mask.maybe.indices) }

  // MARK: Series

  /// Series of one point, of two points on one day and, where more than the latest point is asked, of two days.
  private func series(_ slot: SeriesSlotID) -> [DomainValue] {
    let full = program.graph.estimates[program.graph.seriesFulls[slot.index].index]
    guard let id = factOfSeries[slot] else { return [DomainValue(full)] }
    let fact = vocabulary[id]
    let values = values(fact.type, cuts.pointValues[slot] ?? [], fact.range, texts(of: .series(slot))).map(\.estimate)
    let days = days(of: slot)
    var all: [[SeriesPoint]] = []
    for day in days {
      for value in values { all.append([SeriesPoint(day: day, value: value)]) }
      all.append([SeriesPoint(day: day, value: full)])
    }
    for day in days { all += sameDay(values, day) }
    if cuts.manyPoints.contains(slot) { all += twoDays(values, days) }
    all.append([])
    let longer = cuts.manyPoints.contains(slot) ? [DomainValue.longerSeries(full)] : []
    return all.map { DomainValue(full, points: $0) } + [DomainValue(full)] + longer
  }

  /// Recent days first; days after today do not exist yet.
  private func days(of slot: SeriesSlotID) -> [Estimate] {
    let named = (cuts.pointDays[slot] ?? []).union([today.rational]).sorted()
    let pieces = NumberPieces(cuts: named, low: nil, high: today.rational, isWhole: true).values()
    return pieces.map(\.estimate).reversed()
  }

  private func sameDay(_ values: [Estimate], _ day: Estimate) -> [[SeriesPoint]] {
    var pairs: [[SeriesPoint]] = []
    for (index, first) in values.enumerated() {
      for second in values.dropFirst(index + 1) {
        pairs.append([SeriesPoint(day: day, value: first), SeriesPoint(day: day, value: second)])
      }
    }
    return pairs
  }

  private func twoDays(_ values: [Estimate], _ days: [Estimate]) -> [[SeriesPoint]] {
    var pairs: [[SeriesPoint]] = []
    for (index, later) in days.enumerated() {
      for earlier in days.dropFirst(index + 1) {
        for first in values {
          for second in values {
            pairs.append([SeriesPoint(day: earlier, value: first), SeriesPoint(day: later, value: second)])
          }
        }
      }
    }
    return pairs
  }
}
