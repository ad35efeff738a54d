internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine

extension CompanyAnalysis {
  /// What to write in place of a question that names a class where only its members are ever concluded; nil: it names
  /// none.
  ///
  /// A question about conclusions means the name itself: `recommend doac` is not answered by `recommend apixaban`.
  func helpWithClasses(in condition: ConditionID) -> String? {
    guard case .concluded(let id) = graph[condition], graph.placesMatching[id.index].isEmpty else { return nil }
    let pattern = graph[id]
    let kind = library.vocabulary[KindID(Int(pattern.kind))]
    for test in pattern.tests {
      guard kind.fields.indices.contains(Int(test.column)),
        case .term(let group) = kind.fields[Int(test.column)].type
      else { continue }
      let terms = library.vocabulary[group]
      let asked = test.values.compactMap { term($0) }
      let members = asked.reduce(TermSet()) { $0.union(terms.members(of: $1)) }
      let concluded = Set(
        graph.placesOfKind[Int(pattern.kind)].compactMap { place in
          graph[place].fields.first { $0.column == test.column }.flatMap { term($0.value) }
        })
      let names = concluded.subtracting(asked).filter(members.contains).sorted().map { terms.terms[$0].name }
      guard !names.isEmpty, let name = asked.first else { continue }
      return "`\(terms.terms[name].name)` means the class itself here, and only its members are concluded: "
        + Self.advice(names, isSubject: test.column == 0)
    }
    return nil
  }

  /// A list of names may stand for the value of a field, not for the subject.
  private static func advice(_ names: [String], isSubject: Bool) -> String {
    if names.count == 1 { return "write `\(names[0])` in its place" }
    guard isSubject else { return "write `[\(names.joined(separator: ", "))]` in its place" }
    return "ask for each of them under `any:` (\(names.map { "`\($0)`" }.joined(separator: ", ")))"
  }

  private func term(_ value: ValueID) -> Int? {
    guard case .constant(let id) = graph[value], case .terms(let terms) = graph.estimates[id.index].values else {
      return nil
    }
    return terms.single
  }
}
