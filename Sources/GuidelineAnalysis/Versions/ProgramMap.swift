import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

/// Where the inputs of one program are in another version of it.
struct ProgramMap: Sendable {
  let source: Program
  let target: Program
  let vocabulary: VocabularyMap
  private(set) var scalars: [ScalarSlotID: ScalarSlotID] = [:]
  private(set) var sets: [SetSlotID: SetSlotID] = [:]
  private(set) var series: [SeriesSlotID: SeriesSlotID] = [:]
  private(set) var collections: [CollectionSlotID: CollectionSlotID] = [:]
  /// Relations whose rows are given.
  private(set) var relations: [RelationID: RelationID] = [:]
  private let factOfScalar: [ScalarSlotID: FactID]
  private let factOfSet: [SetSlotID: FactID]
  private let factOfSeries: [SeriesSlotID: FactID]
  private let recordOfRelation: [RelationID: RecordID]

  init(from source: Program, to target: Program, _ vocabulary: VocabularyMap) {
    self.source = source
    self.target = target
    self.vocabulary = vocabulary
    let (own, other) = (source.sourceMap, target.sourceMap)
    factOfScalar = Dictionary(uniqueKeysWithValues: own.scalarSlots.map { ($0.value, $0.key) })
    factOfSet = Dictionary(uniqueKeysWithValues: own.setSlots.map { ($0.value, $0.key) })
    factOfSeries = Dictionary(uniqueKeysWithValues: own.seriesSlots.map { ($0.value, $0.key) })
    recordOfRelation = Self.givenRecords(source)
    for (slot, fact) in factOfScalar { scalars[slot] = vocabulary.facts[fact].flatMap { other.scalarSlots[$0] } }
    for (slot, fact) in factOfSet { sets[slot] = vocabulary.facts[fact].flatMap { other.setSlots[$0] } }
    for (slot, fact) in factOfSeries { series[slot] = vocabulary.facts[fact].flatMap { other.seriesSlots[$0] } }
    for (record, slot) in own.collectionSlots {
      collections[slot] = vocabulary.records[record].flatMap { other.collectionSlots[$0] }
    }
    var relationOfRecord: [RecordID: RelationID] = [:]
    for (relation, record) in Self.givenRecords(target) { relationOfRecord[record] = relation }
    for (relation, record) in recordOfRelation {
      relations[relation] = vocabulary.records[record].flatMap { relationOfRecord[$0] }
    }
  }

  private static func givenRecords(_ program: Program) -> [RelationID: RecordID] {
    var found: [RelationID: RecordID] = [:]
    for (index, trace) in program.sourceMap.relations.enumerated() {
      let relation = RelationID(index)
      if case .record(let record) = trace, case .given = program.graph[relation].origin { found[relation] = record }
    }
    return found
  }

  // MARK: Types

  private func types(_ slot: ScalarSlotID) -> TypePair? { factOfScalar[slot].flatMap(types) }
  private func types(_ slot: SeriesSlotID) -> TypePair? { factOfSeries[slot].flatMap(types) }

  private func types(_ fact: FactID) -> TypePair? {
    guard let other = vocabulary.facts[fact] else { return nil }
    let target = vocabulary.target[other]
    return TypePair(source: vocabulary.source[fact].type, target: target.type, range: target.range)
  }

  private func column(_ relation: RelationID, _ column: Int) -> (place: Int, types: TypePair)? {
    guard let record = recordOfRelation[relation], let other = vocabulary.records[record],
      let place = vocabulary.fields[record]?[column]
    else { return nil }
    let types = TypePair(
      source: vocabulary.source[record].fields[column].type, target: vocabulary.target[other].fields[place].type,
      range: nil)
    return (place, types)
  }

  private struct TypePair {
    var source: ValueType
    var target: ValueType
    /// What the target takes; nil: everything.
    var range: ClosedRational?
  }

  // MARK: Cuts

