import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine
import SourceText

/// Looks for the smallest changes of facts after which a rule holds, and tries out every one that it offers.
///
/// One change first, then two, and so on: from the most promising states the search goes on, within a fixed budget.
struct FlipSearch: ~Copyable {
  private static let depth = 4
  private static let offered = 3

  var builder: ReportBuilder
  let facts: PatientFacts
  let node: RuleNodeID
  private let rows: [Int]
  private var budget = 1_500
  private var knownConflicts: Set<DataConflict> = []

  /// Facts with some changes made, and how far the rule gets with them.
  struct State {
    var edits: [FactEdit]
    var facts: PatientFacts
    var obstacles: Int
    var status: Status?
  }

  init(builder: consuming ReportBuilder, facts: PatientFacts, attempt: RuleAttempt) {
    self.builder = builder
    self.facts = facts
    node = attempt.node
    rows = attempt.rows ?? []
  }

  mutating func run() -> [Flip] {
    knownConflicts = take(facts)
    let start = State(edits: [], facts: facts, obstacles: obstacleCount(), status: nil)
    var beam = [start]
    var seen: Set<Set<FactEdit>> = []
    for depth in 1...Self.depth {
      var next: [State] = []
      for state in beam {
        for edit in candidates(state) where seen.insert(Set(state.edits + [edit])).inserted {
          guard budget > 0, !state.edits.contains(where: { $0.target == edit.target }) else { continue }
          if let reached = attempt(edit, after: state) { next.append(reached) }
        }
      }
      let winners = next.filter { $0.status != nil }
      if !winners.isEmpty { return offer(winners) }
      let progress = next.filter { $0.obstacles < start.obstacles || depth == 1 }
      beam = Array(progress.sorted { rank($0) < rank($1) }.prefix(depth == 1 ? 8 : 4))
    }
    return []
  }

  // MARK: Trying

  private mutating func attempt(_ edit: FactEdit, after state: State) -> State? {
    budget -= 1
    let place = Span(file: FileID(0), start: 0, end: 0)
    let changed = state.facts.applying(edit, today: builder.session.today, at: place)
    // A change that contradicts what else is given is no way to make a rule hold.
    guard take(changed).isSubset(of: knownConflicts) else { return nil }
    return State(edits: state.edits + [edit], facts: changed, obstacles: obstacleCount(), status: status())
  }

  /// Lets the session see facts; the answer is what contradicts itself in them.
  private mutating func take(_ facts: PatientFacts) -> Set<DataConflict> {
    let intake = builder.program.takeIn(facts, into: &builder.session)
    builder.session.run()
    var conflicts = Set(intake.conflicts)
    for (index, definition) in builder.library.definitions.enumerated() {
      guard let fact = definition.fact, let slot = builder.program.sourceMap.scalarSlots[fact] else { continue }
      let given = builder.session.given(slot)
      let derived = builder.session.definition(DefinitionNodeID(index), .cautious)
      if given.isKnown, derived.isKnown, given != derived {
        conflicts.insert(DataConflict(facts: [definition.name], reason: .derivedDiffers))
      }
    }
    return conflicts
  }

  /// Whether the rule holds now, and how surely.
  private func status() -> Status? {
    guard builder.session.applies(node, .presuming) == .yes else { return nil }
    let places = builder.program.graph[node].places
    guard !places.isEmpty else { return builder.session.applies(node, .cautious) == .yes ? .certain : .provisional }
    var best: Status?
    for place in places {
      if builder.session.concluded(place, .cautious).contains(where: { $0.stands == .yes }) { return .certain }
      if builder.session.concluded(place, .presuming).contains(where: { $0.stands == .yes }) { best = .provisional }
    }
    return best
  }

  private mutating func obstacleCount() -> Int {
    guard let nearest = builder.attempts(of: node, limit: 20).first else { return .max }
    return nearest.rows == nil ? 100 : nearest.obstacles.count
  }

  // MARK: Candidates

  private mutating func candidates(_ state: State) -> [FactEdit] {
    _ = take(state.facts)
    var proposals = EditProposals(facts: state.facts)
    let attempts = builder.attempts(of: node, limit: 20)
    proposals.variables = builder.program.sourceMap.rules[node.index].variables
    for attempt in attempts.prefix(3) {
      if let rows = attempt.rows { builder.session.bind(rows, of: node) }
      for obstacle in attempt.obstacles { builder.propose(obstacle, &proposals) }
      if attempt.rows == nil { builder.proposeRows(for: node, &proposals) }
    }
    builder.proposeAgainstOverriders(of: node, &proposals)
    let solved = solve(proposals.equations, state.facts)
    return Array((proposals.edits + solved).prefix(160))
  }

  /// Values of single numbers at which comparisons turn: sought along a line, then along a hyperbola.
  private mutating func solve(_ equations: [EditProposals.Equation], _ facts: PatientFacts) -> [FactEdit] {
    var edits: [FactEdit] = []
    for equation in equations.prefix(24) {
      for value in boundaryValues(equation, facts) {
        let edit = equation.input.edit(value)
        if !edits.contains(edit) { edits.append(edit) }
      }
    }
    _ = take(facts)
    return edits
  }

