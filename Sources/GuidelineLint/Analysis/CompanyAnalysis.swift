internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

/// Questions about all patients of one company of documents.
///
/// One after the other, so that each may use what those before it found out.
package struct CompanyAnalysis {
  let context: LintContext
  let company: Company
  let program: Program
  var analysis: Analysis
  private var bodies: [RuleNodeID: Bool] = [:]
  /// Conflicts that were asked about already.
  var shown: Set<ConflictKey> = []
  /// What is said of each agent.
  let profiles: AgentProfiles
  /// To whom agents are offered, as far as somebody asked.
  var offersShown: [Agent: (witness: Witness, places: [PlaceID])?] = [:]

  /// Nil: the company has no program.
  init?(_ company: Company, _ context: LintContext, known: KnownAnswers) {
    guard let program = company.program else { return nil }
    self.context = context
    self.company = company
    self.program = program
    profiles = AgentProfiles(program, context.configuration.safety)
    let broken = company.brokenScopes
    let brokenRules = program.graph.rules.indices.filter { index in
      broken.contains(company.library[program.sourceMap.rules[index].id].document)
    }
    analysis = Analysis(
      program, today: max(company.day, min(context.today, company.lastDay)),
      brokenRules: Set(brokenRules.map { RuleNodeID($0) }), known: known)
  }

  var library: Library { company.library }
  var graph: RuleGraph { program.graph }

  /// What is missing may speak against anything: then only what holds in spite of it can be said.
  var isWhole: Bool { company.isWhole }

  /// Written rules of a document, with the nodes that they were unrolled into.
  var rules: [(rule: Rule, nodes: [RuleNodeID])] {
    library.rules.indices.map { (library.rules[$0], program.sourceMap.nodesOfRule[$0]) }
  }

  /// Whether scope, rows and `when` of a node hold for somebody.
  mutating func canHold(_ node: RuleNodeID) -> Bool {
    if let known = bodies[node] { return known }
    let can = !analysis.isImpossible(.body(node, .presuming))
    bodies[node] = can
    return can
  }

  /// The places of a node: what it concludes.
  func places(of node: RuleNodeID) -> [PlaceID] { graph[node].places }

  func rule(of place: PlaceID) -> Rule { library[program.sourceMap.places[place.index].rule] }

  func rule(of node: RuleNodeID) -> Rule { library[program.sourceMap.rules[node.index].id] }
}

/// A conflict between two written rules about one subject.
struct ConflictKey: Hashable {
  var first: Span
  var second: Span
  var subject: String
}

extension CompanyAnalysis {
  /// The conclusions that a condition asks for.
  func placesRead(by condition: ConditionID) -> [PlaceID] {
    switch graph[condition] {
    case .all(let list), .any(let list), .atLeast(_, let list):
      graph.conditionIDs(list).flatMap { placesRead(by: $0) }
    case .concluded(let pattern): graph.placesMatching[pattern.index]
    default: []
    }
  }
}

extension Company {
  /// The last day on which all its documents are in force together; without an end, far away.
  fileprivate var lastDay: Day {
    library.documents.compactMap(\.until).min() ?? Day(number: Int32.max / 2)
  }
}
