internal import GuidelineKit
internal import GuidelineModel
internal import LocatedYAML
package import SourceText

/// Finds all that is wrong with a library: what reading it reports, then what the checks find, layer by layer.
///
/// Parts that have nothing to do with each other are looked at one by one, and those that an earlier run has looked at
/// (`settings.answers`) are not looked at again. Nothing is read or written here, and the report is the same however
/// many workers there are, and whatever was kept.
package func lint(
  _ files: SourceFiles, _ settings: LintSettings, on workers: some Workers = InOrder()
) -> LintReport {
  let inputs = LintInputs(files, settings)
  let read = ReadFiles(files, inputs, on: workers)
  let examiner = Examiner(read: read, inputs: inputs, settings: settings)
  let examined = settings.against == nil ? examiner.examine(on: workers) : examiner.compare(on: workers)
  var scratch = Diagnostics()
  let vocabulary = resolveVocabulary(read.syntax, into: &scratch)
  let outcome = LintOutcome(
    syntax: read.syntax, configuration: examiner.configuration, vocabulary: vocabulary, families: examined.families,
    changes: examined.changes)
  let found = examined.families.flatMap(\.found)
  let wanted = (found + acrossFamilies(outcome, examiner, besides: found)).filter {
    settings.wants($0.code.id, $0.code.name)
  }
  var report = report(withMeantNames(wanted, in: inputs.files), outcome, inputs, settings)
  report.changes = examined.changes
  // A comparison is made anew each time, and takes nothing away from what is kept of the library.
  report.answers = settings.against == nil ? KeptFamilies(examined.families, inputs.files).bytes : settings.answers
  return report
}

/// The files of a run: the library's, then those of the linter itself.
struct LintInputs {
  var files: SourceFiles
  var configuration: FileID?
  var baseline: FileID?

  init(_ files: SourceFiles, _ settings: LintSettings) {
    self.files = files
    configuration = settings.configuration.map { self.files.add(path: $0.path, bytes: $0.bytes) }
    baseline = settings.baseline.map { self.files.add(path: $0.path, bytes: $0.bytes) }
  }
}

/// What is known of a whole library when its findings are judged.
struct LintOutcome {
  let syntax: LibrarySyntax
  let configuration: Configuration
  /// Of all families.
  let vocabulary: Vocabulary
  let families: [ExaminedFamily]
  let changes: LibraryChanges?

  /// Whether everything was read, and nothing left out anywhere: only then "nobody reads it" can be said.
  var isWhole: Bool { families.allSatisfy(\.isWhole) }

  /// The statements of all sources, as `source#statement`.
  var statements: Set<String> { Set(families.flatMap(\.statements)) }
}

/// What the checks find that compare parts of a library that have nothing else to do with each other.
private func acrossFamilies(
  _ outcome: LintOutcome, _ examiner: Examiner, besides found: [Diagnostic]
) -> [Diagnostic] {
  let settings = examiner.settings
  let checks = Catalogue.checks.filter { $0.isLibraryWide && settings.wants($0.code.id, $0.code.name) }
  guard !checks.isEmpty else { return [] }
  let context = LintContext(
    files: examiner.inputs.files, syntax: outcome.syntax, vocabulary: outcome.vocabulary, companies: [], suites: [:],
    today: settings.today, configuration: outcome.configuration,
    library: GuidelineLibrary(outcome.syntax, vocabulary: outcome.vocabulary, found: Diagnostics()),
    faults: Faults(found), isIncomplete: settings.isIncomplete)
  return findings(checks.map { $0.findings(in: context) }, context)
}
