/// What the product says of one patient, in the words of the oracle.
enum EngineAnswer: Equatable {
  case refused
  case result(OracleResult)
}

/// The product behind the comparison.
///
/// Nil as long as there is nothing to compare with.
struct Engine {
  init?(_ files: [(name: String, text: String)]) { return nil }

  func evaluate(given: String) -> EngineAnswer { .refused }
}

extension OracleResult {
  /// In what two results differ, in words; empty: they agree.
  func differences(from other: OracleResult) -> [String] {
    var found: [String] = []
    func compare<Part: Equatable>(_ name: String, _ first: Part, _ second: Part) {
      if first != second { found.append("\(name)\n  oracle: \(first)\n  engine: \(second)") }
    }
    let mine = Set(conclusions)
    let others = Set(other.conclusions)
    for conclusion in mine.subtracting(others).sorted() { found.append("only the oracle: \(conclusion)") }
    for conclusion in others.subtracting(mine).sorted() { found.append("only the engine: \(conclusion)") }
    compare("out of scope", outOfScope, other.outOfScope)
    compare("undecided", undecided, other.undecided)
    compare("conflicts", conflicts.sorted(), other.conflicts.sorted())
    compare("unique tables", uniqueTables.sorted(), other.uniqueTables.sorted())
    compare("conflicts in the data", dataConflicts.sorted(), other.dataConflicts.sorted())
    compare("due", due.sorted(), other.due.sorted())
    compare("violated", violated.sorted(), other.violated.sorted())
    for name in Set(derived.keys).union(other.derived.keys).sorted() {
      compare("derived \(name)", derived[name] ?? [], other.derived[name] ?? [])
    }
    compare("needs", needs.keys.sorted(), other.needs.keys.sorted())
    return found
  }
}
