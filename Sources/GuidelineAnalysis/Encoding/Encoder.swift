import ClinicalValues
import GuidelineCompiler
import GuidelineModel
import RuleEngine

/// Translates a rule graph into formulas over the inputs of a patient.
///
/// What cannot be followed (arithmetic between several inputs, rows joined with rows, circles) becomes a variable of its
/// own that may be anything. A formula without a solution is therefore proved to hold for nobody; a solution is only a
/// candidate, and the engine is asked before anybody hears of it.
struct Encoder {
  let program: Program
  let graph: RuleGraph
  let today: Day
  var store = FormulaStore()
  var space: PatientSpace
  /// Rules that hold something broken: whether they are in effect is left open.
  let brokenRules: Set<RuleNodeID>
  let brokenDefinitions: Set<DefinitionNodeID>
  /// Formulas that hold of every patient.
  private(set) var constraints: [Constraint] = []

  var conditionCache: [ConditionKey: TruthFormula] = [:]
  var ruleCache: [RuleKey: TruthFormula] = [:]
  var placeCache: [PlaceKey: TruthFormula] = [:]
  var definitionCache: [DefinitionKey: [Alternative]] = [:]
  var inProgress: Set<ProgressKey> = []
  var seriesTables: [ValueID: [Estimate]] = [:]
  var quantified: [QuantifiedKey: FormulaID] = [:]
  var fixedRows = 0
  var leaves: [VariableID: Expression] = [:]
  var valueIndices: [VariableID: ValueIndex] = [:]
  private var sizes: [FormulaID: Int] = [:]
  /// Answers about series come from the engine itself.
  var probe: SeriesProbe
  /// What another version of the program has answered already; nil: there is none.
  var shared: SharedAnswers?

  /// A formula that holds of every patient.
  struct Constraint {
    var formula: FormulaID
    /// The variable that it says something about, whatever the values of the others are.
    var variable: VariableID
  }

  struct ConditionKey: Hashable {
    var condition: ConditionID
    var reading: Reading
  }

  struct RuleKey: Hashable {
    var rule: RuleNodeID
    var reading: Reading
  }

  struct PlaceKey: Hashable {
    var place: PlaceID
    var reading: Reading
  }

  struct DefinitionKey: Hashable {
    var definition: DefinitionNodeID
    var reading: Reading
  }

  enum ProgressKey: Hashable {
    case rule(RuleKey)
    case place(PlaceKey)
    case definition(DefinitionKey)
    case rows(RelationID, Reading)
  }

  struct QuantifiedKey: Hashable {
    var formula: FormulaID
    var relation: RelationID
    var depth: Int
  }

  init(
    _ program: Program, today: Day, brokenRules: Set<RuleNodeID> = [], brokenDefinitions: Set<DefinitionNodeID> = [],
    cuts: Cuts? = nil
  ) {
    self.program = program
    graph = program.graph
    self.today = today
    self.brokenRules = brokenRules
    self.brokenDefinitions = brokenDefinitions
    space = PatientSpace(program: program, cuts: cuts ?? Cuts(program, today: today), today: today)
    probe = SeriesProbe(graph: program.graph, today: today)
  }

  var yes: FormulaID { FormulaStore.certain }
  var no: FormulaID { FormulaStore.impossible }
  var alwaysTrue: TruthFormula { TruthFormula(isTrue: yes, isFalse: no) }
  var alwaysFalse: TruthFormula { TruthFormula(isTrue: no, isFalse: yes) }
  var alwaysUnknown: TruthFormula { TruthFormula(isTrue: no, isFalse: no) }

  func constant(_ truth: Truth) -> TruthFormula {
    switch truth {
    case .yes: alwaysTrue
    case .no: alwaysFalse
    case .unknown: alwaysUnknown
    }
  }

  /// Says something about a variable that has a fitting value whatever the values of the others are.
  mutating func constrain(_ variable: VariableID, _ formula: FormulaID) {
    if formula != FormulaStore.certain { constraints.append(Constraint(formula: formula, variable: variable)) }
  }

  /// The constraints that came up since they were asked for the last time.
  mutating func takeConstraints() -> [Constraint] {
    defer { constraints = [] }
    return constraints
  }

  mutating func literal(_ subject: PatientSpace.Subject, _ values: TermSet) -> FormulaID {
    let variable = space.variable(subject, in: &store)
    return store.literal(variable, in: values)
  }

  /// Formulas larger than this are given a name, so that the search looks into each of them once.
  private static let largestUnnamed = 24

  /// The truth by other, short formulas.
  mutating func named(_ truth: TruthFormula) -> TruthFormula {
    TruthFormula(isTrue: named(truth.isTrue), isFalse: named(truth.isFalse))
  }

  /// A variable that is 1 for exactly those patients of whom the formula holds; small formulas stay as they are.
  private mutating func named(_ formula: FormulaID) -> FormulaID {
    guard size(formula) > Self.largestUnnamed else { return formula }
    let negation = store.not(formula)
    let isKnown = space.find(.named(formula)) != nil
    let variable = space.variable(.named(formula), in: &store)
    let name = store.literal(variable, in: TermSet(1))
    guard !isKnown else { return name }
    constrain(variable, store.any([store.not(name), formula]))
    constrain(variable, store.any([name, negation]))
    return name
  }

  /// How many nodes the formula has when it is walked as a tree.
  private mutating func size(_ formula: FormulaID) -> Int {
    if let known = sizes[formula] { return known }
    let size: Int
    switch store.node(formula) {
    case .all(let members), .any(let members):
      var sum = 1
      for member in members { sum = min(sum + self.size(member), 1_000_000) }
      size = sum
    default: size = 1
    }
    sizes[formula] = size
    return size
  }

  /// A truth that may be anything: true, false or unknown.
  mutating func open() -> TruthFormula {
    let first = space.openTruth(in: &store)
    let second = space.openTruth(in: &store)
    let isTrue = store.literal(first, in: TermSet(1))
    let isFalse = store.all([store.literal(first, in: TermSet(0)), store.literal(second, in: TermSet(1))])
    return TruthFormula(isTrue: isTrue, isFalse: isFalse)
  }
}

extension Search {
  mutating func require(_ constraints: [Encoder.Constraint], in store: FormulaStore) {
    for constraint in constraints { require(constraint.formula, of: constraint.variable, in: store) }
  }
}
