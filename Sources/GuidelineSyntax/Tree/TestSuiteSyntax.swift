package import SourceText

/// Patients, and what must and must not be concluded for them.
package struct TestSuiteSyntax: Hashable, Sendable {
  package var today: LocatedText?
  /// `library: all`, or absent.
  package var library: LocatedText?
  /// Pins: `id@edition` or `id@version`.
  package var use: [LocatedText]?
  package var cases: [TestCaseSyntax] = []

  package init() {}
}

/// One patient with what is expected.
package struct TestCaseSyntax: Hashable, Sendable {
  package var name: LocatedText
  package var title: LocatedText?
  /// The case whose `given`, `today` and `use` are taken over.
  package var from: LocatedText?
  package var given: DataSyntax?
  package var today: LocatedText?
  package var use: [LocatedText]?
  package var expect: [PatternSyntax] = []
  package var never: [PatternSyntax] = []
  package var needs: [LocatedText] = []
  package var derives: [DerivedExpectationSyntax] = []
  package var conflicts: [ConflictExpectationSyntax] = []
  package var outOfScope: [LocatedText] = []
  package var span: Span

  package init(name: LocatedText, span: Span) {
    self.name = name
    self.span = span
  }
}

/// A fact or definition and the value it must have.
package struct DerivedExpectationSyntax: Hashable, Sendable {
  package var name: LocatedText
  package var value: DataSyntax

  package init(name: LocatedText, value: DataSyntax) {
    self.name = name
    self.value = value
  }
}

/// A conflict that must be reported: between facts, or between two conclusions.
package enum ConflictExpectationSyntax: Hashable, Sendable {
  case facts([LocatedText], Span)
  case conclusions(PatternSyntax, PatternSyntax, Span)
}
