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
    for index in graph.components.indices where graph.components[index].isRecursive {
      for node in graph.components[index].nodes { if let rule = graph.rule(of: node) { isPlain[rule.index] = false } }
    }
    fields = ContiguousArray(
      graph.places.indices.map { place in
        let isPlain = isPlain[graph.places[place].rule.index]
        return isPlain ? graph.places[place].fields.map { graph.constant($0.value) } : []
      })
    var (rules, others): ([Int], [Int]) = ([], [])
    for (index, pattern) in graph.patterns.enumerated() {
      rules.removeAll(keepingCapacity: true)
      others.removeAll(keepingCapacity: true)
      for place in graph.placesMatching[index] {
        let rule = graph.places[place.index].rule.index
        if isPlain[rule] && Self.surelyMatches(pattern, place, graph) {
          rules.append(rule)
        } else {
          others.append(place.index)
        }
      }
      rulesOfPattern.append(rules)
      placesOfPattern.append(others)
    }
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
  private static func surelyMatches(_ pattern: PatternNode, _ place: PlaceID, _ graph: RuleGraph) -> Bool {
    pattern.tests.allSatisfy { test in
      guard let field = graph.places[place.index].fields.first(where: { $0.column == test.column }) else {
        return false
      }
      if test.isOpen { return true }
      guard let stated = graph.constant(field.value), case .terms = graph.estimates[stated.index].values else {
        return false
      }
      return test.values.contains { graph.constant($0) == stated }
    }
  }
}
