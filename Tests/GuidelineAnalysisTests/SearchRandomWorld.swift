internal import ClinicalValues
internal import GuidelineAnalysis
internal import TestSupport
internal import Testing

/// A store with a few small variables, of which every assignment can be tried.
struct RandomWorld {
  var store = FormulaStore()
  var required: [FormulaID] = []
  let sizes: [Int]

  init(sizes: [Int]) {
    self.sizes = sizes
    for size in sizes { _ = store.variable(size: size) }
  }

  /// Two to five variables; one in a while needs two words for its values.
  init(_ random: inout SeededRandom) {
    let count = 2 + random.below(4)
    self.init(sizes: (0..<count).map { $0 == 0 && random.below(10) == 0 ? 70 : 1 + random.below(5) })
  }

  mutating func literal(_ variable: VariableID, _ values: [Int]) -> FormulaID {
    store.literal(variable, in: TermSet(values))
  }

  mutating func formula(depth: Int, _ random: inout SeededRandom) -> FormulaID {
    guard depth > 0, random.below(4) > 0 else {
      let variable = random.below(sizes.count)
      return literal(VariableID(variable), (0..<sizes[variable]).filter { _ in random.below(2) == 0 })
    }
    let members = (0..<1 + random.below(4)).map { _ in formula(depth: depth - 1, &random) }
    switch random.below(5) {
    case 0: return store.not(store.any(members))
    case 1, 2: return store.all(members)
    default: return store.any(members)
    }
  }

  /// Formulas that some patient satisfies together.
  mutating func possibleRequirements(_ count: Int, _ random: inout SeededRandom) -> [FormulaID] {
    var chosen: [FormulaID] = []
    for _ in 0..<count {
      let formula = formula(depth: 2, &random)
      if firstPatient(chosen + [formula]) != nil { chosen.append(formula) }
    }
    return chosen
  }

  /// The first patient with these values who satisfies all formulas.
  func firstPatient(_ formulas: [FormulaID], with assignment: Assignment? = nil) -> [Int]? {
    let choices = sizes.indices.map { variable in
      assignment?[VariableID(variable)].map { [$0] } ?? Array(0..<sizes[variable])
    }
    var places = Array(repeating: 0, count: sizes.count)
    while true {
      let patient = zip(choices, places).map { $0[$1] }
      if formulas.allSatisfy({ holds($0, patient) }) { return patient }
      guard let next = places.indices.first(where: { places[$0] + 1 < choices[$0].count }) else { return nil }
      for place in 0..<next { places[place] = 0 }
      places[next] += 1
    }
  }

  func holds(_ formula: FormulaID, _ patient: [Int]) -> Bool {
    Self.holds(formula, store) { patient[$0.index] }
  }

  /// Whether the formula holds by the named variables alone.
  static func holds(_ formula: FormulaID, _ assignment: Assignment, _ store: FormulaStore) -> Bool {
    holds(formula, store) { assignment[$0] }
  }

  private static func holds(_ formula: FormulaID, _ store: FormulaStore, _ value: (VariableID) -> Int?) -> Bool {
    switch store.node(formula) {
    case .impossible: false
    case .certain: true
    case .literal(let variable, let values): value(variable).map { values.contains($0) } ?? false
    case .all(let members): members.allSatisfy { holds($0, store, value) }
    case .any(let members): members.contains { holds($0, store, value) }
    }
  }

  /// Expects the outcome that trying everything gives.
  func check(_ outcome: SearchOutcome, _ goals: [FormulaID], _ place: Testing.SourceLocation = #_sourceLocation) {
    let patient = firstPatient(goals + required)
    switch outcome {
    case .exhausted: Issue.record("exhausted", sourceLocation: place)
    case .impossible: #expect(patient == nil, sourceLocation: place)
    case .found(let assignment):
      #expect(patient != nil, sourceLocation: place)
      for goal in goals { #expect(Self.holds(goal, assignment, store), sourceLocation: place) }
      let completed = firstPatient(required, with: assignment)
      #expect(completed != nil, "no patient has the values \(assignment)", sourceLocation: place)
    }
  }
}
