import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

/// Which of two versions of a library.
package enum Version: Hashable, Sendable {
  case before
  case after
}

/// Two versions of a program, translated into formulas over one store: an input that both have is one variable.
///
/// The store lies with one of the encoders while it works, and goes back and forth. A variable that one of them makes is
/// taken over by the other before this one works: under its own name for it, or as something foreign.
struct TwoEncoders {
  private(set) var before: Encoder
  /// Holds the store while nobody works.
  var after: Encoder
  private let toBefore: ProgramMap
  private let toAfter: ProgramMap
  /// Values that mean the same in both: what is not followed of them is one variable.
  private let valuesInAfter: [ValueID: ValueID]
  private let valuesInBefore: [ValueID: ValueID]
  private static let deepest = 3

  init(before: Program, after: Program, today: Day) {
    let toBefore = ProgramMap(from: after, to: before, VocabularyMap(from: after.vocabulary, to: before.vocabulary))
    let toAfter = ProgramMap(from: before, to: after, VocabularyMap(from: before.vocabulary, to: after.vocabulary))
    self.toBefore = toBefore
    self.toAfter = toAfter
    let isSameNumbering = toAfter.vocabulary.numbersTermsAlike
    var meanings = MeaningTable()
    var digests = (
      before: GraphDigest(before, salt: isSameNumbering ? "" : "before"),
      after: GraphDigest(after, salt: isSameNumbering ? "" : "after")
    )
    valuesInAfter = digests.before.sameValues(in: &digests.after, &meanings)
    valuesInBefore = Dictionary(valuesInAfter.map { ($0.value, $0.key) }) { first, _ in first }
    var cuts = (before: Cuts(before, today: today), after: Cuts(after, today: today))
    cuts.after.formUnion(toAfter.carry(cuts.before))
    for (value, numbers) in cuts.before.computed {
      if let other = valuesInAfter[value] { cuts.after.computed[other, default: []].formUnion(numbers) }
    }
    for (value, numbers) in cuts.after.computed {
      if let other = valuesInBefore[value] { cuts.before.computed[other, default: []].formUnion(numbers) }
    }
    cuts.before.formUnion(toBefore.carry(cuts.after))
    self.before = Encoder(before, today: today, cuts: cuts.before)
    self.after = Encoder(after, today: today, cuts: cuts.after)
    self.before.space.foreignTexts = toBefore.foreignTexts()
    self.after.space.foreignTexts = toAfter.foreignTexts()
    self.before.shared = SharedAnswers(digest: digests.before, meanings: MeaningTable())
    self.after.shared = SharedAnswers(digest: digests.after, meanings: meanings)
    share()
  }

  /// What keeps some patients from being compared.
  var limits: [String] { toAfter.vocabulary.limits() }

  // MARK: Working with one of them

  /// Lets one of the two work on the store.
  mutating func work<Result>(_ version: Version, _ body: (inout Encoder) -> Result) -> Result {
    switch version {
    case .after:
      defer { Self.takeOver(from: after.space, into: &before.space, toBefore, valuesInBefore) }
      return body(&after)
    case .before:
      exchange()
      defer {
        exchange()
        Self.takeOver(from: before.space, into: &after.space, toAfter, valuesInAfter)
      }
      return body(&before)
    }
  }

  /// The store and what was answered rest with `after`.
  private mutating func exchange() {
    swap(&before.store, &after.store)
    guard var own = before.shared, var other = after.shared else { return }
    swap(&own.meanings, &other.meanings)
    swap(&own.answers, &other.answers)
    before.shared = nil
    after.shared = nil
    before.shared = own
    after.shared = other
  }

  private static func takeOver(
    from space: PatientSpace, into other: inout PatientSpace, _ map: ProgramMap, _ values: [ValueID: ValueID]
  ) {
    for index in space.subjects.indices.dropFirst(other.subjects.count) {
      let domain = space.domains[index]
      if case .computed(let key) = space.subjects[index], let same = map.carry(key, values, domain) {
        other.adopt(.computed(same), domain)
      } else {
        let (subject, values) = map.carry(space.subjects[index], domain, from: space, to: &other)
        other.adopt(subject, values)
      }
    }
  }

