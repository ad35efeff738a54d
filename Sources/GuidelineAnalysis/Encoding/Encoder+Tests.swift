import ClinicalValues
import RuleEngine

/// Questions about one or two values.
extension Encoder {
  /// More than so many combinations of values are not tried out.
  private static let mostCombinations = 20_000

  /// True if it holds for each value, false if for none.
  mutating func test(_ alternatives: [Alternative], _ ask: @escaping (Estimate) -> Truth) -> TruthFormula {
    var truths: [TruthFormula] = []
    for alternative in alternatives {
      let answer = compare([alternative.expression]) { ask($0[0]) }
      truths.append(whereItCounts(answer, alternative.when))
    }
    return join(truths)
  }

  mutating func test(
    _ first: [Alternative], _ second: [Alternative], _ ask: @escaping (Estimate, Estimate) -> Truth
  ) -> TruthFormula {
    var truths: [TruthFormula] = []
    for left in first {
      for right in second {
        let counts = store.all([left.when, right.when])
        if counts == no { continue }
        let answer = compare([left.expression, right.expression]) { ask($0[0], $0[1]) }
        truths.append(whereItCounts(answer, counts))
      }
    }
    return join(truths)
  }

  /// A comparison of what two values may be.
  ///
  /// Several numbers are joined to the interval around them: *equal* is then false only if all of them lie on one side.
  mutating func compare(_ first: [Alternative], _ comparator: Comparator, _ second: [Alternative]) -> TruthFormula {
    if comparator == .equal, let answer = isOne(first, of: second) ?? isOne(second, of: first) { return answer }
    let answer = test(first, second) { $0.compared(comparator, to: $1) }
    guard comparator == .equal, first.count + second.count > 2, first.contains(where: isNumber) else { return answer }
    let isLess = test(first, second) { $0.compared(.less, to: $1) }
    let isGreater = test(first, second) { $0.compared(.greater, to: $1) }
    let oneSided = store.any([isLess.isTrue, isGreater.isTrue])
    let hasNone = store.any([isNone(first), isNone(second)])
    let isFalse = store.all([answer.isFalse, store.any([oneSided, hasNone])])
    return TruthFormula(isTrue: answer.isTrue, isFalse: isFalse)
  }

  /// Whether an input is a constant, found without going through all its values; nil: this is another question.
  ///
  /// A table in which a value is looked up asks it once a row.
  private mutating func isOne(_ input: [Alternative], of constants: [Alternative]) -> TruthFormula? {
    guard input.count == 1, constants.count == 1, input[0].when == yes, constants[0].when == yes,
      case .leaf(let variable, _, _) = input[0].expression, case .constant(let constant) = constants[0].expression,
      constant.isKnown
    else { return nil }
    if case .series = space.subjects[variable.index] { return nil }
    if valueIndices[variable] == nil {
      valueIndices[variable] = ValueIndex(variable, space.domains[variable.index], &store)
    }
    guard let index = valueIndices[variable] else { return nil }
    let isTrue = index.known[constant] ?? no
    return TruthFormula(isTrue: isTrue, isFalse: store.all([index.settled, store.not(isTrue)]))
  }

  private func isNumber(_ alternative: Alternative) -> Bool {
    let estimate: Estimate
    switch alternative.expression {
    case .constant(let constant): estimate = constant
    case .leaf(_, let table, _): estimate = table.first ?? .none
    case .apply: return true
    }
    if case .interval = estimate.values { return true }
    return false
  }

  private mutating func whereItCounts(_ truth: TruthFormula, _ when: FormulaID) -> TruthFormula {
    let not = store.not(when)
    return TruthFormula(isTrue: store.any([not, truth.isTrue]), isFalse: store.any([not, truth.isFalse]))
  }

  /// What holds of every value that counts.
  private mutating func join(_ truths: [TruthFormula]) -> TruthFormula {
    TruthFormula(isTrue: store.all(truths.map(\.isTrue)), isFalse: store.all(truths.map(\.isFalse)))
  }

