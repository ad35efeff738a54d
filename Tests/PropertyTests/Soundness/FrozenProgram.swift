internal import ClinicalValues

@testable internal import GuidelineCompiler
@testable internal import RuleEngine

extension Program {
  /// The same program with K frozen (`semantics.md` §6): every question about what is known has the answer that it has in
  /// a session that has run.
  ///
  /// Nil: a question is asked of single rows, whose answers have no one place to be kept.
  func frozen(as session: inout Session) -> Program? {
    var frozen = graph
    for index in graph.conditions.indices {
      let id = ConditionID(index)
      switch graph[id] {
      case .settled, .certainly:
        guard graph.isClosed(id) else { return nil }
        frozen.conditions[index] = .constant(session.truth(id, .cautious))
      default: break
      }
    }
    for index in graph.definitions.indices {
      guard case .agree(let values) = graph.definitions[index].form else { continue }
      frozen.definitions[index].form = .agree(values.filter { session.estimate($0, .cautious).isKnown })
    }
    for index in graph.places.indices {
      guard let fields = frozenFields(graph.places[index].fields, &session) else { return nil }
      frozen.places[index].fields = fields
    }
    // What a run looks into was made of the nodes as they were.
    frozen.tables = RunTables(frozen, graph.tables?.estimateIDs ?? [:])
    return Program(library: library, graph: frozen, sourceMap: sourceMap)
  }

  private func frozenFields(_ fields: [PlaceNode.Field], _ session: inout Session) -> [PlaceNode.Field]? {
    var kept: [PlaceNode.Field] = []
    for var field in fields {
      if field.ifKnown {
        guard graph.isClosed(field.value) else { return nil }
        let value = session.estimate(field.value, .cautious)
        if !value.isKnown, !value.isNone { continue }
        field.ifKnown = false
      }
      kept.append(field)
    }
    return kept
  }
}
