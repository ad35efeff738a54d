internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax

/// The truth of conditions (`semantics.md` §2).
extension Run {
  func truth(of condition: Condition, _ environment: Environment) -> Truth {
    switch condition.form {
    case .constant(let truth): return truth
    case .group(let kind, let members): return group(kind, members.map { truth(of: $0, environment) })
    case .not(let inner): return negation(truth(of: inner, environment))
    case .isTerm(let value, let operands): return isOne(of: operands, value, environment)
    case .isEqual(let value, let others): return isOne(of: others.map(Operand.value), value, environment)
    case .compare(let left, let comparator, let right):
      return compared(value(of: left, environment), comparator, value(of: right, environment))
    case .isKnown(let subject), .isUnknown(let subject), .isNone(let subject):
      return knownTest(condition, subject, environment)
    case .isKnownToBe(let value, let operands): return isKnownToBe(condition, value, operands, environment)
    case .includes(let set, let quantifier, let operands): return includes(set, quantifier, operands, environment)
    case .exists(let rows): return greatest(truths(rows, environment).map(\.truth))
    case .anyPoint(let series, let window, let inner): return anyPoint(series, window, inner, environment)
    case .applies(let rules): return greatest(rules.map(applies))
    case .concluded(let pattern): return isConcluded(pattern, environment)
    }
  }

  func group(_ kind: GroupKind, _ truths: [Truth]) -> Truth {
    switch kind {
    case .all: return least(truths)
    case .any: return greatest(truths)
    case .none: return negation(greatest(truths))
    case .atLeast(let count):
      let certain = truths.filter { $0 == .yes }.count
      let possible = truths.filter { $0 != .no }.count
      return certain >= count ? .yes : possible < count ? .no : .unknown
    }
  }

  // MARK: Membership

  private func isOne(of operands: [Operand], _ value: Value, _ environment: Environment) -> Truth {
    let guess = self.value(of: value, environment)
    let choices = operands.map { self.choices(of: $0, value, environment) }
    let others = choices.compactMap { choice -> [Guess]? in
      if case .guesses(let guesses) = choice { return guesses }
      return nil
    }.flatMap { $0 }
    let truths = guess.samples(beside: others).map { sample in
      greatest(choices.map { isMeant(sample, by: $0, beside: [guess] + others, value.type) })
    }
    return agreed(truths)
  }

  private enum Choice {
    /// Settled, whatever the value.
    case settled(Truth)
    case guesses([Guess])
  }

  /// A cell that is compared may be empty, a set, `any` or `unknown`.
  private func choices(of operand: Operand, _ value: Value, _ environment: Environment) -> Choice {
    switch operand {
    case .term(let term): return .guesses([.term(term)])
    case .value(let other):
      guard let (cell, places) = cell(other, environment) else { return .guesses([self.value(of: other, environment)]) }
      switch cell {
      case .any: return .settled(.yes)
      case .unknown: return .settled(isUnknown(value, environment))
      case .set(let constants): return .guesses(constants.map { translated(guess($0), places) })
      case .one(let constant): return .guesses([translated(guess(constant), places)])
      }
    }
  }

  /// The cell of a knowledge table that a value is taken from, and how its terms are carried over.
  func cell(_ value: Value, _ environment: Environment) -> (Cell, [Int?]?)? {
    switch value.form {
    case .field(let variable, let field):
      guard let cells = environment.rows[variable]?.cells else { return nil }
      return (cells[field], nil)
    case .translated(let inner, let places):
      guard let (cell, _) = cell(inner, environment) else { return nil }
      return (cell, places)
    default: return nil
    }
  }

  private func isUnknown(_ value: Value, _ environment: Environment) -> Truth {
    let variables = Reads.of(value).variables
    if variables.contains(where: { environment.rows[$0]?.isGhost == true }) { return .unknown }
    return frozen(KnownTest(place: .cell(value), rows: environment.keys(of: variables))) {
      Truth(self.value(of: value, environment).isUnknown)
    }
  }

  private func isMeant(_ sample: Sample, by choice: Choice, beside all: [Guess], _ type: ValueType) -> Truth {
    switch choice {
    case .settled(let truth): return truth
    case .guesses(let guesses):
      return greatest(
        guesses.map { guess in
          agreed(guess.samples(beside: all).map { isMeant(sample, by: $0, type) })
        })
    }
  }

  /// Classes for terms, equality for everything else; none is nothing.
  func isMeant(_ sample: Sample, by asked: Sample, _ type: ValueType) -> Truth {
    switch (sample, asked) {
    case (.none, _), (_, .none): return .no
    case (.term(let term), .term(let other)): return classTest(term, other, type)
    case (.number(let first), .number(let second)):
      return Truth(!Exact.isLess(first, second) && !Exact.isLess(second, first))
    default: return Truth(sample == asked)
    }
  }

  /// T: the same or below; U: above, so too coarse to tell.
  private func classTest(_ term: Int, _ asked: Int, _ type: ValueType) -> Truth {
    guard case .term(let group) = type, term != asked else { return Truth(term == asked) }
    if ancestors(of: term, group).contains(asked) { return .yes }
    return ancestors(of: asked, group).contains(term) ? .unknown : .no
  }

