/// When a condition is true, and when it is false; otherwise it is unknown.
struct TruthFormula: Hashable {
  var isTrue: FormulaID
  var isFalse: FormulaID

  static prefix func ! (truth: TruthFormula) -> TruthFormula {
    TruthFormula(isTrue: truth.isFalse, isFalse: truth.isTrue)
  }
}

extension FormulaStore {
  mutating func all(_ truths: [TruthFormula]) -> TruthFormula {
    TruthFormula(isTrue: all(truths.map(\.isTrue)), isFalse: any(truths.map(\.isFalse)))
  }

  mutating func any(_ truths: [TruthFormula]) -> TruthFormula {
    TruthFormula(isTrue: any(truths.map(\.isTrue)), isFalse: all(truths.map(\.isFalse)))
  }
}
