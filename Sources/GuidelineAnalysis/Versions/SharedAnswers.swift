import RuleEngine

/// What was answered for one of two versions, by meaning, so that the other need not be asked the same.
///
/// What is not followed exactly is left open by variables of its own: only when both versions get the same ones can it
/// be proved that what means the same has the same answer.
struct SharedAnswers {
  /// A part of a program whose answer depends on nothing around it.
  enum Part: Hashable {
    case condition(ConditionID)
    case rule(RuleNodeID)
    case place(PlaceID)
  }

  struct Key: Hashable {
    var meaning: Int
    var reading: Reading
  }

  /// The meanings of the parts of the program that is encoded now.
  var digest: GraphDigest
  /// Of both versions.
  var meanings: MeaningTable
  var answers: [Key: TruthFormula] = [:]

  mutating func key(_ part: Part, _ reading: Reading) -> Key {
    let meaning: Int
    switch part {
    case .condition(let id): meaning = digest.meaning(id, &meanings)
    case .rule(let id): meaning = digest.meaning(id, &meanings)
    case .place(let id): meaning = digest.meaning(id, &meanings)
    }
    return Key(meaning: meaning, reading: reading)
  }
}

extension Encoder {
  /// The answer of the other version, if the part means the same there; else a new one.
  mutating func answer(
    _ part: SharedAnswers.Part, _ reading: Reading, _ make: (inout Encoder) -> TruthFormula
  ) -> TruthFormula {
    guard let key = shared?.key(part, reading) else { return make(&self) }
    if let known = shared?.answers[key] { return known }
    let truth = make(&self)
    shared?.answers[key] = truth
    return truth
  }
}
