internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import SourceText

/// A rule that is not among the guidelines that are loaded.
public struct UnknownRule: Error, Hashable, Sendable {
  public var name: String
  /// Names that may have been meant, best first.
  public var nearest: [String]
}

extension Guidelines {
  /// The rules of a name: `id`, `table#row`, `table` for all of its rows, each also with `document/` before it.
  func rules(named name: String) throws(UnknownRule) -> [RuleID] {
    var found: [RuleID] = []
    for node in try nodes(named: name) {
      let id = program.sourceMap.rules[node.index].id
      if found.last != id, !found.contains(id) { found.append(id) }
    }
    return found
  }

  /// The same, with the rows of tables that rules range over: `rule#row`, `knowledge-table#row`.
  func nodes(named name: String) throws(UnknownRule) -> [RuleNodeID] {
    let loaded = program.library
    var found: [RuleNodeID] = []
    for (index, trace) in program.sourceMap.rules.enumerated() {
      let rule = loaded[trace.id]
      var names = [rule.name]
      if let mark = rule.name.firstIndex(of: "#") { names.append(String(rule.name[..<mark])) }
      for (table, row) in tableRows(trace) { names += ["\(rule.name)#\(row)", "\(table)#\(row)"] }
      let document = loaded[rule.document].id
      if names.contains(where: { $0 == name || "\(document)/\($0)" == name }) { found.append(RuleNodeID(index)) }
    }
    guard found.isEmpty else { return found }
    throw UnknownRule(name: name, nearest: nearest(name))
  }

  /// The rows of tables that a rule is bound to, by name.
  private func tableRows(_ trace: RuleTrace) -> [(table: String, row: String)] {
    trace.variables.compactMap { binding in
      guard case .tableRow(let table, let row) = binding else { return nil }
      let rows = program.library[table].rows
      guard rows.indices.contains(row) else { return nil }
      return (program.library[table].name, rows[row].id ?? String(row + 1))
    }
  }

  private func nearest(_ name: String) -> [String] {
    let loaded = program.library
    if let slash = name.firstIndex(of: "/") {
      let document = name[..<slash]
      let rest = String(name[name.index(after: slash)...])
      let own = loaded.rules.filter { loaded[$0.document].id == document }.map(\.name)
      if !own.isEmpty { return NearestNames.suggestions(for: rest, among: own).map { "\(document)/\($0)" } }
      let qualified = loaded.rules.map { "\(loaded[$0.document].id)/\($0.name)" }
      return NearestNames.suggestions(for: name, among: qualified)
    }
    return NearestNames.suggestions(for: name, among: loaded.rules.map(\.name))
  }
}
