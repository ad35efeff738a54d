internal import ClinicalValues
internal import GuidelineAnalysis
internal import Testing

@Suite struct SearchFormulaTests {
  private var store = FormulaStore()
  private let colour: VariableID
  private let shape: VariableID
  private let red: FormulaID
  private let round: FormulaID

  init() {
    colour = store.variable(size: 3)
    shape = store.variable(size: 70)
    red = store.literal(colour, in: TermSet(0))
    round = store.literal(shape, in: TermSet([1, 69]))
  }

  @Test mutating func `a literal without values is impossible and one with all is certain`() {
    #expect(store.literal(colour, in: TermSet()) == FormulaStore.impossible)
    #expect(store.literal(colour, in: TermSet(allOf: 3)) == FormulaStore.certain)
    #expect(store.literal(shape, in: TermSet(allOf: 70)) == FormulaStore.certain)
    #expect(store.literal(shape, in: TermSet(allOf: 69)) != FormulaStore.certain)
  }

  @Test mutating func `values that a variable does not have are passed over`() {
    #expect(store.literal(colour, in: TermSet([0, 3, 64])) == red)
    #expect(store.literal(colour, in: TermSet(3)) == FormulaStore.impossible)
  }

  @Test mutating func `equal formulas are one`() {
    #expect(store.all([red, round]) == store.all([round, red, red]))
    #expect(store.all([red, round]) != store.any([red, round]))
    #expect(store.all([store.all([red]), store.all([round, FormulaStore.certain])]) == store.all([red, round]))
  }

  @Test mutating func `groups without members and of one member need no group`() {
    #expect(store.all([]) == FormulaStore.certain)
    #expect(store.any([]) == FormulaStore.impossible)
    #expect(store.any([red, FormulaStore.impossible]) == red)
    #expect(store.any([red, FormulaStore.certain]) == FormulaStore.certain)
    #expect(store.all([red, FormulaStore.impossible]) == FormulaStore.impossible)
  }

  @Test mutating func `literals of one variable are made one`() {
    let green = store.literal(colour, in: TermSet(1))
    let notBlue = store.literal(colour, in: TermSet([0, 1]))
    #expect(store.all([red, green]) == FormulaStore.impossible)
    #expect(store.any([red, green]) == notBlue)
    #expect(store.any([red, store.not(red)]) == FormulaStore.certain)
    let narrower = store.all([notBlue, round, red])
    #expect(narrower == store.all([red, round]))
  }

  @Test mutating func `a negation changes the groups and complements the sets`() {
    let both = store.all([red, round])
    let neither = store.not(both)
    let others = (0..<70).filter { $0 != 1 && $0 != 69 }
    let parts = [store.literal(colour, in: TermSet([1, 2])), store.literal(shape, in: TermSet(others))]
    #expect(neither == store.any(parts))
    #expect(store.not(neither) == both)
    let notRound = store.not(round)
    #expect(store.node(notRound) == .literal(shape, in: TermSet(others)))
  }

  @Test mutating func `a formula names each of its variables once`() {
    let formula = store.any([store.all([red, round]), store.not(red)])
    #expect(store.variables(of: formula) == [colour, shape])
    let notRound = store.not(round)
    #expect(store.variables(of: notRound) == [shape])
    #expect(store.variables(of: FormulaStore.certain).isEmpty)
  }

  @Test mutating func `a group says what its members are`() {
    let both = store.all([red, round])
    let either = store.any([red, round])
    #expect(store.node(both) == .all([red, round]))
    #expect(store.node(either) == .any([red, round]))
    #expect(store.size(shape) == 70)
  }
}
