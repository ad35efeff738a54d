import ClinicalValues

/// Rules whose parts all have one answer: no variable is bound, nothing can be excepted, and what is concluded is constant.
///
/// Most rules are such. Their body, their effect and their conclusions are one component, and all that a reading knows
/// of them is one truth.
struct PlainRules: Sendable {
  private(set) var isPlain: ContiguousArray<Bool> = []
  /// For each place of a plain rule what it concludes.
  private(set) var fields: ContiguousArray<[EstimateID?]> = []
  /// For each pattern the plain rules that conclude what it asks for.
  private(set) var rulesOfPattern = FlatLists([[Int]]())
  /// For each pattern all other places that it may match.
  private(set) var placesOfPattern = FlatLists([[Int]]())

  init() {}

  init(_ graph: RuleGraph) {
    isPlain = ContiguousArray(graph.rules.indices.map { Self.isPlain(RuleNodeID($0), graph) })
    for component in graph.components where component.isRecursive {
      for node in component.nodes { if let rule = graph.rule(of: node) { isPlain[rule.index] = false } }
    }
    fields = ContiguousArray(
      graph.places.map { place in isPlain[place.rule.index] ? place.fields.map { graph.constant($0.value) } : [] })
    var rules: [[Int]] = []
    var places: [[Int]] = []
    for (index, pattern) in graph.patterns.enumerated() {
      let isSure = graph.placesMatching[index].map { place in
        isPlain[graph[place].rule.index] && Self.surelyMatches(pattern, graph[place], graph)
      }
      let matching = zip(graph.placesMatching[index], isSure)
      rules.append(matching.filter(\.1).map { graph[$0.0].rule.index })
      places.append(matching.filter { !$0.1 }.map(\.0.index))
    }
    rulesOfPattern = FlatLists(rules)
    placesOfPattern = FlatLists(places)
  }

  private static func isPlain(_ id: RuleNodeID, _ graph: RuleGraph) -> Bool {
    guard graph.rules[id.index].relations.isEmpty, graph.rules[id.index].derivations.isEmpty,
      graph.rules[id.index].unless == nil, graph.overridersOfRule[id.index].isEmpty
    else { return false }
    return graph.rules[id.index].places.allSatisfy { place in
      graph.overridersOfPlace[place.index].isEmpty
        && graph.places[place.index].fields.allSatisfy { field in
          graph.constant(field.value).map { graph.estimates[$0.index].isKnown } ?? false
        }
    }
  }

  /// Whether each test is met by the same known term; what is not decided here is decided by comparing values.
  private static func surelyMatches(_ pattern: PatternNode, _ place: PlaceNode, _ graph: RuleGraph) -> Bool {
    pattern.tests.allSatisfy { test in
      guard let field = place.fields.first(where: { $0.column == test.column }) else { return false }
      if test.isOpen { return true }
      guard let stated = graph.constant(field.value), case .terms = graph.estimates[stated.index].values else {
        return false
      }
      return test.values.contains { graph.constant($0) == stated }
    }
  }
}
