internal import ClinicalValues
internal import GuidelineAnalysis
internal import GuidelineCompiler
internal import GuidelineKit
internal import GuidelineModel
internal import LocatedYAML
internal import RuleEngine
internal import SourceText

/// The files of a library, read one by one.
struct ReadFiles: Sendable {
  let syntax: LibrarySyntax
  /// What is wrong with each file by itself.
  let found: [FileID: Diagnostics]

  init(_ library: SourceFiles, _ inputs: LintInputs, on workers: some Workers) {
    let parts = workers.map(library.all.count) { index in
      var found = Diagnostics()
      return (readLibraryFile(library.all[index], into: &found), found)
    }
    syntax = LibrarySyntax(inputs.files, parts: parts.map(\.0))
    var found: [FileID: Diagnostics] = [:]
    for (file, part) in zip(library.all, parts) where !part.1.isEmpty { found[file.id] = part.1 }
    self.found = found
  }
}

/// Looks at a library family by family.
struct Examiner: Sendable {
  let read: ReadFiles
  let inputs: LintInputs
  let settings: LintSettings
  let configuration: Configuration
  private let kept: KeptFamilies

  init(read: ReadFiles, inputs: LintInputs, settings: LintSettings) {
    self.read = read
    self.inputs = inputs
    self.settings = settings
    configuration =
      inputs.configuration.map { readConfiguration(inputs.files[$0], on: settings.today) } ?? Configuration()
    kept = KeptFamilies(settings.answers, inputs.files)
  }

  /// What is found in each family, those that are known already among them.
  func examine(on workers: some Workers) -> (families: [ExaminedFamily], changes: LibraryChanges?) {
    let parts = families(of: read.syntax)
    let keys = workers.map(parts.count) { key(of: parts[$0]) }
    // One family is looked at by all workers together, several by one each.
    let whole = keys.count == 1 ? keys[0] : key(ofAll: keys)
    if let known = kept.family(whole) { return ([known], nil) }
    if parts.count > 1 {
      var known = keys.map { kept.family($0) }
      let open = known.indices.filter { known[$0] == nil }
      let fresh = workers.map(open.count) { examine(parts[open[$0]], keys[open[$0]], on: workers) }
      for (index, family) in zip(open, fresh) { known[index] = family }
      let found = known.compactMap(\.self)
      if !found.contains(where: \.lacksNames), found.map(\.nodes).reduce(0, +) <= Self.mostNodes { return (found, nil) }
    }
    return ([examine(read.syntax, whole, on: workers)], nil)
  }

  /// Rules of families that are in force together are counted together.
  private static let mostNodes = 65_535

  /// What is found in a library that is compared with an earlier version.
  func compare(on workers: some Workers) -> (families: [ExaminedFamily], changes: LibraryChanges?) {
    guard let against = settings.against else { return examine(on: workers) }
    let earlier = LintSettings(today: settings.today)
    let inputs = LintInputs(against, earlier)
    let files = ReadFiles(against, inputs, on: workers)
    let before = Examiner(read: files, inputs: inputs, settings: earlier).context(of: files.syntax, on: workers)
    var context = context(of: read.syntax, on: workers)
    let changes = compareLibraries(before: before, after: context, on: workers)
    context.changes = changes
    for file in settings.changelogs { context.changelogs[folder(of: file.path)] = Changelog(file) }
    return ([examine(context, key: 0, on: workers)], changes)
  }

  // MARK: One family

  private func examine(_ syntax: LibrarySyntax, _ key: UInt64, on workers: some Workers) -> ExaminedFamily {
    examine(context(of: syntax, on: workers), key: key, on: workers)
  }

  private func examine(_ context: LintContext, key: UInt64, on workers: some Workers) -> ExaminedFamily {
    let paths = paths(of: context.syntax)
    var known = KnownAnswers()
    for answers in kept.answers(near: paths) { known.add(KnownAnswers(answers, context.vocabulary)) }
    let checked = runChecks(context, settings, known: known, on: workers)
    var family = ExaminedFamily(paths: paths, key: key)
    family.found = context.faults.items + checked.found
    family.isWhole = context.isWhole
    family.lacksNames = context.faults.items.contains { namesNotSeen.contains($0.code.id) }
    (family.rulesAnalysed, family.rules) = writtenRules(context)
    family.choices = context.companies.count { $0.program != nil }
    family.nodes = context.companies.filter(\.isTogether).map { $0.program?.graph.rules.count ?? 0 }.max() ?? 0
    family.statements = context.statements.sorted()
    family.answers = writtenAnswers(checked.learned, context.vocabulary)
    return family
  }

  private func context(of syntax: LibrarySyntax, on workers: some Workers) -> LintContext {
    var found = Diagnostics()
    for file in files(of: syntax) { if let own = read.found[file.id] { found.append(own) } }
    let checked = checkCompanies(syntax, on: workers, into: &found)
    let companies = compile(checked, syntax, on: workers, into: &found)
    let faults = withoutFollowUps(
      found.sorted(in: inputs.files), syntax, checked.vocabulary, isIncomplete: settings.isIncomplete)
    return LintContext(
      files: inputs.files, syntax: syntax, vocabulary: checked.vocabulary, companies: companies, suites: checked.suites,
      today: settings.today, configuration: configuration,
      library: GuidelineLibrary(syntax, vocabulary: checked.vocabulary, found: found),
      faults: Faults(faults), isIncomplete: settings.isIncomplete)
  }

  // MARK: Keys

  private func files(of syntax: LibrarySyntax) -> [SourceFile] {
    let documents = Set(syntax.documents.map(\.file))
    return inputs.files.all.filter { documents.contains($0.id) || syntax.tables[$0.path] != nil }
  }

  private func paths(of syntax: LibrarySyntax) -> [String] { files(of: syntax).map(\.path).sorted() }

  private func key(of syntax: LibrarySyntax) -> UInt64 {
    var hash = settingsHash
    for file in files(of: syntax).sorted(by: { $0.path < $1.path }) {
      hash.add(file.path)
      hash.add(file.bytes)
    }
    return hash.value
  }

  private func key(ofAll keys: [UInt64]) -> UInt64 {
    var hash = settingsHash
    for key in keys { hash.add(String(key)) }
    return hash.value
  }

  /// All that a finding depends on besides the content.
  private var settingsHash: FNV {
    var hash = FNV()
    hash.add(settings.today.iso)
    hash.add("\(settings.select) \(settings.ignore) \(settings.isIncomplete)")
    hash.add(settings.configuration?.path ?? "")
    hash.add(settings.configuration?.bytes ?? [])
    return hash
  }
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
      ? resolve(
        selection.selected, of: syntax, vocabulary: checked.vocabulary, knowing: checked.tables, into: &scratch)
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