  private func ancestors(of term: Int, _ group: GroupID) -> Set<Int> {
    let terms = library.vocabulary[group].terms
    var result: Set<Int> = []
    var current = terms.indices.contains(term) ? terms[term].parent : nil
    while let parent = current, result.insert(parent).inserted { current = terms[parent].parent }
    return result
  }

  // MARK: Knowledge about knowledge

  private func knownTest(_ condition: Condition, _ subject: Subject, _ environment: Environment) -> Truth {
    let variables = condition.variables
    if variables.contains(where: { environment.rows[$0]?.isGhost == true }) { return .unknown }
    return frozen(KnownTest(place: .condition(condition), rows: environment.keys(of: variables))) {
      let isGiven: Bool
      switch subject {
      case .value(let value):
        let guess = self.value(of: value, environment)
        switch condition.form {
        case .isKnown: return Truth(guess.isKnown)
        case .isUnknown: return Truth(guess.isUnknown)
        default: return Truth(guess.isNone)
        }
      case .set(let fact): isGiven = intake.sets[fact] != nil
      case .series(let fact): isGiven = intake.series[fact] != nil
      case .collection(let record): isGiven = intake.records[record] != nil
      }
      switch condition.form {
      case .isKnown: return Truth(isGiven)
      case .isUnknown: return Truth(!isGiven)
      default: return .no
      }
    }
  }

  private func isKnownToBe(
    _ condition: Condition, _ value: Value, _ operands: [Operand], _ environment: Environment
  ) -> Truth {
    let variables = condition.variables
    if variables.contains(where: { environment.rows[$0]?.isGhost == true }) { return .unknown }
    return frozen(KnownTest(place: .condition(condition), rows: environment.keys(of: variables))) {
      let isKnown = self.value(of: value, environment).isKnown
      return Truth(isKnown && isOne(of: operands, value, environment) == .yes)
    }
  }

  // MARK: Sets

  private func includes(
    _ set: SetReference, _ quantifier: SetQuantifier, _ operands: [Operand], _ environment: Environment
  ) -> Truth {
    let type: ValueType
    let elements: [Sample]?
    switch set {
    case .fact(let fact):
      type = library.vocabulary[fact].type
      elements = intake.sets[fact]?.map(Sample.term)
    case .column(let variable, let field):
      guard let row = environment.rows[variable], let cells = row.cells, case .table(let table, _) = row.key
      else { return .unknown }
      type = library[table].columns[field].type
      switch cells[field] {
      case .any: return quantifier == .none ? .no : .yes
      case .unknown: return .unknown
      case .set(let constants): elements = constants.flatMap { guess($0).samples(beside: []) }
      case .one(let constant): elements = guess(constant).samples(beside: [])
      }
    }
    let truths = operands.map { includes(elements, $0, type, environment) }
    switch quantifier {
    case .any: return greatest(truths)
    case .all: return least(truths)
    case .none: return negation(greatest(truths))
    }
  }

  private func includes(
    _ elements: [Sample]?, _ operand: Operand, _ type: ValueType, _ environment: Environment
  ) -> Truth {
    let guesses: [Guess]
    switch operand {
    case .term(let term): guesses = [.term(term)]
    case .value(let value):
      switch cell(value, environment) {
      case (.any, _)?: return .yes
      case (.set(let constants), let places)?: guesses = constants.map { translated(guess($0), places) }
      default: guesses = [self.value(of: value, environment)]
      }
    }
    return greatest(
      guesses.map { guess -> Truth in
        guard let elements else { return guess.isNone ? .no : .unknown }
        return agreed(
          guess.samples(beside: []).map { asked in greatest(elements.map { isMeant($0, by: asked, type) }) })
      })
  }

  // MARK: Points and conclusions

  private func anyPoint(
    _ series: FactID, _ window: Window?, _ condition: Condition, _ environment: Environment
  ) -> Truth {
    guard let points = points(of: series, window, environment) else { return .unknown }
    return greatest(
      points.map { member, point in
        var environment = environment
        environment.point = point.value
        return least([member, truth(of: condition, environment)])
      })
  }

  private func isConcluded(_ pattern: Pattern, _ environment: Environment) -> Truth {
    if isBlind { return .unknown }
    return greatest(
      conclusions.values.joined().map { concluded in
        least([match(pattern, concluded.key.kind, concluded.key.fields, environment), concluded.stands])
      })
  }

  /// How far a conclusion fits a pattern: names exactly, a list as one of, `any` as being there.
  func match(_ pattern: Pattern, _ kind: KindID, _ fields: [Int: Guess], _ environment: Environment) -> Truth {
    guard kind == pattern.kind else { return .no }
    return least(
      pattern.fields.map { wanted in
        guard let field = fields[wanted.field] else { return .no }
        guard let values = wanted.values else { return field.orNone ? .unknown : .yes }
        let others = values.map { value(of: $0, environment) }
        let truths = field.samples(beside: others).map { sample in
          greatest(
            others.map { other in
              agreed(
                other.samples(beside: [field] + others).map { asked in
                  Truth(sample != .none && sample == asked)
                })
            })
        }
        return agreed(truths)
      })
  }
}

extension Condition {
  var variables: Set<Int> { Reads.of(self).variables }
}
