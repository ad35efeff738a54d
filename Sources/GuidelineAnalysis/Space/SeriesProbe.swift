import ClinicalValues
import RuleEngine

/// Asks the engine what it answers about a series, without running any rule.
struct SeriesProbe {
  let graph: RuleGraph
  let today: Day
  private let engine: Engine

  init(graph: RuleGraph, today: Day) {
    self.graph = graph
    self.today = today
    engine = Engine(graph, today: today)
  }

  /// Whether the question reads nothing but the series.
  func canAnswer(_ id: ConditionID, _ inner: ConditionID) -> Bool {
    guard case .anyPoint(_, let window, _) = graph[id] else { return false }
    return isPlain(window) && readsPointOnly(inner)
  }

  /// Whether a window does not depend on other facts.
  func isPlain(_ window: WindowID?) -> Bool {
    guard let window else { return true }
    switch graph[window] {
    case .within: return true
    case .since(let start): return isConstant(start)
    }
  }

  private func readsPointOnly(_ id: ConditionID) -> Bool {
    switch graph[id] {
    case .constant: true
    case .all(let list), .any(let list), .atLeast(_, let list):
      graph.conditionIDs(list).allSatisfy { readsPointOnly($0) }
    case .not(let inner), .certainly(let inner): readsPointOnly(inner)
    case .member(let value, _): isPoint(value)
    case .compare(let first, _, let second), .related(let first, let second, _): isPoint(first) && isPoint(second)
    default: false
    }
  }

  private func isPoint(_ id: ValueID) -> Bool {
    if case .currentPoint = graph[id] { return true }
    return isConstant(id)
  }

  private func isConstant(_ id: ValueID) -> Bool {
    switch graph[id] {
    case .constant, .today: true
    case .add(let first, let second), .subtract(let first, let second), .multiply(let first, let second),
      .divide(let first, let second):
      isConstant(first) && isConstant(second)
    default: false
    }
  }

  func truths(_ id: ConditionID, of slot: SeriesSlotID, _ domain: [DomainValue]) -> [Truth] {
    engine.asking { session in
      domain.map { value in
        session.assert(slot, value.points)
        return session.askAnew(id, .cautious)
      }
    }
  }

  func estimates(_ id: ValueID, of slot: SeriesSlotID, _ domain: [DomainValue]) -> [Estimate] {
    engine.asking { session in
      domain.map { value in
        session.assert(slot, value.points)
        return session.askAnew(id, .cautious)
      }
    }
  }
}
