/// What a search found out.
package enum SearchOutcome: Hashable, Sendable {
  /// A way to satisfy every goal and everything that is required.
  case found(Assignment)
  /// There is none.
  case impossible
  /// The steps ran out before either was known.
  case exhausted
}

/// Values of some variables, in ascending order of the variables.
///
/// A variable that is not named does not matter: the named ones satisfy every goal and every required formula that
/// mentions one of them, whatever values the others have.
package struct Assignment: Hashable, Sendable {
  /// One variable and its value.
  package struct Choice: Hashable, Sendable {
    package let variable: VariableID
    package let value: Int

    package init(_ variable: VariableID, _ value: Int) {
      self.variable = variable
      self.value = value
    }
  }

  // INVARIANT: ascending by variable, each variable at most once.
  package let choices: [Choice]

  init(ascending choices: [Choice]) { self.choices = choices }

  /// The value of a variable, if it matters.
  package subscript(_ variable: VariableID) -> Int? {
    var low = 0
    var high = choices.count
    while low < high {
      let middle = (low + high) / 2
      if choices[middle].variable.index < variable.index { low = middle + 1 } else { high = middle }
    }
    return low < choices.count && choices[low].variable == variable ? choices[low].value : nil
  }
}
