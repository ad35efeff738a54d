package import ClinicalValues

/// Formulas over variables with finitely many values, each kept once.
///
/// Only `variable ∈ set of its values`, all and any exist: a negation is pushed to the sets when it is made. Formulas
/// are simplified as far as their members show: what remains is `impossible`, `certain`, or depends on a variable.
package struct FormulaStore: Sendable {
  /// The formula that nothing satisfies.
  package static let impossible = FormulaID(0)
  /// The formula that everything satisfies.
  package static let certain = FormulaID(1)

  /// What a formula consists of.
  package enum Node: Hashable, Sendable {
    case impossible
    case certain
    case literal(VariableID, in: TermSet)
    case all([FormulaID])
    case any([FormulaID])
  }

  private enum Key: Hashable, Sendable {
    case literal(Int, [UInt64])
    case all([Int])
    case any([Int])
  }

  private(set) var table = FormulaTable()
  private var known: [Key: Int] = [:]
  /// The negation of each formula, as soon as somebody asked for it.
  private var negations: [Int: Int] = [0: 1, 1: 0]

  package init() {}

  /// The number of formulas.
  package var count: Int { table.nodes.count }

  /// A new variable with the values `0 ..< size`, the most ordinary first.
  package mutating func variable(size: Int) -> VariableID {
    precondition(size >= 1, "a variable has at least one value")
    return VariableID(table.addVariable(size: size))
  }

  /// The number of values of a variable.
  package func size(_ variable: VariableID) -> Int { table.sizes[variable.index] }

  /// The statement that the variable has one of the values; values it does not have are passed over.
  package mutating func literal(_ variable: VariableID, in values: TermSet) -> FormulaID {
    let size = table.sizes[variable.index]
    var words = Array(repeating: UInt64(0), count: (size + 63) / 64)
    for value in values.indices where value < size { words[value / 64] |= 1 << UInt64(value % 64) }
    return FormulaID(literal(variable.index, words))
  }

  /// The statement that every member holds; without members, `certain`.
  package mutating func all(_ members: [FormulaID]) -> FormulaID { FormulaID(group(.all, members.map(\.index))) }

  /// The statement that some member holds; without members, `impossible`.
  package mutating func any(_ members: [FormulaID]) -> FormulaID { FormulaID(group(.any, members.map(\.index))) }

  /// The statement that the formula does not hold.
  package mutating func not(_ formula: FormulaID) -> FormulaID { FormulaID(negation(formula.index)) }

  /// What the formula consists of.
  package func node(_ formula: FormulaID) -> Node {
    let node = table.nodes[formula.index]
    switch node.kind {
    case .impossible: return .impossible
    case .certain: return .certain
    case .literal: return .literal(VariableID(node.variable), in: values(node))
    case .all: return .all(table.members[node.first..<node.end].map { FormulaID($0) })
    case .any: return .any(table.members[node.first..<node.end].map { FormulaID($0) })
    }
  }

  /// The variables that occur in the formula, in ascending order.
  package func variables(of formula: FormulaID) -> [VariableID] {
    table.mentioned[table.mentions[formula.index]].map { VariableID($0) }
  }
}

extension FormulaStore {
  private func values(_ node: FormulaTable.Node) -> TermSet {
    var values = TermSet()
    for (place, word) in table.words[node.first..<node.end].enumerated() {
      var rest = word
      while rest != 0 {
        values.insert(place * 64 + rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
    return values
  }

  private mutating func literal(_ variable: Int, _ words: [UInt64]) -> Int {
    if words.allSatisfy({ $0 == 0 }) { return 0 }
    if words == FormulaTable.everything(table.sizes[variable]) { return 1 }
    let key = Key.literal(variable, words)
    if let id = known[key] { return id }
    let id = table.addLiteral(variable, words)
    known[key] = id
    return id
  }

  /// The group of these members: `neutral` ones are left out, one `absorbing` member decides.
  private mutating func group(_ kind: FormulaTable.Kind, _ given: [Int]) -> Int {
    let (neutral, absorbing) = kind == .all ? (1, 0) : (0, 1)
    var kept: [Int] = []
    var literals: [Int] = []
    for member in given { take(member, of: kind, &kept, &literals) }
    mergeLiterals(kind, literals, into: &kept)
    kept.sort()
    var count = 0
    for member in kept where member != neutral && (count == 0 || kept[count - 1] != member) {
      if member == absorbing { return absorbing }
      kept[count] = member
      count += 1
    }
    kept.removeLast(kept.count - count)
    if kept.isEmpty { return neutral }
    if kept.count == 1 { return kept[0] }
    let key = kind == .all ? Key.all(kept) : Key.any(kept)
    if let id = known[key] { return id }
    let id = table.addGroup(kind, kept)
    known[key] = id
    return id
  }

  /// Opens groups of the same kind.
  private func take(_ member: Int, of kind: FormulaTable.Kind, _ others: inout [Int], _ literals: inout [Int]) {
    let node = table.nodes[member]
    switch node.kind {
    case .literal: literals.append(member)
    case kind: for place in node.first..<node.end { take(table.members[place], of: kind, &others, &literals) }
    default: others.append(member)
    }
  }

  /// Makes the literals of each variable one.
  private mutating func mergeLiterals(_ kind: FormulaTable.Kind, _ given: [Int], into kept: inout [Int]) {
    guard given.count > 1 else { return kept += given }
    let literals = given.sorted {
      (table.nodes[$0].variable, $0) < (table.nodes[$1].variable, $1)
    }
    var next = 0
    while next < literals.count {
      let first = literals[next]
      let variable = table.nodes[first].variable
      next += 1
      guard next < literals.count, table.nodes[literals[next]].variable == variable else {
        kept.append(first)
        continue
      }
      var words = Array(table.words[table.nodes[first].first..<table.nodes[first].end])
      while next < literals.count, table.nodes[literals[next]].variable == variable {
        let start = table.nodes[literals[next]].first
        for place in words.indices {
          let other = table.words[start + place]
          words[place] = kind == .all ? words[place] & other : words[place] | other
        }
        next += 1
      }
      kept.append(literal(variable, words))
    }
  }

  private mutating func negation(_ formula: Int) -> Int {
    if let known = negations[formula] { return known }
    let node = table.nodes[formula]
    let result: Int
    switch node.kind {
    case .impossible: result = 1
    case .certain: result = 0
    case .literal:
      let everything = FormulaTable.everything(table.sizes[node.variable])
      result = literal(node.variable, zip(everything, table.words[node.first..<node.end]).map { $0 & ~$1 })
    case .all, .any:
      let members = Array(table.members[node.first..<node.end]).map { negation($0) }
      result = group(node.kind == .all ? .any : .all, members)
    }
    negations[formula] = result
    negations[result] = formula
    return result
  }
}
