internal import GuidelineAnalysis
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let contradiction = Check(
    DiagnosticCode("GL0801", "contradiction"), isSafety: true,
    CheckPage(
      summary: "One patient gets two conclusions that the vocabulary declares to be in conflict.",
      why: "Whoever reads the advice has to choose, and nobody has said how. Each rule may be right for itself.",
      example: """
        rules:
          maintenance:
            when: [ild.present]
            then:
              - {recommend: azathioprine, line: first_line}
          rapid-progression:
            when: [ild.rapidly_progressive]
            then:
              - {against: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          maintenance:
            when: [ild.present]
            then:
              - {recommend: azathioprine, line: first_line}
          rapid-progression:
            when: [ild.rapidly_progressive]
            then:
              - {against: azathioprine, line: first_line}
            overrides:
              - rule: maintenance
                because: the narrower setting goes first
        """,
      notes: """
        What counts as a conflict stands under `conflicts` of the vocabulary. All guidelines in force together are \
        asked, and each guideline alone. Conclusions count when they are certain or provisional.
        """)
  ) { company, found in
    for conflict in company.library.vocabulary.conflicts {
      for pair in company.candidates(for: conflict) { company.ask(pair, into: &found) }
    }
  }
}

/// Two conclusions that would conflict, with the fields in which they agree.
private struct ConflictingPair {
  var first: PlaceID
  var second: PlaceID
  /// Fields of the second that must have the value of a constant of the first, and the other way round.
  var firstFields: [Question.FieldValue] = []
  var secondFields: [Question.FieldValue] = []
  var sameFields: [FieldPair]
}

extension CompanyAnalysis {
  /// One pair for each two written rules and each value of the fields that must be the same.
  fileprivate func candidates(for conflict: ConflictRule) -> [ConflictingPair] {
    var pairs: [ConflictingPair] = []
    let others = graph.placesOfKind[conflict.second.index]
    for first in graph.placesOfKind[conflict.first.index] {
      for second in others where first != second {
        if let pair = pair(first, second, conflict.same) { pairs.append(pair) }
      }
    }
    return pairs
  }

  /// Nil: some of the fields differ in any case, or depend on rows on both sides.
  private func pair(_ first: PlaceID, _ second: PlaceID, _ same: [FieldPair]) -> ConflictingPair? {
    var pair = ConflictingPair(first: first, second: second, sameFields: same)
    for fields in same {
      let left = field(fields.first, of: first)
      let right = field(fields.second, of: second)
      guard let left, let right else {
        if left == nil, right == nil { continue }
        return nil
      }
      switch (isConstant(left), isConstant(right)) {
      case (true, true): if graph[left] != graph[right] { return nil }
      case (true, false):
        pair.secondFields.append(Question.FieldValue(column: UInt16(fields.second), value: left))
      case (false, true):
        pair.firstFields.append(Question.FieldValue(column: UInt16(fields.first), value: right))
      case (false, false): return nil
      }
    }
    return pair
  }

  private func field(_ column: Int, of place: PlaceID) -> ValueID? {
    graph[place].fields.first { Int($0.column) == column }?.value
  }

  private func isConstant(_ value: ValueID) -> Bool {
    if case .constant = graph[value] { true } else { false }
  }

  fileprivate mutating func ask(_ pair: ConflictingPair, into found: inout CheckFindings) {
    let first = rule(of: pair.first)
    let second = rule(of: pair.second)
    let what = Set(pair.sameFields.map(\.first))
    let subject = pattern(of: pair.firstFields.isEmpty ? pair.first : pair.second, fields: what)
    let key = ConflictKey(first: first.nameSpan, second: second.nameSpan, subject: subject)
    guard !shown.contains(key) else { return }
    func question(_ reading: Reading) -> Question {
      .all([
        .standsWith(pair.first, reading, pair.firstFields), .standsWith(pair.second, reading, pair.secondFields),
      ])
    }
    switch analysis.patient(question(.presuming), preferring: question(.cautious)) {
    case .nobody: return
    case .undecided(let reason):
      undecided(
        "whether anybody gets both `\(words(of: pair.first))` and `\(words(of: pair.second))`", reason,
        at: first.nameSpan, into: &found)
    case .patient(let witness): report(pair, witness, into: &found)
    }
    shown.insert(key)
  }

  private mutating func report(_ pair: ConflictingPair, _ witness: Witness, into found: inout CheckFindings) {
    let first = rule(of: pair.first)
    let second = rule(of: pair.second)
    var places = [RelatedPlace(second.nameSpan, "`\(words(of: pair.second))` is concluded here")]
    if second.nameSpan == first.nameSpan { places = [] }
    found.report(
      "some patients get both `\(words(of: pair.first))` and `\(words(of: pair.second))`", at: first.nameSpan,
      label: "`\(words(of: pair.first))` is concluded here", related: places,
      notes: ["seen with the guidelines \(company.name)"],
      help: [
        "say which goes first: `overrides` in `\(second.name)` or in `\(first.name)`, with `because`",
        "or exclude the patient from one of them with a condition",
      ],
      example: example(
        witness, showing: [pair.first, pair.second], named: "contradiction",
        test: ["never: [\(pattern(of: pair.second))]"]), subjects: subjects(of: [pair.first, pair.second]))
  }
}
