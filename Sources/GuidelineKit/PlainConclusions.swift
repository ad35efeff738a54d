internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
package import RuleEngine

/// A conclusion of which all is constant: what a report says of it when it is certain, whoever the patient is.
package struct PlainConclusion: Sendable {
  package let conclusion: ReportedConclusion
  /// It is due today, or overdue.
  package let isDue: Bool
}

extension Guidelines {
  /// The conclusions of a program, by place, without reasons; nil: it depends on the patient.
  package func plainConclusions() -> [PlainConclusion?] {
    var builder = emptyBuilder()
    var found: [PlainConclusion?] = []
    for index in program.graph.places.indices {
      guard let pair = plainPair(index) else {
        found.append(nil)
        continue
      }
      let reported = builder.reported(builder.plainCandidate(PlaceID(index), pair))
      found.append(PlainConclusion(conclusion: reported, isDue: !dueItems([reported], on: today).isEmpty))
    }
    return found
  }

  private func constant(_ value: ValueID) -> EstimateID? {
    if case .constant(let estimate) = program.graph.values[value.index] { estimate } else { nil }
  }

  /// The conclusions of a program in the order of reports, by place: those of one list are one conclusion.
  ///
  /// Nil: some depend on the patient.
  package func plainOrder() -> [[PlaceID]]? {
    let builder = emptyBuilder()
    var candidates: [ReportBuilder.Candidate] = []
    for index in program.graph.places.indices {
      guard let pair = plainPair(index) else { return nil }
      candidates.append(builder.plainCandidate(PlaceID(index), pair))
    }
    return ReportBuilder.groups(of: candidates, program).map { group in group.members.map { candidates[$0].place } }
  }

  private func plainPair(_ place: Int) -> ReportBuilder.Pair? {
    let fields = program.graph.places[place].fields.map { constant($0.value) }
    guard !fields.contains(nil) else { return nil }
    let instance = ConcludedInstance(
      rows: [], fields: fields, body: .yes, effective: .yes, overridden: .no, stands: .yes)
    return ReportBuilder.Pair(cautious: instance, presuming: instance)
  }

  /// The pairs of certain conclusions that exclude each other; nil: too many to look at.
  ///
  /// An item twice: it excludes itself.
  package func contradictions(among conclusions: [ReportedConclusion]) -> [(Int, Int)]? {
    let builder = emptyBuilder()
    let vocabulary = program.library.vocabulary
    let kinds = Set(vocabulary.conflicts.flatMap { [vocabulary[$0.first].name, vocabulary[$0.second].name] })
    let candidates = conclusions.indices.filter { kinds.contains(conclusions[$0].kind) }
    guard candidates.count <= 256 else { return nil }
    var pairs: [(Int, Int)] = []
    for (position, first) in candidates.enumerated() {
      if !builder.between([conclusions[first]]).isEmpty { pairs.append((first, first)) }
      for second in candidates[(position + 1)...]
      where !builder.between([conclusions[first], conclusions[second]]).isEmpty { pairs.append((first, second)) }
    }
    return pairs
  }

  /// The ids of the guidelines that answers are about.
  package var guidelineIDs: [String] { reportedGuidelines.map(\.id) }

  private func emptyBuilder() -> ReportBuilder {
    ReportBuilder(
      program: program, quotations: source.quotations, intake: IntakeReport(),
      session: Session(program.graph, today: today), reasons: .none)
  }
}
