import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

/// What a value means, whatever the ids of its program are.
extension GraphDigest {
  mutating func meaning(_ id: ValueID, _ table: inout MeaningTable) -> Int {
    if let known = values[id] { return known }
    let number = table.number(content(id, &table))
    if open.isEmpty { values[id] = number }
    return number
  }

  mutating func list(_ list: [ValueID], _ table: inout MeaningTable) -> [Int] {
    var numbers: [Int] = []
    for id in list { numbers.append(meaning(id, &table)) }
    return numbers
  }

  mutating func content(_ id: ValueID, _ table: inout MeaningTable) -> String {
    switch graph[id] {
    case .constant(let estimate): return "constant \(describe(estimate))"
    case .today: return "today\(day)"
    case .fact(let slot, let definition):
      return "\(describe(slot)) \(definition.map { "\(meaning($0, &table))" } ?? "")"
    case .definition(let definition): return "definition \(meaning(definition, &table))"
    case .field(let variable, let column): return "field \(variable) \(column)"
    case .currentPoint: return "point"
    case .point(let pick, let slot, let window): return "\(pick) \(describe(slot)) \(describe(window, &table))"
    case .dateOf(let pick, let slot, let window): return "date \(pick) \(describe(slot)) \(describe(window, &table))"
    case .change(let relative, let slot, let window):
      return "change \(relative) \(describe(slot)) \(describe(window, &table))"
    case .countPoints(let slot, let window): return "count \(describe(slot)) \(describe(window, &table))"
    case .aggregate(let aggregate, let rows, let column): return "\(aggregate) \(column) \(describe(rows, &table))"
    case .countRows(let rows): return "count \(describe(rows, &table))"
    case .add(let first, let second): return "+ \(list([first, second], &table).sorted())"
    case .subtract(let first, let second): return "- \(list([first, second], &table))"
    case .multiply(let first, let second): return "* \(list([first, second], &table).sorted())"
    case .divide(let first, let second): return "/ \(list([first, second], &table))"
    case .least(let members): return "least \(list(graph.valueIDs(members), &table))"
    case .greatest(let members): return "greatest \(list(graph.valueIDs(members), &table))"
    case .round(let inner, let step): return "round \(meaning(inner, &table)) \(describe(step))"
    case .text(let template, let parts):
      let pieces = map.templates.indices.contains(Int(template)) ? map.templates[Int(template)] : []
      let words = pieces.map { piece in
        switch piece {
        case .words(let words): "\"\(words)\""
        case .value(let type): describe(type)
        }
      }
      return "text \(words) \(list(graph.valueIDs(parts), &table))"
    case .translated(let inner, let translation):
      return "translated \(meaning(inner, &table)) \(graph.translations[translation.index].targets) \(salt)"
    }
  }
}