  /// The cuts that the source makes, as cuts of the target's inputs.
  func carry(_ cuts: Cuts) -> Cuts {
    var carried = Cuts()
    for (slot, numbers) in cuts.scalars { if let other = scalars[slot] { carried.scalars[other] = numbers } }
    for (slot, other) in scalars { carried.scalars[other, default: []].formUnion(rangeEnds(slot)) }
    for (key, numbers) in cuts.columns {
      guard let relation = relations[key.relation], let found = column(key.relation, key.column) else { continue }
      carried.columns[Cuts.Column(relation: relation, column: found.place)] = numbers
    }
    for (slot, numbers) in cuts.pointValues { if let other = series[slot] { carried.pointValues[other] = numbers } }
    for (slot, numbers) in cuts.pointDays { if let other = series[slot] { carried.pointDays[other] = numbers } }
    carried.manyPoints = Set(cuts.manyPoints.compactMap { series[$0] })
    carried.openSets = Set(cuts.openSets.compactMap { sets[$0] })
    for (slot, masks) in cuts.setMasks {
      guard let other = sets[slot], let fact = factOfSet[slot], let types = types(fact) else { continue }
      carried.setMasks[other] = Set(masks.map { carry($0, types) })
    }
    for (place, texts) in cuts.texts {
      if let other = carry(place) { carried.texts[other, default: []].formUnion(texts.map { text($0) }) }
    }
    carried.openTexts = Set(cuts.openTexts.compactMap { carry($0) })
    carried.allTexts = Set(cuts.allTexts.map { text($0) })
    return carried
  }

  private func carry(_ place: Cuts.TextPlace) -> Cuts.TextPlace? {
    switch place {
    case .scalar(let slot): return scalars[slot].map { .scalar($0) }
    case .series(let slot): return series[slot].map { .series($0) }
    case .column(let key):
      guard let relation = relations[key.relation], let found = column(key.relation, key.column) else { return nil }
      return .column(Cuts.Column(relation: relation, column: found.place))
    case .computed, .definition: return nil
    }
  }

  /// Where what can be recorded ends in one of the two versions, the values before and behind are told apart.
  private func rangeEnds(_ slot: ScalarSlotID) -> Set<Rational> {
    guard let fact = factOfScalar[slot], let other = vocabulary.facts[fact] else { return [] }
    let ranges = [vocabulary.source[fact].range, vocabulary.target[other].range]
    return ranges[0] == ranges[1] ? [] : Set(ranges.compactMap { $0 }.flatMap { [$0.low, $0.high] })
  }

  private func carry(_ mask: Mask, _ types: TypePair) -> Mask {
    Mask(
      yes: vocabulary.terms(mask.yes, types.source, types.target),
      maybe: vocabulary.terms(mask.maybe, types.source, types.target))
  }

  /// Texts that the target does not know are numbered behind its own.
  func text(_ id: TextID) -> TextID {
    if id == Cuts.secondOtherText { return id }
    guard let text = string(id) else { return TextID(index: UInt32(truncatingIfNeeded: target.sourceMap.texts.count)) }
    if let known = target.sourceMap.textIDs[text] { return known }
    let own = Int(id.index) + target.sourceMap.texts.count + 1
    return TextID(index: UInt32(truncatingIfNeeded: own))
  }

  private func string(_ id: TextID) -> String? {
    let texts = source.sourceMap.texts
    return texts.indices.contains(Int(id.index)) ? texts[Int(id.index)] : nil
  }

  /// The texts of the source that the target does not know.
  func foreignTexts() -> [TextID: String] {
    var found: [TextID: String] = [:]
    for (index, string) in source.sourceMap.texts.enumerated() where target.sourceMap.textIDs[string] == nil {
      found[text(TextID(index: UInt32(truncatingIfNeeded: index)))] = string
    }
    return found
  }

  // MARK: Variables

  /// What a variable of the source is about in the target, with its values there.
  func carry(
    _ subject: PatientSpace.Subject, _ domain: [DomainValue], from space: PatientSpace, to other: inout PatientSpace
  ) -> (PatientSpace.Subject, [DomainValue]) {
    let foreign = (PatientSpace.Subject.foreign, domain)
    switch subject {
    case .scalar(let slot):
      guard let place = scalars[slot], let types = types(slot) else { return foreign }
      let full = target.graph.estimates[target.graph.scalarFulls[place.index].index]
      return (.scalar(place), domain.map { carry($0, types, full) })
    case .series(let slot):
      guard let place = series[slot], let types = types(slot) else { return foreign }
      let full = target.graph.estimates[target.graph.seriesFulls[place.index].index]
      return (.series(place), domain.map { carry(series: $0, types, full) })
    case .field(let relation, let depth, let index):
      guard let place = relations[relation], let found = column(relation, index) else { return foreign }
      let full = target.graph.estimates[target.graph[place].fulls[found.place].index]
      let values = domain.map { carry($0, found.types, full) }
      return (.field(place, depth: depth, column: found.place), values)
    case .setGiven(let slot): return sets[slot].map { (.setGiven($0), domain) } ?? foreign
    case .setMember(let slot, let member):
      return classIndex(slot, member, space, &other).map { (.setMember($0, $1), domain) } ?? foreign
    case .rowsGiven(let slot): return collections[slot].map { (.rowsGiven($0), domain) } ?? foreign
    case .rowExists(let relation, let formula):
      return relations[relation].map { (.rowExists($0, formula), domain) } ?? foreign
    case .named(let formula): return (.named(formula), domain)
    case .computed, .open, .foreign: return foreign
    }
  }

