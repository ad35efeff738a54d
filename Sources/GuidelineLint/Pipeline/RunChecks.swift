internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineModel
internal import LocatedYAML
internal import SourceText

/// What the checks found, and the answers about all patients that were used for it.
private struct CheckResults {
  var found: [CheckFindings] = []
  var learned = KnownAnswers()
}

func runChecks(
  _ context: LintContext, _ settings: LintSettings, known: KnownAnswers, on workers: some Workers
) -> (found: [Diagnostic], learned: KnownAnswers) {
  let here = Catalogue.checks.filter { !$0.isLibraryWide }
  let wanted = here.filter { settings.wants($0.code.id, $0.code.name) }
  let checks = wanted.filter { $0.find != nil }
  let judges = wanted.filter { $0.judge != nil }
  var known = known
  // What is in force together first: it takes longest. Then the test cases, which are run once for all who judge them.
  let together = analyses(wanted, context) { !$0.isLonely }
  let others = (judges.isEmpty ? 0 : 1) + checks.count
  var results = workers.map(together.count + others) { [known] index in
    if index < together.count { return analyse(together[index], context, known: known) }
    guard index >= together.count + others - checks.count else { return judge(judges, context, known: known) }
    return CheckResults(found: [checks[index - (together.count + others - checks.count)].findings(in: context)])
  }
  for result in results { known.add(result.learned) }
  // Most of what is asked of a guideline alone was answered with the others.
  // Each is a small company: what one family of checks finds out serves the next.
  let alone = analyses(wanted, context, inOne: true) { $0.isLonely }
  let rest = workers.map(alone.count) { [known] in analyse(alone[$0], context, known: known) }
  results.insert(contentsOf: rest, at: together.count)
  var learned = KnownAnswers()
  for result in results { learned.add(result.learned) }
  // Checks that were not asked for this time may be so the next time.
  if wanted.count < here.count { learned.add(known) }
  return (findings(results.flatMap(\.found), context), learned)
}

/// What an earlier layer has reported at the same place is not reported again in other words.
func findings(_ found: [CheckFindings], _ context: LintContext) -> [Diagnostic] {
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
  _ wanted: [Check], _ context: LintContext, inOne: Bool = false, _ isMeant: (Company) -> Bool
) -> [FamilyAnalysis] {
  var families: [(name: Substring, checks: [Check])] = []
  for check in wanted where check.analyse != nil {
    let name = inOne ? "" : check.code.id.prefix(4)
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
  // A part that is left out, or a file that could not be read, could be the exception that is missing.
  let company = context.companies[job.company]
  guard company.isWhole, !context.isIncomplete, var analysis = CompanyAnalysis(company, context, known: known) else {
    return CheckResults()
  }
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

extension Check {
  /// What it finds in content alone.
  func findings(in context: LintContext) -> CheckFindings {
    var found = CheckFindings(code: code)
    find?(context, &found)
    return found
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
