internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import RuleEngine
internal import SourceText

extension Check {
  static let gap = Check(
    DiagnosticCode("GL0808", "gap", .warning),
    CheckPage(
      summary: "A decision table has no row for some patients whom it is for.",
      why: "For such a patient nothing is said, and silence looks like an answer.",
      example: """
        tables:
          warnings:
            in: [tpmt.phenotype]
            rows:
              - [normal_metabolizer, {recommend: azathioprine, line: first_line}]
              - [poor_metabolizer, {against: azathioprine, line: first_line}]
        """,
      mended: """
        tables:
          warnings:
            in: [tpmt.phenotype]
            rows:
              - [normal_metabolizer, {recommend: azathioprine, line: first_line}]
              - [intermediate_metabolizer, {warn: low_white_cells, agent: azathioprine}]
              - [poor_metabolizer, {against: azathioprine, line: first_line}]
        """,
      notes: """
        Asked of patients for whom every input of the table is known and its `when` holds. A table that is meant to \
        speak of some patients only says so with a permission beside it, and why.
        """)
  ) { company, found in
    guard company.isWhole else { return }
    for table in company.grids() { company.askGap(table, into: &found) }
  }

  static let rowsOverlap = Check(
    DiagnosticCode("GL0821", "rows-overlap"),
    CheckPage(
      summary: "Two rows of a table in which one row may hold are true for one patient.",
      why: "The table promises one answer, and the patient gets two.",
      example: """
        tables:
          by-age:
            in: [patient.age]
            rows:
              - ["<= 65 a", {recommend: azathioprine, line: first_line}]
              - [">= 65 a", {recommend: mycophenolate, line: first_line}]
        """,
      mended: """
        tables:
          by-age:
            in: [patient.age]
            rows:
              - ["< 65 a", {recommend: azathioprine, line: first_line}]
              - [">= 65 a", {recommend: mycophenolate, line: first_line}]
        """,
      notes: "`hit: all` says that several rows may hold together.")
  ) { company, found in
    for table in company.grids() where table.isUnique { company.askOverlap(table, into: &found) }
  }
}

/// The rows of one decision table.
private struct Grid {
  var name: String
  var document: DocumentID
  var isUnique: Bool
  var rows: [(rule: Rule, node: RuleNodeID)]
}

extension CompanyAnalysis {
  fileprivate func grids() -> [Grid] {
    var grids: [Int: Grid] = [:]
    for (rule, nodes) in rules {
      guard let mark = rule.name.lastIndex(of: "#"), let node = nodes.first else { continue }
      let name = String(rule.name[..<mark])
      grids[
        rule.family,
        default: Grid(name: name, document: rule.document, isUnique: rule.uniqueIn != nil, rows: [])
      ].rows.append((rule, node))
    }
    return grids.sorted { $0.key < $1.key }.map(\.value)
  }

  /// What all rows share is what the table is for; what they ask besides are its inputs.
  fileprivate mutating func askGap(_ grid: Grid, into found: inout CheckFindings) {
    let bodies = grid.rows.map { Set(graph[$0.node].conditions) }
    guard let first = grid.rows.first, grid.rows.count > 1 else { return }
    let shared = bodies.dropFirst().reduce(bodies[0]) { $0.intersection($1) }
    var inputs: Set<ValueID> = []
    for body in bodies { for condition in body.subtracting(shared) { read(condition, into: &inputs) } }
    guard !inputs.isEmpty else { return }
    var demands: [Question] = [.holds(graph[first.node].scope, .presuming)]
    demands += shared.sorted().map { .holds($0, .presuming) }
    for row in grid.rows { demands.append(.not(.body(row.node, .presuming))) }
    for input in inputs.sorted() { demands.append(.isKnown(input)) }
    switch analysis.patient(.all(demands)) {
    case .nobody: return
    case .undecided(let reason):
      undecided("whether the table `\(grid.name)` has a row for everybody", reason, at: first.rule.span, into: &found)
    case .patient(let witness):
      found.report(
        "the table `\(grid.name)` has no row for some patients", at: place(of: grid),
        notes: ["every input of the table is known for this patient"],
        help: ["add a row; or allow the gap here, with the reason why the table says nothing of them"],
        example: example(witness, showing: [], named: "\(grid.name)-gap"))
    }
  }

  /// The values that a condition compares.
  private func read(_ condition: ConditionID, into inputs: inout Set<ValueID>) {
    switch graph[condition] {
    case .member(let value, _): inputs.insert(value)
    case .related(let value, _, _), .compare(let value, _, _): inputs.insert(value)
    case .all(let list), .any(let list), .atLeast(_, let list):
      for inner in graph.conditionIDs(list) { read(inner, into: &inputs) }
    case .not(let inner), .certainly(let inner): read(inner, into: &inputs)
    default: break
    }
  }

  private func place(of grid: Grid) -> Span {
    let spans = grid.rows.map(\.rule.span)
    let table = context.syntax.documents.lazy.compactMap { document -> Span? in
      guard case .guideline(let body) = document.syntax.body, document.file == spans[0].file else { return nil }
      return body.tables.first { $0.id.value == grid.name }?.id.span
    }.first
    return table ?? spans[0]
  }

  fileprivate mutating func askOverlap(_ grid: Grid, into found: inout CheckFindings) {
    for (index, second) in grid.rows.enumerated() {
      for first in grid.rows.prefix(index) {
        let question = Question.all([.body(first.node, .cautious), .body(second.node, .cautious)])
        switch analysis.patient(question) {
        case .nobody: continue
        case .undecided(let reason):
          undecided(
            "whether `\(first.rule.name)` and `\(second.rule.name)` ever hold together", reason, at: second.rule.span,
            into: &found)
        case .patient(let witness):
          let places = graph[first.node].places + graph[second.node].places
          found.report(
            "the rows `\(first.rule.name)` and `\(second.rule.name)` hold for one patient", at: second.rule.span,
            related: [RelatedPlace(first.rule.span, "this row holds too")],
            help: ["narrow one of them; or write `hit: all` if several rows may hold"],
            example: example(witness, showing: places, named: "\(grid.name)-overlap"))
        }
      }
    }
  }
}