  /// A value that is not followed, if it means the same in the target and its values are the same there.
  func carry(
    _ key: PatientSpace.ComputedKey, _ values: [ValueID: ValueID], _ domain: [DomainValue]
  ) -> PatientSpace.ComputedKey? {
    let hasTerms = domain.contains { if case .terms = $0.estimate.values { true } else { false } }
    let hasTexts = domain.contains { if case .text = $0.estimate.values { true } else { false } }
    guard let value = values[key.value], !hasTexts, !hasTerms || vocabulary.numbersTermsAlike else { return nil }
    var scopes: [UInt8: RowScope.Key] = [:]
    for (variable, scope) in key.scopes {
      switch scope {
      case .given(let relation, let depth):
        guard let place = relations[relation] else { return nil }
        scopes[variable] = .given(place, depth)
      case .ghost(let relation):
        guard let place = relations[relation] else { return nil }
        scopes[variable] = .ghost(place)
      case .fixed: return nil
      }
    }
    return PatientSpace.ComputedKey(value: value, reading: key.reading, scopes: scopes)
  }

  private func classIndex(
    _ slot: SetSlotID, _ member: Int, _ space: PatientSpace, _ other: inout PatientSpace
  ) -> (SetSlotID, Int)? {
    guard let place = sets[slot], let fact = factOfSet[slot], let types = types(fact),
      let own = space.setClasses[slot], own.indices.contains(member)
    else { return nil }
    let terms = vocabulary.terms(own[member], types.source, types.target)
    return other.classes(of: place).firstIndex { $0.intersects(terms) }.map { (place, $0) }
  }

  /// Whether the target knows some of the terms of a set.
  func isAnyKnown(_ terms: TermSet, of slot: SetSlotID) -> Bool {
    guard let fact = factOfSet[slot], let types = types(fact) else { return false }
    return !vocabulary.terms(terms, types.source, types.target).isEmpty
  }

  private func carry(_ value: DomainValue, _ types: TypePair, _ full: Estimate) -> DomainValue {
    let estimate = carry(value.estimate, types, full)
    guard case .interval = estimate.values, estimate.isKnown else { return DomainValue(estimate) }
    return DomainValue(estimate, hull: value.hull)
  }

  private func carry(series value: DomainValue, _ types: TypePair, _ full: Estimate) -> DomainValue {
    let points = value.points?.map { SeriesPoint(day: $0.day, value: carry($0.value, types, full)) }
    var carried = DomainValue(full, points: points)
    carried.isLongerSeries = value.isLongerSeries
    return carried
  }

  /// What the target makes of a value: unknown, when it cannot be recorded there.
  private func carry(_ estimate: Estimate, _ types: TypePair, _ full: Estimate) -> Estimate {
    if estimate.isNone { return .none }
    guard estimate.isKnown else { return full }
    switch estimate.values {
    case .terms(let terms):
      return terms.single.flatMap { vocabulary.term($0, types.source, types.target) }.map { .term($0) } ?? full
    case .interval(let interval):
      guard let number = interval.single, let range = types.range else { return estimate }
      return number < range.low || number > range.high ? full : estimate
    case .text(let id): return .text(text(id))
    case .nothing, .anyText: return full
    }
  }
}

extension Cuts {
  mutating func formUnion(_ other: Cuts) {
    scalars.merge(other.scalars) { $0.union($1) }
    columns.merge(other.columns) { $0.union($1) }
    pointValues.merge(other.pointValues) { $0.union($1) }
    pointDays.merge(other.pointDays) { $0.union($1) }
    manyPoints.formUnion(other.manyPoints)
    computed.merge(other.computed) { $0.union($1) }
    setMasks.merge(other.setMasks) { $0.union($1) }
    openSets.formUnion(other.openSets)
    definitions.merge(other.definitions) { $0.union($1) }
    texts.merge(other.texts) { $0.union($1) }
    openTexts.formUnion(other.openTexts)
    allTexts.formUnion(other.allTexts)
  }
}