  // MARK: Known values

  /// Exactly one value: each that counts is known, and they are the same.
  mutating func known(_ alternatives: [Alternative]) -> FormulaID {
    var conditions: [FormulaID] = []
    for alternative in alternatives {
      let expression = alternative.expression
      let isKnown = table([expression]) { choice in TableWalk.Answer(expression.isKnown(choice)) }
      conditions.append(whereItCounts(isKnown, alternative.when).isTrue)
    }
    for (index, second) in alternatives.enumerated() {
      for first in alternatives.prefix(index) {
        let both = store.all([first.when, second.when])
        if both == no { continue }
        let pair = (first.expression, second.expression)
        let same = table([pair.0, pair.1]) { choice in TableWalk.Answer(Expression.areSame(pair.0, pair.1, choice)) }
        conditions.append(whereItCounts(same, both).isTrue)
      }
    }
    return store.all(conditions)
  }

  /// Whatever it is, there is a value.
  mutating func neverNone(_ alternatives: [Alternative]) -> FormulaID {
    var conditions: [FormulaID] = []
    for alternative in alternatives {
      let expression = alternative.expression
      let isSure = table([expression]) { choice in
        let exact = expression.estimate(choice, hulls: false).mayBeNone
        return TableWalk.Answer(exact == expression.estimate(choice, hulls: true).mayBeNone ? !exact : nil)
      }
      conditions.append(whereItCounts(isSure, alternative.when).isTrue)
    }
    return store.all(conditions)
  }

  mutating func isNone(_ alternatives: [Alternative]) -> FormulaID {
    var conditions: [FormulaID] = []
    for alternative in alternatives {
      let expression = alternative.expression
      let isNone = table([expression]) { choice in TableWalk.Answer(expression.estimate(choice, hulls: false).isNone) }
      conditions.append(whereItCounts(isNone, alternative.when).isTrue)
    }
    return store.all(conditions)
  }

  // MARK: Tables over the values of variables

  /// What a question answers for every choice of the values that the expressions read.
  ///
  /// Where one number cannot answer for its whole piece, the closed hulls are asked. Where these leave it open though
  /// every value is known, the answer is one of the two, and which one is left to a variable of its own.
  private mutating func compare(
    _ expressions: [Expression], _ ask: @escaping ([Estimate]) -> Truth
  ) -> TruthFormula {
    let isFollowed =
      expressions.count { $0.constant == nil } <= 1
      && expressions.allSatisfy { $0.isFollowed && $0.variables.count <= 1 }
    guard !isFollowed else {
      return table(expressions) { choice in .truth(ask(expressions.map { $0.estimate(choice, hulls: false) })) }
    }
    let hasProducts = expressions.contains(where: \.hasProducts)
    return table(expressions) { choice in
      let hulls = expressions.map { $0.estimate(choice, hulls: true) }
      let truth = ask(hulls)
      guard truth == .unknown else { return .truth(truth) }
      let exact = expressions.map { $0.estimate(choice, hulls: false) }
      // Nothing is what a product of something unknown with nothing is.
      if hasProducts, hulls != exact || expressions.contains(where: { $0.hasPieces(choice) }) { return .either }
      return ask(exact) == .unknown ? .truth(.unknown) : .either
    }
  }

  private mutating func table(
    _ expressions: [Expression], _ ask: @escaping ([VariableID: Int]) -> TableWalk.Answer
  ) -> TruthFormula {
    var variables: [VariableID] = []
    for expression in expressions {
      for variable in expression.variables where !variables.contains(variable) { variables.append(variable) }
    }
    let sizes = variables.map { variable in expressions.reduce(0) { max($0, $1.size(of: variable)) } }
    let combinations = sizes.reduce(1) { min($0 * max($1, 1), Self.mostCombinations + 1) }
    guard combinations <= Self.mostCombinations else { return open() }
    var walk = TableWalk(variables: variables, sizes: sizes, ask: ask)
    let answers = walk.answers()
    var memo = Memo()
    return formula(answers, variables[...], &memo)
  }