  private mutating func boundaryValues(_ equation: EditProposals.Equation, _ facts: PatientFacts) -> [Rational] {
    let unit = equation.input.unitFactor
    let own = equation.input.edit(.zero)
    var start = unit
    if case .number(let known) = facts.value(before: own, today: builder.session.today), !known.isZero { start = known }
    guard let double = start.adding(start) else { return [] }
    guard let first = gap(equation, start, facts), let second = gap(equation, double, facts) else { return [] }
    var roots: [Rational] = []
    if let slope = second.subtracting(first)?.divided(by: start), !slope.isZero,
      let offset = first.divided(by: slope), let root = start.subtracting(offset)
    {
      roots.append(root)
    }
    // p + q/x: q/x0 - q/(2 x0) is first - second.
    if let half = first.subtracting(second), let whole = half.adding(half), let constant = first.subtracting(whole),
      let negated = constant.negated, !negated.isZero, let scaled = whole.multiplied(by: start),
      let root = scaled.divided(by: negated)
    {
      roots.append(root)
    }
    return roots.flatMap { neighbours(of: $0, unit: unit, equation.input, start) }
  }

  /// Left minus right of a comparison with a number put in.
  private mutating func gap(
    _ equation: EditProposals.Equation, _ value: Rational, _ facts: PatientFacts
  ) -> Rational? {
    guard budget > 0 else { return nil }
    budget -= 1
    let place = Span(file: FileID(0), start: 0, end: 0)
    _ = take(facts.applying(equation.input.edit(value), today: builder.session.today, at: place))
    if !rows.isEmpty { builder.session.bind(rows, of: node) }
    guard let left = builder.number(equation.left), let right = builder.number(equation.right) else { return nil }
    return left.subtracting(right)
  }

  /// The value itself if it can be written, and the nearest to both sides that people would write.
  private func neighbours(
    of root: Rational, unit: Rational, _ input: EditProposals.Input, _ start: Rational
  ) -> [Rational] {
    guard let shown = root.divided(by: unit), let before = start.divided(by: unit),
      let step = Rational(numerator: 1, denominator: input.isWhole ? 1 : Self.scale(of: shown, before)),
      let scaled = shown.divided(by: step)
    else { return [] }
    let low = Rational(scaled.floor)
    let high = Rational(scaled.ceiling)
    let around = [low, high, low.subtracting(.one), high.adding(.one)].compactMap { $0 }
    var found: [Rational] = []
    for item in around {
      guard let value = item.multiplied(by: step)?.multiplied(by: unit), !found.contains(value) else { continue }
      if !value.isNegative || input.mayBeNegative { found.append(value) }
    }
    return found
  }

  /// A power of ten that shows both numbers, from tenths to thousandths; whole numbers that are large stay whole.
  private static func scale(of first: Rational, _ second: Rational) -> Int64 {
    let large = Rational(20)
    if first.isWhole, second.isWhole, large < first { return 1 }
    for scale in [Int64(10), 100] {
      let factor = Rational(scale)
      let isExact = [first, second].allSatisfy { $0.multiplied(by: factor)?.isWhole ?? false }
      if isExact { return scale }
    }
    return large < first ? 10 : 100
  }

  // MARK: Offering

  private mutating func offer(_ winners: [State]) -> [Flip] {
    let vocabulary = builder.library.vocabulary
    let today = builder.session.today
    var flips: [Flip] = []
    for winner in winners.sorted(by: { rank($0) < rank($1) }) {
      guard let status = winner.status else { continue }
      let changes = winner.edits.map { vocabulary.describe($0, of: facts, today: today) }
      let isNew = !flips.contains { known in Set(known.changes.map(\.fact)) == Set(changes.map(\.fact)) }
      if isNew { flips.append(Flip(changes: changes, status: status)) }
      if flips.count == Self.offered { break }
    }
    return flips
  }

  /// Fewer changes first, then those that change least; equal ones in the order of their words.
  private func rank(_ state: State) -> Rank {
    var cost = Rational.zero
    for edit in state.edits { cost = cost.adding(self.cost(edit)) ?? cost }
    let words = state.edits.map { edit -> String in
      let change = builder.library.vocabulary.describe(edit, of: facts, today: builder.session.today)
      return change.fact + " " + change.to
    }
    return Rank(
      obstacles: state.status == nil ? state.obstacles : 0, isOpen: state.status == .certain ? 0 : 1, cost: cost,
      words: words.joined(separator: "; "))
  }

  private func cost(_ edit: FactEdit) -> Rational {
    let before = facts.value(before: edit, today: builder.session.today)
    switch edit {
    case .scalar(_, let value), .newestPoint(_, let value), .field(_, _, _, let value):
      guard case .number(let old) = before, case .number(let new) = value, !old.isZero,
        let change = new.subtracting(old)?.divided(by: old)?.abs
      else { return .one }
      return min(change, .one)
    case .set: return .one
    // Of two new rows the one that says less is the smaller change.
    case .addRow(_, let fields): return Rational(Int64(2 + fields.count))
    case .removeRow: return Rational(2)
    }
  }

  private struct Rank: Comparable {
    var obstacles: Int
    var isOpen: Int
    var cost: Rational
    var words: String

    static func < (left: Rank, right: Rank) -> Bool {
      if left.obstacles != right.obstacles { return left.obstacles < right.obstacles }
      if left.cost != right.cost { return left.cost < right.cost }
      if left.isOpen != right.isOpen { return left.isOpen < right.isOpen }
      return byCodePoints(left.words, right.words)
    }
  }
}