  /// Makes the variables whose values both programs name differently, so that their values are settled once.
  private mutating func share() {
    let toBefore = toBefore
    work(.after) { encoder in
      for slot in toBefore.scalars.keys.sorted() { _ = encoder.space.variable(.scalar(slot), in: &encoder.store) }
      for slot in toBefore.series.keys.sorted() { _ = encoder.space.variable(.series(slot), in: &encoder.store) }
      for relation in toBefore.relations.keys.sorted() {
        for column in encoder.graph[relation].fulls.indices {
          for depth in 0..<Self.deepest {
            let field = PatientSpace.Subject.field(relation, depth: depth, column: column)
            _ = encoder.space.variable(field, in: &encoder.store)
          }
        }
      }
    }
    leaveOutUnrecordable()
  }

  /// Only patients whom both versions can record are compared: of anybody else one of them knows less, which is no
  /// change of what it says.
  private mutating func leaveOutUnrecordable() {
    let (own, other) = (after.space.domains, before.space.domains)
    let isShared = before.space.subjects.map { $0 != .foreign }
    work(.after) { encoder in
      for index in own.indices where isShared[index] {
        let kept = own[index].indices.filter { own[index][$0].isRecorded(like: other[index][$0]) }
        guard kept.count < own[index].count else { continue }
        encoder.constrain(VariableID(index), encoder.store.literal(VariableID(index), in: TermSet(kept)))
      }
    }
    leaveOutTermsOfSets(.after, toBefore)
    leaveOutTermsOfSets(.before, toAfter)
  }

  private mutating func leaveOutTermsOfSets(_ version: Version, _ map: ProgramMap) {
    work(version) { encoder in
      for slot in map.sets.keys.sorted() {
        let classes = encoder.space.classes(of: slot)
        for index in classes.indices where !map.isAnyKnown(classes[index], of: slot) {
          let variable = encoder.space.variable(.setMember(slot, index), in: &encoder.store)
          encoder.constrain(variable, encoder.store.literal(variable, in: TermSet(0)))
        }
      }
    }
  }

  // MARK: Meanings

  mutating func meaning(_ place: PlaceID, _ version: Version) -> Int {
    meaning(version) { $0.digest.meaning(place, &$0.meanings) }
  }

  mutating func meaning(_ value: ValueID, _ version: Version) -> Int {
    meaning(version) { $0.digest.meaning(value, &$0.meanings) }
  }

  /// Lets two definitions mean the same from now on.
  mutating func declareEqual(before: DefinitionNodeID, after: DefinitionNodeID) {
    let number = meaning(.after) { $0.digest.meaning(after, &$0.meanings) }
    self.before.shared?.digest.declare(before, number)
  }

  mutating func meaning(_ definition: DefinitionNodeID, _ version: Version) -> Int {
    meaning(version) { $0.digest.meaning(definition, &$0.meanings) }
  }

  private mutating func meaning(_ version: Version, _ ask: (inout SharedAnswers) -> Int) -> Int {
    work(version) { encoder in
      guard var shared = encoder.shared else { return -1 }
      encoder.shared = nil
      defer { encoder.shared = shared }
      return ask(&shared)
    }
  }

  // MARK: Inputs

  /// Relations whose rows only the earlier version reads.
  var relationsOnlyBefore: Set<RelationID> {
    Set(before.graph.relations.indices.map { RelationID($0) }.filter { toAfter.relations[$0] == nil })
  }

  /// From the later version to the earlier one.
  var namesInBefore: VocabularyMap { toBefore.vocabulary }
}

extension Program {
  var vocabulary: Vocabulary { library.vocabulary }
}

extension DomainValue {
  /// Whether the other version knows the value as well.
  fileprivate func isRecorded(like other: DomainValue) -> Bool {
    guard let points, let others = other.points else { return !estimate.isKnown || other.estimate.isKnown }
    return zip(points, others).allSatisfy { !$0.value.isKnown || $1.value.isKnown }
  }
}
