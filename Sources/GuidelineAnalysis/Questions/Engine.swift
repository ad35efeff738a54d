import ClinicalValues
import RuleEngine

/// The engine with one program, asked about one patient after the other: what they have in common is computed once.
final class Engine {
  private let graph: RuleGraph
  private let today: Day
  private var session: Session?

  init(_ graph: RuleGraph, today: Day) {
    self.graph = graph
    self.today = today
  }

  func asking<Answer>(_ body: (inout Session) -> Answer) -> Answer {
    var session = session.take() ?? Session(graph, today: today)
    let answer = body(&session)
    self.session = consume session
    return answer
  }
}
