internal import ClinicalValues
internal import GuidelineModel

/// The rows of knowledge tables that the variables of each rule take.
struct Unrolling {
  private let library: Library
  private(set) var settled: Settled
  private var bindings: [RuleID: [[Int?]]] = [:]
  /// Per rule, the table of each variable.
  private var tables: [RuleID: [TableID?]] = [:]

  init(_ library: Library) {
    self.library = library
    settled = Settled(library)
    for index in library.rules.indices {
      let variables = library.rules[index].variables
      let tables = variables.map { variable -> TableID? in
        if case .table(let table) = variable.rows.collection { return table }
        return nil
      }
      self.tables[RuleID(index)] = tables
      var product: [[Int?]] = [[]]
      for (number, table) in tables.enumerated() {
        let rows = table.map { Self.rows(settled, $0, variables[number].rows) } ?? [nil]
        product = product.flatMap { binding in rows.map { binding + [$0] } }
      }
      bindings[RuleID(index)] = product
    }
    // What the rows themselves depend on was asked before it was known which rules are left.
    settled.absentRules = Set(bindings.filter(\.value.isEmpty).keys)
  }

  /// One entry per combination; in it one row per variable, nil for variables over other collections.
  func rows(of rule: RuleID) -> [[Int?]] { bindings[rule] ?? [] }

  /// The rows of tables to which the variables of an unrolled rule are bound.
  func environment(of rule: RuleID, _ rows: [Int?]) -> Environment {
    var environment = Environment()
    for (variable, row) in zip(library[rule].variables, rows) {
      guard let row else { continue }
      environment.rows[variable.rows.variable] = settled.blind.rows(variable.rows.collection)[row]
    }
    return environment
  }

  /// The constant that a field of a conclusion is in one unrolled rule; nil: it depends on the patient.
  func constant(_ value: Value, of rule: RuleID?, rows: [Int?]) -> Constant? {
    constant(value) { variable, field in
      guard rows.indices.contains(variable), let rule, let row = rows[variable], let table = tables[rule]?[variable]
      else { return nil }
      return library[table].rows[row].cells[field]
    }
  }

  private func constant(_ value: Value, _ cell: (Int, Int) -> Cell?) -> Constant? {
    switch value.form {
    case .constant(let constant): return constant
    case .field(let variable, let field):
      guard case .one(let constant) = cell(variable, field) else { return nil }
      return constant
    case .translated(let inner, let places):
      guard let constant = constant(inner, cell) else { return nil }
      guard case .term(let term) = constant, places.indices.contains(term) else { return constant }
      return places[term].map(Constant.term) ?? Constant.none
    default: return nil
    }
  }

  /// Rows that `where` does not rule out by itself.
  private static func rows(_ settled: Settled, _ table: TableID, _ rows: Rows) -> [Int?] {
    settled.blind.rows(rows.collection).enumerated().filter { _, row in
      rows.condition.map { settled.truth(of: $0, Environment().adding(row, at: rows.variable)) != .no } ?? true
    }.map(\.offset)
  }
}
