package import SourceText

/// One thing that can be wrong with content: its code, its page, and how it is found.
///
/// Each check stands in a file of its own, named after its id and name; `Catalogue` lists them all.
package struct Check: Sendable {
  /// What a check has to know before it can ask.
  ///
  /// Parts that a finding of an earlier layer broke are left out of the later ones.
  package enum Layer: Int, Sendable, Comparable, CaseIterable {
    /// The bytes of a file.
    case text
    /// What was written: keys, conditions, comments.
    case syntax
    /// What was meant: names, types, units, statements.
    case library
    /// All patients: the exact analysis.
    case analysis
    /// The test cases, and what they reach.
    case tests
    /// Another version of the same library.
    case change

    package static func < (left: Layer, right: Layer) -> Bool { left.rawValue < right.rawValue }
  }

  package let code: DiagnosticCode
  package let layer: Layer
  package let page: CheckPage
  /// It offers a change that mends what it finds, at least for some findings.
  package let isFixable: Bool
  /// It guards patients: a comment beside the finding cannot silence it, only the project's configuration can.
  package let isSafety: Bool
  /// It compares parts of a library that have nothing else to do with each other.
  let isLibraryWide: Bool
  /// Nil: the stage that reads content reports it, and only the page stands here.
  let find: (@Sendable (LintContext, inout CheckFindings) -> Void)?
  /// Asks about all patients, in one company after the other; nil: it asks nothing of that kind.
  let analyse: (@Sendable (inout CompanyAnalysis, inout CheckFindings) -> Void)?
  /// Judges the test cases, after the engine has run all of them once; nil: it asks nothing of that kind.
  let judge: (@Sendable (inout TestEvidence, inout CheckFindings) -> Void)?

  init(
    _ code: DiagnosticCode, _ layer: Layer, isSafety: Bool = false, isFixable: Bool = false,
    isLibraryWide: Bool = false,
    _ page: CheckPage, find: (@Sendable (LintContext, inout CheckFindings) -> Void)? = nil
  ) {
    self.code = code
    self.layer = layer
    self.isSafety = isSafety
    self.isFixable = isFixable
    self.isLibraryWide = isLibraryWide
    self.page = page
    self.find = find
    analyse = nil
    judge = nil
  }

  /// A check of the analysis: it is run once for each company, with what the checks before it found out.
  init(
    _ code: DiagnosticCode, isSafety: Bool = false, isFixable: Bool = false, _ page: CheckPage,
    analyse: @escaping @Sendable (inout CompanyAnalysis, inout CheckFindings) -> Void
  ) {
    self.code = code
    layer = .analysis
    self.isSafety = isSafety
    self.isFixable = isFixable
    isLibraryWide = false
    self.page = page
    find = nil
    self.analyse = analyse
    judge = nil
  }

  /// A check of the test cases: the cases are run once for all checks of this kind, and only if one of them is wanted.
  init(
    _ code: DiagnosticCode, isFixable: Bool = false, _ page: CheckPage,
    judge: @escaping @Sendable (inout TestEvidence, inout CheckFindings) -> Void
  ) {
    self.code = code
    layer = .tests
    isSafety = false
    self.isFixable = isFixable
    isLibraryWide = false
    self.page = page
    find = nil
    analyse = nil
    self.judge = judge
  }
}

/// What a check has found: each finding has the check's code.
package struct CheckFindings: Sendable {
  let code: DiagnosticCode
  private(set) var items: [Diagnostic] = []
  /// Findings that count only when nobody who looked at the same piece of content disagrees.
  private(set) var ifEverywhere: [(item: Span, finding: Diagnostic)] = []
  private(set) var acquitted: Set<Span> = []
  /// Pieces of content that somebody could not prove to be without effect: a fix of theirs may change results.
  private(set) var doubted: Set<Span> = []

  init(code: DiagnosticCode) { self.code = code }

  mutating func report(_ diagnostic: Diagnostic) { items.append(diagnostic) }

  mutating func report(
    _ message: String, at span: Span?, label: String? = nil, related: [RelatedPlace] = [], notes: [String] = [],
    help: [String] = [], fixes: [Fix] = [], example: ExamplePatient? = nil, subjects: [String] = []
  ) {
    var item = Diagnostic(
      code, message, at: span, label: label, related: related, notes: notes, help: help, fixes: fixes,
      example: example)
    item.subjects = subjects
    items.append(item)
  }
}

extension CheckFindings {
  /// Reports that something never happens: it counts when it happens in no company of documents.
  mutating func reportIfEverywhere(
    _ item: Span, _ message: String, at span: Span, label: String? = nil, related: [RelatedPlace] = [],
    notes: [String] = [], help: [String], fixes: [Fix] = []
  ) {
    let finding = Diagnostic(
      code, message, at: span, label: label, related: related, notes: notes, help: help, fixes: fixes)
    ifEverywhere.append((item, finding))
  }

  /// In this company the piece of content does what it is for.
  mutating func acquit(_ item: Span) { acquitted.insert(item) }

  /// In this company it is not proved that the piece of content has no effect at all.
  mutating func doubt(_ item: Span) { doubted.insert(item) }

  /// Says that a question was not decided: nothing was found, and nothing excluded.
  mutating func reportUndecided(_ message: String, at span: Span?, help: [String] = []) {
    report(Diagnostic(Check.analysisBudgetReached.code, message, at: span, help: help))
  }
}

/// What `guideline-lint explain` tells of a check.
package struct CheckPage: Sendable {
  /// One sentence: what is found.
  package let summary: String
  /// What it may do to a patient, or to the reader.
  package let why: String
  /// Content that shows it.
  package let example: String
  /// The same content, mended.
  package let mended: String
  /// What else to know: what is not found, limits, sources; nil: nothing.
  package let notes: String?

  init(summary: String, why: String, example: String, mended: String, notes: String? = nil) {
    self.summary = summary
    self.why = why
    self.example = example
    self.mended = mended
    self.notes = notes
  }
}
