/// An exact search for values that satisfy formulas, used again and again over one growing store.
///
/// The search narrows the values that remain for each variable as far as the formulas force it (`Search+Narrowing`),
/// then supposes one more literal, and learns from every dead end which suppositions cannot stand together
/// (`Search+Conflict`). It supposes only what the first remaining values of all variables do not satisfy already, so
/// the answer departs from the most ordinary values no further than it has to. Nothing is left to chance.
///
/// Groups are walked as trees: a formula that shares large parts with itself is better split by `require`, with a
/// variable for each part.
package struct Search: Sendable {
  /// What has to hold in the present query: a formula, or a clause learnt during it.
  struct Constraint {
    /// The formula; of a learnt clause, -1.
    let formula: Int
    /// The literals of a learnt clause, as places in `learnt`.
    let literals: Range<Int>
    var isWaiting: Bool
  }

  /// The statement that the variable has a value in the set.
  ///
  /// A set from 0 upwards lies in the words of the table, one below 0 in those of the learnt clauses, counted from -1
  /// downwards.
  struct Literal {
    let variable: Int
    let set: Int
  }

  /// One narrowing of one variable.
  struct Step {
    let literal: Literal
    /// The constraint that forced it; of a supposition, -1.
    let constraint: Int
    /// The step before it that narrowed the same variable, or -1.
    let previous: Int
    /// Where the words of the values before the step lie in `saved`.
    let saved: Int
  }

  // For ever. The required formulas are kept with each variable that they mention.
  var required: [[Int]] = []
  var isRequired: Set<Int> = []
  var isContradictory = false

  // By variable, laid out as `FormulaTable.offsets` says. INVARIANT: between queries, every value of every variable
  // remains, no step has narrowed it, no constraint watches it, and nothing is blamed.
  var remaining: [UInt64] = []
  var blamed: [UInt64] = []
  var latest: [Int] = []
  var watchers: [Int] = []
  /// The last candidate for which the variable was named.
  var namedIn: [Int] = []
  var candidates = 0
  /// By formula: the last candidate of which it was asked, and the last query for which it was taken up.
  var askedIn: [Int] = []
  var takenUpIn: [Int] = []
  var queries = 0

  // Of one query; empty between queries.
  var constraints: [Constraint] = []
  var watches: [(constraint: Int, next: Int)] = []
  var watched: [Int] = []
  var waiting: [Int] = []
  var steps: [Step] = []
  var saved: [UInt64] = []
  /// The number of steps before each supposition.
  var suppositions: [Int] = []
  var learnt: [Literal] = []
  var learntWords: [UInt64] = []
  var blamedVariables: [Int] = []
  var named: [Int] = []
  var budget = 0

  package init() {}

  /// Demands a formula of every further query.
  ///
  /// What is required must be possible as a whole: a query looks only at the part that its answer touches.
  package mutating func require(_ formula: FormulaID, in store: FormulaStore) {
    require(formula.index, store.table)
  }

  /// Demands of every further query that the variable has a value with which the formula holds.
  ///
  /// There must be such a value whatever the values of the other variables are: who does not ask for the variable need
  /// not look at the formula.
  package mutating func require(_ formula: FormulaID, of variable: VariableID, in store: FormulaStore) {
    require(formula.index, store.table, of: variable.index)
  }

  /// Values that satisfy all goals and what is required, if there are any.
  ///
  /// The `budget` is the number of steps: each supposition, each candidate and each look at one constraint. `refute` is asked about each candidate; no
  /// formula accepts it, and formulas that hold in general but not of the candidate are required from then on.
  package mutating func solve(
    _ goals: [FormulaID], in store: inout FormulaStore, budget: Int,
    refute: (Assignment, inout FormulaStore) -> [FormulaID]
  ) -> SearchOutcome {
    begin(budget, store.table)
    defer { end(store.table) }
    guard takeUp(goals.map(\.index), store.table) else { return .impossible }
    while true {
      switch candidate(store.table) {
      case .found(let candidate):
        let lemmas = refute(candidate, &store)
        if lemmas.isEmpty { return .found(candidate) }
        grow(store.table)
        for lemma in lemmas { require(lemma.index, store.table) }
        undo(to: 0, store.table)
        guard takeUp(lemmas.map(\.index), store.table) else { return .impossible }
      case let outcome: return outcome
      }
    }
  }

  /// Values that satisfy all goals and what is required, if there are any.
  package mutating func solve(_ goals: [FormulaID], in store: FormulaStore, budget: Int) -> SearchOutcome {
    begin(budget, store.table)
    defer { end(store.table) }
    guard takeUp(goals.map(\.index), store.table) else { return .impossible }
    return candidate(store.table)
  }
}

