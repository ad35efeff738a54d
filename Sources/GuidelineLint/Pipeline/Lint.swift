internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineKit
internal import GuidelineModel
internal import LocatedYAML
package import SourceText

/// Finds all that is wrong with a library: what reading it reports, then what the checks find, layer by layer.
///
/// Nothing is read or written here, and the report is the same however many workers there are.
package func lint(
  _ files: SourceFiles, _ settings: LintSettings, on workers: some Workers = InOrder()
) -> LintReport {
  let inputs = LintInputs(files, settings)
  var context = readContext(files, inputs, settings, on: workers)
  compare(&context, settings, on: workers)
  let checked = runChecks(context, settings, on: workers)
  let wanted = (context.faults.items + checked.found).filter { settings.wants($0.code.id, $0.code.name) }
  let found = withMeantNames(wanted, in: inputs.files)
  var report = report(found, context, inputs, settings)
  report.changes = context.changes
  report.answers = writtenAnswers(checked.learned, context.vocabulary)
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

/// Says how the library differs from the earlier version, if there is one.
private func compare(_ context: inout LintContext, _ settings: LintSettings, on workers: some Workers) {
  guard let against = settings.against else { return }
  let inputs = LintInputs(against, LintSettings(today: settings.today))
  let before = readContext(against, inputs, LintSettings(today: settings.today), on: workers)
  context.changes = compareLibraries(before: before, after: context, on: workers)
  for file in settings.changelogs { context.changelogs[folder(of: file.path)] = Changelog(file) }
}

// MARK: Reading

private func readContext(
  _ library: SourceFiles, _ inputs: LintInputs, _ settings: LintSettings, on workers: some Workers
) -> LintContext {
  var found = Diagnostics()
  let parts = workers.map(library.all.count) { index in
    var found = Diagnostics()
    return (readLibraryFile(library.all[index], into: &found), found)
  }
  for (_, faults) in parts { found.append(faults) }
  let syntax = LibrarySyntax(inputs.files, parts: parts.map(\.0))
  let checked = checkCompanies(syntax, on: workers, into: &found)
  let companies = compile(checked, syntax, on: workers, into: &found)
  let faults = withoutFollowUps(
    found.sorted(in: inputs.files), syntax, checked.vocabulary, isIncomplete: settings.isIncomplete)
  return LintContext(
    files: inputs.files, syntax: syntax, vocabulary: checked.vocabulary, companies: companies, suites: checked.suites,
    today: settings.today,
    configuration: inputs.configuration.map { readConfiguration(inputs.files[$0], on: settings.today) }
      ?? Configuration(),
    library: GuidelineLibrary(syntax, vocabulary: checked.vocabulary, found: found),
    faults: Faults(faults), isIncomplete: settings.isIncomplete)
}

/// Compiles what is in force together, and every guideline alone.
///
/// A guideline alone is a way to use it, and no company that content must be valid in: its faults are not reported.
private func compile(
  _ checked: CheckedLibrary, _ syntax: LibrarySyntax, on workers: some Workers, into diagnostics: inout Diagnostics
) -> [Company] {
  let lonely = lonelySelections(of: syntax, besides: checked.companies.map(\.selection))
  let known = checked.companies.count
  let compiled = workers.map(known + lonely.count) { index in
    let isLonely = index >= known
    let selection = isLonely ? lonely[index - known] : checked.companies[index].selection
    var scratch = Diagnostics()
    let library =
      isLonely
      ? resolve(selection.selected, of: syntax, vocabulary: checked.vocabulary, into: &scratch)
      : checked.companies[index].library
    var found = Diagnostics()
    let program = Program.compile(library, into: &found)
    let company = Company(
      name: selection.name, day: selection.day, isLonely: isLonely, isTogether: selection.isTogether,
      selected: selection.selected, library: library, program: program,
      leftOut: leftOutParts(selection.selected, of: syntax, from: library))
    return (company, isLonely ? Diagnostics() : found)
  }
  for (_, faults) in compiled { diagnostics.append(faults) }
  return compiled.map(\.0)
}

// MARK: Checks

/// What the checks found, and the answers about all patients that were used for it.
private struct CheckResults {
  var found: [CheckFindings] = []
  var learned = KnownAnswers()
}

private func runChecks(
  _ context: LintContext, _ settings: LintSettings, on workers: some Workers
) -> (found: [Diagnostic], learned: KnownAnswers) {
  let wanted = Catalogue.checks.filter { settings.wants($0.code.id, $0.code.name) }
  let checks = wanted.filter { $0.find != nil }
  let judges = wanted.filter { $0.judge != nil }
  var known = KnownAnswers(settings.answers, context.vocabulary)
  // What is in force together first: it takes longest. Then the test cases, which are run once for all who judge them.
  let together = analyses(wanted, context) { !$0.isLonely }
  let others = (judges.isEmpty ? 0 : 1) + checks.count
  var results = workers.map(together.count + others) { [known] index in
    if index < together.count { return analyse(together[index], context, known: known) }
    guard index >= together.count + others - checks.count else { return judge(judges, context, known: known) }
    let check = checks[index - (together.count + others - checks.count)]
    var found = CheckFindings(code: check.code)
    check.find?(context, &found)
    return CheckResults(found: [found])
  }
  for result in results { known.add(result.learned) }
  // Most of what is asked of a guideline alone was answered with the others.
  let alone = analyses(wanted, context) { $0.isLonely }
  let rest = workers.map(alone.count) { [known] in analyse(alone[$0], context, known: known) }
  results.insert(contentsOf: rest, at: together.count)
  var learned = KnownAnswers()
  for result in results { learned.add(result.learned) }
  // Checks that were not asked for this time may be so the next time.
  if wanted.count < Catalogue.checks.count { learned.add(known) }
  return (findings(results.flatMap(\.found), context), learned)
}

/// What an earlier layer has reported at the same place is not reported again in other words.
private func findings(_ found: [CheckFindings], _ context: LintContext) -> [Diagnostic] {
  once(together(found, besides: unknowable(context), isWhole: context.isWhole)).filter { item in
    guard let span = item.span, item.code.id != Check.analysisIncomplete.code.id else { return true }
    return !context.faults.covers(span)
  }
}

/// Checks of one family that ask about the patients of one company: one after the other, so that each may use what those
/// before it found out.
private struct FamilyAnalysis {
  var company: Int
  var checks: [Check]
}

private func analyses(
  _ wanted: [Check], _ context: LintContext, _ isMeant: (Company) -> Bool
) -> [FamilyAnalysis] {
  var families: [(name: Substring, checks: [Check])] = []
  for check in wanted where check.analyse != nil {
    let name = check.code.id.prefix(4)
    if families.last?.name != name { families.append((name, [])) }
    families[families.count - 1].checks.append(check)
  }
  let companies = context.companies.indices.filter { index in
    isMeant(context.companies[index]) && context.isAnalysed(context.companies[index])
  }
  return companies.flatMap { company in families.map { FamilyAnalysis(company: company, checks: $0.checks) } }
}

/// Runs the checks of the analysis over one company.
private func analyse(_ job: FamilyAnalysis, _ context: LintContext, known: KnownAnswers) -> CheckResults {
  // A part that is left out could be the exception that is missing.
  let company = context.companies[job.company]
  guard company.isWhole, var analysis = CompanyAnalysis(company, context, known: known) else { return CheckResults() }
  let found = job.checks.map { check in
    var found = CheckFindings(code: check.code)
    check.analyse?(&analysis, &found)
    return found
  }
  return CheckResults(found: found, learned: analysis.analysis.learned)
}

/// Runs the test cases, and the checks that judge them.
private func judge(_ checks: [Check], _ context: LintContext, known: KnownAnswers) -> CheckResults {
  guard var evidence = TestEvidence(context, known: known) else { return CheckResults() }
  let found = checks.map { check in
    var found = CheckFindings(code: check.code)
    check.judge?(&evidence, &found)
    return found
  }
  return CheckResults(found: found, learned: evidence.learned)
}

/// Files of companies of which something was left out: nobody knows what would happen with it.
private func unknowable(_ context: LintContext) -> Set<FileID> {
  var files: Set<FileID> = []
  for company in context.companies where !company.isWhole {
    files.formUnion(company.selected.map { context.syntax.trees[$0].file })
    files.formUnion(company.library.tables.compactMap { $0.rows.first?.span.file })
  }
  return files
}

/// All findings; what never happens in one company may happen in another, and then nothing is said.
///
/// A fix is safe when that is proved in all of them: so it never is while a part of the library is broken.
private func together(
  _ found: [CheckFindings], besides unknowable: Set<FileID>, isWhole: Bool
) -> [Diagnostic] {
  var acquitted: [DiagnosticCode: Set<Span>] = [:]
  var doubted: [DiagnosticCode: Set<Span>] = [:]
  for part in found {
    acquitted[part.code, default: []].formUnion(part.acquitted)
    doubted[part.code, default: []].formUnion(part.doubted)
  }
  return found.flatMap { part in
    part.items
      + part.ifEverywhere.filter {
        acquitted[part.code]?.contains($0.item) != true && !unknowable.contains($0.item.file)
      }.map { item, finding in
        isWhole && doubted[part.code]?.contains(item) != true ? finding : finding.withoutSafeFixes
      }
  }
}

extension Diagnostic {
  fileprivate var withoutSafeFixes: Diagnostic {
    var item = self
    for index in item.fixes.indices { item.fixes[index].safety = .edit }
    return item
  }
}

/// What several companies show is said once: the first of them has the word.
private func once(_ found: [Diagnostic]) -> [Diagnostic] {
  struct Place: Hashable {
    var id: String
    var message: String
    var span: Span?
  }
  var seen: Set<Place> = []
  return found.filter { item in
    seen.insert(Place(id: item.code.id, message: item.message, span: item.span)).inserted
  }
}