  /// Answers that were translated already, by how many variables are left.
  private struct Memo {
    var known: [Int: [TableWalk.Answers: TruthFormula]] = [:]
    var either: FormulaID?
  }

  /// Groups the values of each variable that lead to the same answers.
  private mutating func formula(
    _ answers: TableWalk.Answers, _ variables: ArraySlice<VariableID>, _ memo: inout Memo
  ) -> TruthFormula {
    if let known = memo.known[variables.count]?[answers] { return known }
    let result: TruthFormula
    switch answers {
    case .answer(.truth(let truth)): result = constant(truth)
    case .answer(.either):
      let choice = memo.either ?? openChoice()
      memo.either = choice
      result = TruthFormula(isTrue: choice, isFalse: store.not(choice))
    case .byValue(let parts):
      guard let variable = variables.first else { return open() }
      var groups: [TableWalk.Answers: TermSet] = [:]
      var order: [TableWalk.Answers] = []
      for (index, part) in parts.enumerated() {
        if groups[part] == nil { order.append(part) }
        groups[part, default: TermSet()].insert(index)
      }
      var isTrue: [FormulaID] = []
      var isFalse: [FormulaID] = []
      for part in order {
        let here = store.literal(variable, in: groups[part] ?? TermSet())
        let inner = formula(part, variables.dropFirst(), &memo)
        isTrue.append(store.all([here, inner.isTrue]))
        isFalse.append(store.all([here, inner.isFalse]))
      }
      result = TruthFormula(isTrue: store.any(isTrue), isFalse: store.any(isFalse))
    }
    memo.known[variables.count, default: [:]][answers] = result
    return result
  }

  private mutating func openChoice() -> FormulaID {
    let variable = space.openTruth(in: &store)
    return store.literal(variable, in: TermSet(1))
  }
}

/// Where each value of an input stands among its values.
struct ValueIndex {
  private(set) var known: [Estimate: FormulaID] = [:]
  /// It is known, or none.
  let settled: FormulaID

  init(_ variable: VariableID, _ domain: [DomainValue], _ store: inout FormulaStore) {
    var places: [Estimate: TermSet] = [:]
    var settled = TermSet()
    for (index, value) in domain.enumerated() {
      if value.estimate.isKnown { places[value.estimate, default: TermSet()].insert(index) }
      if value.estimate.isKnown || value.estimate.isNone { settled.insert(index) }
    }
    for (estimate, values) in places { known[estimate] = store.literal(variable, in: values) }
    self.settled = store.literal(variable, in: settled)
  }
}

/// Goes through all choices of values and asks.
struct TableWalk {
  enum Answer: Hashable {
    case truth(Truth)
    /// True for some of the numbers that the pieces stand for, false for others.
    case either

    /// Nil: either.
    init(_ truth: Bool?) { self = truth.map { .truth(Truth($0)) } ?? .either }
  }

  indirect enum Answers: Hashable {
    case answer(Answer)
    /// By the value of the next variable.
    case byValue([Answers])
  }

  let variables: [VariableID]
  let sizes: [Int]
  let ask: ([VariableID: Int]) -> Answer
  private var choice: [VariableID: Int] = [:]

  init(variables: [VariableID], sizes: [Int], ask: @escaping ([VariableID: Int]) -> Answer) {
    self.variables = variables
    self.sizes = sizes
    self.ask = ask
  }

  mutating func answers() -> Answers { answers(from: 0) }

  private mutating func answers(from index: Int) -> Answers {
    guard index < variables.count else { return .answer(ask(choice)) }
    var parts: [Answers] = []
    for value in 0..<sizes[index] {
      choice[variables[index]] = value
      parts.append(answers(from: index + 1))
    }
    // All alike: the variable does not matter.
    if let first = parts.first, parts.allSatisfy({ $0 == first }), case .answer = first { return first }
    return .byValue(parts)
  }
}
