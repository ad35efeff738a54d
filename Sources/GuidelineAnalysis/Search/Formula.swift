/// A question with finitely many answers, one of which every patient has.
package struct VariableID: Hashable, Sendable {
  package let index: Int

  package init(_ index: Int) { self.index = index }
}

/// A statement about variables; equal statements are one.
package struct FormulaID: Hashable, Sendable {
  package let index: Int

  package init(_ index: Int) { self.index = index }
}
