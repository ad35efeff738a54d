internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

extension Check {
  static let contradictionByClass = Check(
    DiagnosticCode("GL0826", "contradiction-by-class", .warning), isSafety: true,
    CheckPage(
      summary: "One patient gets advice on a class and the opposite advice on a member of it.",
      why: """
        Conclusions are compared by name: to be for a drug and against its class is no conflict for the engine, and \
        reaches the patient without a word.
        """,
      example: """
        rules:
          maintenance:
            when: [ild.present]
            then:
              - {recommend: azathioprine, line: first_line}
          rapid-progression:
            when: [ild.rapidly_progressive]
            then:
              - {against: thiopurine, line: first_line}
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
              - {against: thiopurine, line: first_line}
            overrides:
              - conclusions: {recommend: [thiopurine, azathioprine], line: first_line}
                because: the narrower setting goes first
        """,
      notes: """
        Asked of the kinds that the vocabulary declares under `conflicts` with the same subject. A source may mean it: \
        against a class in general, for one member of it. Then say so under `allow` of the configuration.
        """)
  ) { company, found in
    var asked: Set<ConflictKey> = []
    for conflict in company.library.vocabulary.conflicts {
      for pair in company.classPairs(of: conflict) { company.ask(pair, &asked, into: &found) }
    }
  }
}

/// A conclusion about a class, and one of a kind in conflict with it about a member.
private struct ClassPair {
  var ofClass: PlaceID
  var ofMember: PlaceID
}

extension CompanyAnalysis {
  fileprivate func classPairs(of conflict: ConflictRule) -> [ClassPair] {
    guard conflict.same.contains(where: { $0.first == 0 && $0.second == 0 }) else { return [] }
    var pairs: [ClassPair] = []
    for first in graph.placesOfKind[conflict.first.index] {
      for second in graph.placesOfKind[conflict.second.index] where agree(first, second, conflict.same) {
        if isClass(first, over: second) { pairs.append(ClassPair(ofClass: first, ofMember: second)) }
        if isClass(second, over: first) { pairs.append(ClassPair(ofClass: second, ofMember: first)) }
      }
    }
    return pairs
  }

  /// Whether all fields but the subject are the same constants, or absent in both.
  private func agree(_ first: PlaceID, _ second: PlaceID, _ same: [FieldPair]) -> Bool {
    same.allSatisfy { pair in
      if pair.first == 0, pair.second == 0 { return true }
      switch (constant(pair.first, of: first), constant(pair.second, of: second)) {
      case (.absent, .absent): return true
      case (.constant(let left), .constant(let right)): return left == right
      default: return false
      }
    }
  }

  private enum FieldOfPlace {
    case absent
    case constant(Estimate)
    case computed
  }

  private func constant(_ column: Int, of place: PlaceID) -> FieldOfPlace {
    guard let field = graph[place].fields.first(where: { Int($0.column) == column }) else { return .absent }
    guard case .constant(let id) = graph[field.value] else { return .computed }
    return .constant(graph.estimates[id.index])
  }

  private func isClass(_ first: PlaceID, over second: PlaceID) -> Bool {
    let kinds = [first, second].map { library.vocabulary[KindID(Int(graph[$0].kind))] }
    guard case .term(let group)? = kinds[0].fields.first?.type, kinds[1].fields.first?.type == .term(group),
      let upper = subject(first), let lower = subject(second), upper != lower
    else { return false }
    return library.vocabulary[group].members(of: upper).contains(lower)
  }

  private func subject(_ place: PlaceID) -> Int? {
    guard case .constant(let estimate) = constant(0, of: place), case .terms(let terms) = estimate.values else {
      return nil
    }
    return terms.single
  }

  fileprivate mutating func ask(
    _ pair: ClassPair, _ asked: inout Set<ConflictKey>, into found: inout CheckFindings
  ) {
    let (first, second) = (rule(of: pair.ofClass), rule(of: pair.ofMember))
    let key = ConflictKey(first: first.nameSpan, second: second.nameSpan, subject: words(of: pair.ofMember))
    guard !asked.contains(key) else { return }
    func question(_ reading: Reading) -> Question {
      .all([.stands(pair.ofClass, reading), .stands(pair.ofMember, reading)])
    }
    switch analysis.patient(question(.presuming), preferring: question(.cautious)) {
    case .nobody: return
    case .undecided(let reason):
      undecided(
        "whether anybody gets both `\(words(of: pair.ofClass))` and `\(words(of: pair.ofMember))`", reason,
        at: first.nameSpan, into: &found)
    case .patient(let witness):
      found.report(
        "some patients get both `\(words(of: pair.ofClass))` and `\(words(of: pair.ofMember))`, a member of it",
        at: first.nameSpan, label: "`\(words(of: pair.ofClass))` is concluded here",
        related: first.nameSpan == second.nameSpan
          ? [] : [RelatedPlace(second.nameSpan, "`\(words(of: pair.ofMember))` is concluded here")],
        notes: ["seen with the guidelines \(company.name)", "the engine compares names, so it reports no conflict"],
        help: [
          "say which goes first: `overrides` with the class and its members, and `because`",
          "or name in each rule what it is about",
        ],
        example: example(
          witness, showing: [pair.ofClass, pair.ofMember], named: "contradiction-by-class",
          test: ["never: [\(pattern(of: pair.ofMember))]"]), subjects: subjects(of: [pair.ofClass, pair.ofMember]))
    }
    asked.insert(key)
  }
}
