import GuidelineModel
import RuleEngine
package import SourceText

/// What the compiler refuses.
package enum CompilerCode {
  package static let unstratifiedNegation = DiagnosticCode("GL0810", "unstratified-negation")
  package static let computedInRecursion = DiagnosticCode("GL0818", "computed-in-recursion")

  package static let tooManyRows = DiagnosticCode("GL0819", "too-many-unrolled-rules")

  package static let all = [unstratifiedNegation, computedInRecursion, tooManyRows]
}

/// Says in the words of the guideline why a graph cannot be ordered.
struct CycleReport {
  let library: Library
  let map: SourceMap

  func report(_ refusal: GraphRefusal, into diagnostics: inout Diagnostics) {
    switch refusal {
    case .cycle(let steps): reportCycle(steps, into: &diagnostics)
    case .computedInRecursion(let node, let relation, let column):
      let rule = library[map.rules[node.index].id]
      diagnostics.report(
        CompilerCode.computedInRecursion,
        "`\(rule.name)` computes a field of `\(name(relation, column))` from rows that it derives itself, so the rows might never end",
        at: rule.nameSpan, help: ["take the field from a row, a fact or a constant"])
    }
  }

  /// Steps that say nothing new (a rule's body, then the rule) are one step to the reader.
  private func reportCycle(_ steps: [CycleStep], into diagnostics: inout Diagnostics) {
    var stations: [Station] = []
    for step in steps {
      let station = station(step)
      if let last = stations.last, last.name == station.name {
        stations[stations.count - 1].isClosed = last.isClosed || station.isClosed
      } else {
        stations.append(station)
      }
    }
    if stations.count > 1, let last = stations.last, last.name == stations[0].name {
      stations[0].isClosed = stations[0].isClosed || last.isClosed
      stations.removeLast()
    }
    guard let first = stations.first else { return }
    let circle = (stations + [first]).enumerated().map { place, station in
      guard place > 0 else { return "`\(station.name)`" }
      return (stations[place - 1].isClosed ? "depends on the absence or value of " : "needs ") + "`\(station.name)`"
    }
    diagnostics.report(
      CompilerCode.unstratifiedNegation, "`\(first.name)` depends on itself through a negation, a value or an override",
      at: first.span, label: "the circle begins here",
      related: stations.dropFirst().map { RelatedPlace($0.span, "`\($0.name)`") },
      notes: ["the circle: " + circle.joined(separator: ", which ")],
      help: ["break the circle: let one of them read facts instead of what the others conclude"])
  }

  private struct Station {
    var name: String
    var span: Span
    var isClosed: Bool
  }

  private func station(_ step: CycleStep) -> Station {
    switch step.node {
    case .definition(let id):
      let definition = library.definitions[id.index]
      return Station(name: definition.name, span: definition.span, isClosed: step.isClosed)
    case .body(let id), .effective(let id):
      let rule = library[map.rules[id.index].id]
      return Station(name: rule.name, span: rule.nameSpan, isClosed: step.isClosed)
    case .conclusion(let id):
      let rule = library[map.places[id.index].rule]
      return Station(name: rule.name, span: rule.nameSpan, isClosed: step.isClosed)
    case .rows(let relation):
      switch map.relations[relation.index] {
      case .record(let id):
        let record = library.vocabulary[id]
        return Station(name: record.name, span: record.span, isClosed: step.isClosed)
      case .table(let id):
        return Station(name: library[id].name, span: library[id].span, isClosed: step.isClosed)
      case .kind(let id):
        let kind = library.vocabulary[id]
        return Station(name: kind.name, span: kind.span, isClosed: step.isClosed)
      }
    }
  }

  private func name(_ relation: RelationID, _ column: Int) -> String {
    guard case .record(let id) = map.relations[relation.index] else { return "a row" }
    let record = library.vocabulary[id]
    guard record.fields.indices.contains(column) else { return record.name }
    return "\(record.name).\(record.fields[column].name)"
  }
}
