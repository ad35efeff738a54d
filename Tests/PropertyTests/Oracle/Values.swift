internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax

/// The estimates of values (`semantics.md` §2, §3).
extension Run {
  func value(of value: Value, _ environment: Environment) -> Guess {
    switch value.form {
    case .constant(let constant): return guess(constant)
    case .today: return .number(Rational(Int64(today.number)))
    case .fact(let fact): return self.fact(fact)
    case .definition(let definition): return self.definition(definition)
    case .field(let variable, let field):
      return environment.rows[variable]?.fields[field] ?? everything(value.type)
    case .currentPoint: return environment.point ?? everything(value.type)
    case .point(let pick, let series, let window): return point(pick, series, window, environment)
    case .dateOf(let pick, let series, let window): return date(of: pick, series, window, environment)
    case .change(let isRelative, let series, let days): return change(isRelative, series, days, environment)
    case .aggregate(let aggregate, let rows, let field):
      return self.aggregate(aggregate, rows, field, value.type, environment)
    case .countRows(let rows): return count(rows, environment)
    case .countPoints(let series, let window): return count(series, window, environment)
    case .arithmetic(let sign, let left, let right):
      return arithmetic(sign, self.value(of: left, environment), self.value(of: right, environment))
    case .extreme(let isLeast, let values):
      return extreme(isLeast, values.map { self.value(of: $0, environment) })
    case .round(let inner, let step): return round(self.value(of: inner, environment), step)
    case .template(let elements): return template(elements, environment)
    case .translated(let inner, let places): return translated(self.value(of: inner, environment), places)
    }
  }

  func everything(_ type: ValueType) -> Guess { library.vocabulary.everything(type) }

  func guess(_ constant: Constant) -> Guess {
    switch constant {
    case .term(let term): .term(term)
    case .number(let number): .number(number)
    case .day(let day): .number(Rational(Int64(day.number)))
    case .text(let text): .text(text)
    case .none: .none
    }
  }

  /// Terms that the other group lacks keep apart from all it has.
  func translated(_ guess: Guess, _ places: [Int?]?) -> Guess {
    guard let places, case .terms(let terms) = guess.content else { return guess }
    let carried = terms.map { places.indices.contains($0) ? places[$0] ?? -1 - $0 : -1 - $0 }
    return Guess(.terms(Set(carried)), orNone: guess.orNone)
  }

  // MARK: Facts and definitions

  func fact(_ fact: FactID) -> Guess {
    if let given = intake.scalars[fact] { return given }
    if let definition = library.derivations[fact] { return self.definition(definition) }
    return everything(library.vocabulary[fact].type)
  }

  private func definition(_ definition: DefinitionID) -> Guess {
    if isBlind { return everything(library[definition].type) }
    // A name that means a fact is the fact: what is given wins.
    if let fact = library[definition].fact, let given = intake.scalars[fact] { return given }
    return definitions[definition] ?? everything(library[definition].type)
  }

  func define(_ id: DefinitionID) -> Guess {
    let definition = library[id]
    switch definition.form {
    case .means(let condition): return .truth(truth(of: condition, Environment()))
    case .value(let value): return self.value(of: value, Environment())
    case .first(let clauses): return first(clauses, definition.type)
    case .agree(let facts): return agree(id, facts, definition.type)
    case .lookUp(let rows, let field): return only(rows, field, definition.type, Environment())
    }
  }

  private func first(_ clauses: [FirstClause], _ type: ValueType) -> Guess {
    var candidates: [Guess] = []
    for clause in clauses {
      let truth = clause.condition.map { self.truth(of: $0, Environment()) } ?? .yes
      if truth == .no { continue }
      candidates.append(value(of: clause.value, Environment()))
      if truth == .yes { return .join(candidates) }
    }
    return candidates.isEmpty ? .none : everything(type)
  }

  private func agree(_ id: DefinitionID, _ facts: [FactID], _ type: ValueType) -> Guess {
    let known = facts.filter { fact in
      frozen(KnownTest(place: .agree(id, fact), rows: [])) { Truth(self.fact(fact).isKnown) } == .yes
    }
    let values = Set(known.map { fact($0) })
    if values.count > 1 {
      conflicts.insert("disagree " + known.map { library.vocabulary[$0].name }.sorted().joined(separator: " "))
    }
    return values.count == 1 ? values.first ?? everything(type) : everything(type)
  }

  // MARK: Arithmetic

  func arithmetic(_ sign: ArithmeticOperator, _ left: Guess, _ right: Guess) -> Guess {
    guard case .numbers(let low, let high) = left.content, case .numbers(let otherLow, let otherHigh) = right.content
    else { return .none }
    let first = (low: low, high: high)
    let second = (low: otherLow, high: otherHigh)
    let result =
      switch sign {
      case .add: Intervals.add(first, second)
      case .subtract: Intervals.negate(second).flatMap { Intervals.add(first, $0) }
      case .multiply: Intervals.multiply(first, second)
      case .divide: Intervals.divide(first, second)
      }
    guard let result else { return .anything }
    return Guess(result.content, orNone: left.orNone || right.orNone)
  }

  private func round(_ guess: Guess, _ step: Rational) -> Guess {
    guard case .numbers(let low, let high) = guess.content else { return .none }
    guard let result = Intervals.round((low, high), to: step) else { return .anything }
    return Guess(result.content, orNone: guess.orNone)
  }

  /// Every choice of which of them are there; none of them: none.
  func extreme(_ isLeast: Bool, _ guesses: [Guess]) -> Guess {
    var choices: [[Guess]] = [[]]
    for guess in guesses {
      choices = choices.flatMap { chosen in
        (guess.values.map { [chosen + [$0]] } ?? []) + (guess.orNone ? [chosen] : [])
      }
    }
    return .join(choices.map { extremeOfAll(isLeast, $0) })
  }

  /// The least or greatest of values that are all there.
  private func extremeOfAll(_ isLeast: Bool, _ guesses: [Guess]) -> Guess {
    var lows: [End] = []
    var highs: [End] = []
    for case .numbers(let low, let high) in guesses.map(\.content) {
      lows.append(low)
      highs.append(high)
    }
    guard !lows.isEmpty else { return .none }
    let pick = isLeast ? End.least : End.greatest
    return Guess(.numbers(pick(lows), pick(highs)))
  }

  private func template(_ elements: [TemplateElement], _ environment: Environment) -> Guess {
    var text = ""
    var isOpen = false
    var orNone = false
    for element in elements {
      switch element {
      case .words(let words): text += words
      case .value(let value):
        let guess = self.value(of: value, environment)
        if guess.isNone { return .none }
        if guess.orNone { orNone = true }
        if let words = Printing(library.vocabulary).label(guess, value.type) { text += words } else { isOpen = true }
      }
    }
    if isOpen { return Guess(.anyText, orNone: orNone) }
    return .text(text)
  }
}
