internal import ClinicalValues
internal import GuidelineCompiler
package import GuidelineKit
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine

/// How what a summary counts is had from columns; made once for a choice of guidelines.
package struct CohortPlan: Sendable {
  /// A conclusion as it is counted.
  package struct Tally: Sendable {
    package let conclusion: ReportedConclusion
    /// The rules that conclude it.
    var rules: [RuleNodeID]
  }

  /// A conclusion as it is listed, in the order of reports.
  package struct Listed: Sendable {
    package let conclusion: ReportedConclusion
    /// The rules that conclude it.
    let rules: [RuleNodeID]
  }

  /// What is asked for when a rule certainly holds.
  struct Ask: Sendable {
    /// A condition that has to hold besides, or not to hold, by its place among those that are asked for.
    struct Guard: Sendable {
      var condition: Int
      var truth: Truth
    }

    var rule: RuleNodeID
    var guards: [Guard] = []
    /// Its place among the plan's needs; nil: that takes a session to say.
    var need: Int?
  }

  let guidelines: Guidelines
  let source: GuidelineSource
  let columns: ColumnPlan
  /// The conclusions, each once.
  package private(set) var tallies: [Tally] = []
  package private(set) var listed: [Listed] = []
  package let guidelineIDs: [String]
  /// For each guideline the condition that is its scope; nil: it speaks for everybody.
  private(set) var scopes: [Int?] = []
  private(set) var asks: [Ask] = []
  /// The rows of each table in which one row should hold: for each name of a row its rules.
  private(set) var uniqueRows: [[[RuleNodeID]]] = []
  /// Rules that exclude each other, or themselves.
  private(set) var contradictions: [(RuleNodeID, RuleNodeID)] = []
  private(set) var dueRules: [RuleNodeID] = []
  /// The conditions that are the invariants.
  private(set) var invariants: Range<Int>

  /// What rules may ask for.
  package private(set) var needs: [String] = []

  /// Nil: columns cannot say all that is counted.
  package init?(_ guidelines: Guidelines, _ source: GuidelineSource) {
    let program = guidelines.program
    self.guidelines = guidelines
    self.source = source
    guidelineIDs = guidelines.guidelineIDs
    // A fact that is derived as well may contradict what is given; facts that should agree may not.
    for definition in program.library.definitions {
      if definition.fact != nil { return nil }
      if case .agree = definition.form { return nil }
    }
    var conditions: [ConditionID] = []
    invariants = 0..<program.sourceMap.invariants.count
    conditions += program.sourceMap.invariants.map(\.node)
    for (index, document) in program.library.documents.enumerated() where document.kind == .guideline {
      guard program.index.scopes.indices.contains(index), let scope = program.index.scopes[index] else {
        scopes.append(nil)
        continue
      }
      scopes.append(conditions.count)
      conditions.append(scope)
    }
    guard scopes.count == guidelineIDs.count else { return nil }
    var questions = CohortQuestions(program, conditions)
    for index in program.graph.rules.indices { questions.add(RuleNodeID(index)) }
    let askable = program.index.askable
    let numbers = Set(questions.asks.compactMap(\.need)).sorted()
    needs = numbers.map { askable.names[$0] }
    asks = questions.asks.map { ask in
      var ask = ask
      ask.need = ask.need.flatMap { numbers.firstIndex(of: $0) }
      return ask
    }
    columns = ColumnPlan(program.graph, today: guidelines.today, conditions: questions.conditions)
    guard columns.coveredRules.count == program.graph.rules.count else { return nil }
    for condition in questions.conditions.indices where !columns.answers(condition: condition) { return nil }
    guard count(guidelines.plainConclusions()) else { return nil }
    countUniqueRows()
  }

  /// False: what a rule concludes depends on the patient.
  private mutating func count(_ places: [PlainConclusion?]) -> Bool {
    let graph = guidelines.program.graph
    var found: [(rule: RuleNodeID, conclusion: ReportedConclusion)] = []
    var tallyOf: [ConclusionName: Int] = [:]
    for (index, place) in places.enumerated() {
      guard let place else { return false }
      let rule = graph.places[index].rule
      found.append((rule, place.conclusion))
      if place.isDue { dueRules.append(rule) }
      let name = ConclusionName(place.conclusion)
      if let known = tallyOf[name] {
        tallies[known].rules.append(rule)
      } else {
        tallyOf[name] = tallies.count
        tallies.append(Tally(conclusion: place.conclusion, rules: [rule]))
      }
    }
    guard let order = guidelines.plainOrder() else { return false }
    for members in order {
      guard let first = members.first else { continue }
      listed.append(
        Listed(conclusion: found[first.index].conclusion, rules: members.map { graph.places[$0.index].rule }))
    }
    guard let pairs = guidelines.contradictions(among: found.map(\.conclusion)) else { return false }
    contradictions = pairs.map { (found[$0.0].rule, found[$0.1].rule) }
    return true
  }

  private mutating func countUniqueRows() {
    var tables: [[String]: [String: [RuleNodeID]]] = [:]
    for item in guidelines.program.index.uniqueRows {
      tables[[item.guideline, item.table], default: [:]][item.row, default: []].append(item.node)
    }
    uniqueRows = tables.values.filter { $0.count > 1 }.map { Array($0.values) }
  }
}

/// What is counted as one conclusion (`BatchTally.Conclusion`).
private struct ConclusionName: Hashable {
  private let kind: String
  private let isTerm: Bool
  private let subject: [String]

  init(_ item: ReportedConclusion) {
    kind = item.kind
    if case .term(let name, _) = item.subject {
      (isTerm, subject) = (true, [name])
    } else {
      (isTerm, subject) = (false, [item.guideline, item.rule])
    }
  }
}