extension Search {
  private mutating func require(_ formula: Int, _ table: FormulaTable, of variable: Int? = nil) {
    grow(table)
    let node = table.nodes[formula]
    switch node.kind {
    case .impossible: isContradictory = true
    case .certain: break
    case .all: for place in node.first..<node.end { require(table.members[place], table, of: variable) }
    case .any, .literal:
      let mentioned = table.mentioned[table.mentions[formula]]
      if let variable, mentioned.contains(variable) {
        required[variable].append(formula)
        return
      }
      guard isRequired.insert(formula).inserted else { return }
      for variable in mentioned { required[variable].append(formula) }
    }
  }

  /// Makes room for what is new in the store.
  private mutating func grow(_ table: FormulaTable) {
    for variable in latest.count..<table.sizes.count {
      remaining += FormulaTable.everything(table.sizes[variable])
      latest.append(-1)
      watchers.append(-1)
      namedIn.append(0)
      required.append([])
    }
    while blamed.count < remaining.count { blamed.append(0) }
    while takenUpIn.count < table.nodes.count {
      askedIn.append(0)
      takenUpIn.append(0)
    }
  }

  private mutating func begin(_ budget: Int, _ table: FormulaTable) {
    grow(table)
    queries += 1
    self.budget = budget
  }

  private mutating func end(_ table: FormulaTable) {
    undo(to: 0, table)
    restore(downTo: 0, table)
    for variable in watched { watchers[variable] = -1 }
    watched.removeAll(keepingCapacity: true)
    watches.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    constraints.removeAll(keepingCapacity: true)
    learnt.removeAll(keepingCapacity: true)
    learntWords.removeAll(keepingCapacity: true)
  }

  /// Makes the formulas hold from now on to the end of the query; false if they visibly cannot.
  ///
  /// Nothing may be supposed at the moment.
  mutating func takeUp(_ formulas: [Int], _ table: FormulaTable) -> Bool {
    guard !isContradictory else { return false }
    for formula in formulas { guard takeUp(formula, table) else { return false } }
    return true
  }

  private mutating func takeUp(_ formula: Int, _ table: FormulaTable) -> Bool {
    let node = table.nodes[formula]
    if node.kind == .all {
      for place in node.first..<node.end { guard takeUp(table.members[place], table) else { return false } }
      return true
    }
    guard node.kind != .impossible else { return false }
    guard node.kind != .certain, takenUpIn[formula] != queries else { return true }
    takenUpIn[formula] = queries
    constraints.append(Constraint(formula: formula, literals: 0..<0, isWaiting: node.kind == .any))
    guard node.kind == .any else {
      return narrow(Literal(variable: node.variable, set: node.first), constraints.count - 1, table)
    }
    waiting.append(constraints.count - 1)
    for variable in table.mentioned[table.mentions[formula]] { watch(variable, by: constraints.count - 1) }
    return true
  }

  mutating func watch(_ variable: Int, by constraint: Int) {
    if watchers[variable] < 0 { watched.append(variable) }
    watches.append((constraint, watchers[variable]))
    watchers[variable] = watches.count - 1
  }
}
