package import SourceText

/// A library in which what was found is mended as far as it may be, and what is found in it now.
package struct FixedLibrary: Sendable {
  /// The report on the files as they were.
  package var reportBefore: LintReport
  /// The report on the mended files.
  package var report: LintReport
  /// By path: the files that are not what they were.
  package var changed: [ChangedFile] = []
  /// In the order in which they were carried out.
  package var applied: [AppliedFix] = []
  /// Fixes that were taken back, because the file or the library would have been worse with them.
  package var refused = 0
  /// Nothing is left that could be carried out; false: it was given up after many rounds.
  package var isFinished = true
}

/// A file before and after.
package struct ChangedFile: Sendable {
  package var path: String
  package var before: [UInt8]
  package var after: [UInt8]

  package init(path: String, before: [UInt8], after: [UInt8]) {
    self.path = path
    self.before = before
    self.after = after
  }
}

/// So many times the library is looked at again; each round mends at least one finding.
private let mostRounds = 25

/// Mends what may be mended, looks again, and goes on until nothing is left to do.
///
/// `only`: the paths of the files that may be changed; nil: all. A file whose structure cannot be understood is never
/// changed, and no fix stays that would make a file one; a safe fix that brought a new error is taken back.
package func fix(
  _ files: SourceFiles, _ settings: LintSettings, _ level: FixLevel, only: Set<String>? = nil,
  on workers: some Workers = InOrder()
) -> FixedLibrary {
  var round = FixRound(files: files, settings: settings)
  let first = lint(files, settings, on: workers)
  var fixed = FixedLibrary(reportBefore: first, report: first)
  var refused: Set<FixPlan.Key> = []
  for number in 0... {
    var plan = FixPlan(
      fixed.report, level,
      mayChange: { file in round.mayChange(file) && only?.contains(fixed.report.files[file].path) ?? true },
      without: refused)
    let unreadable = round.unreadable(after: plan, in: fixed.report.files)
    refused.formUnion(plan.drop(unreadable))
    if plan.fixes.isEmpty, !unreadable.isEmpty { continue }
    guard !plan.fixes.isEmpty else { break }
    guard number < mostRounds else {
      fixed.isFinished = false
      break
    }
    var next = round
    let outcome = plan.outcome(in: fixed.report.files)
    guard !outcome.isEmpty else {
      // What changes nothing would be found again for ever.
      refused.formUnion(plan.fixes.map(\.key))
      continue
    }
    next.take(outcome, knowing: fixed.report.answers)
    let report = lint(next.files, next.settings, on: workers)
    if plan.fixes.allSatisfy({ $0.applied.safety == .safe }), report.hasErrors(besides: fixed.report) {
      refused.formUnion(plan.fixes.map(\.key))
      continue
    }
    round = next
    fixed.report = report
    fixed.applied += plan.fixes.map(\.applied)
  }
  fixed.refused = refused.count
  fixed.changed = round.changes(since: FixRound(files: files, settings: settings))
  return fixed
}

/// The files as they are in one round.
private struct FixRound {
  private(set) var files: SourceFiles
  private(set) var settings: LintSettings

  init(files: SourceFiles, settings: LintSettings) {
    self.files = files
    self.settings = settings
  }

  private var configuration: FileID? { settings.configuration.map { _ in FileID(files.all.count) } }

  /// The content and the configuration; the list of known findings is written by another command.
  func mayChange(_ file: FileID) -> Bool { Int(file.index) < files.all.count || file == configuration }

  /// What stays is not proved again.
  mutating func take(_ outcome: [FileID: [UInt8]], knowing answers: [UInt8]) {
    settings.answers = answers
    var mended = SourceFiles()
    for file in files.all { mended.add(path: file.path, bytes: outcome[file.id] ?? file.bytes) }
    if let configuration, let bytes = outcome[configuration] { settings.configuration?.bytes = bytes }
    files = mended
  }

  /// Files that nobody could read any more after the fixes of a plan.
  func unreadable(after plan: FixPlan, in all: SourceFiles) -> Set<String> {
    var found: Set<String> = []
    for (file, bytes) in plan.outcome(in: all) {
      let mended = SourceFile(id: file, path: all[file].path, bytes: bytes)
      if !FileForm(mended).isReadable { found.insert(mended.path) }
    }
    return found
  }

  func changes(since before: FixRound) -> [ChangedFile] {
    var changed: [ChangedFile] = []
    for (old, new) in zip(before.files.all, files.all) where old.bytes != new.bytes {
      changed.append(ChangedFile(path: old.path, before: old.bytes, after: new.bytes))
    }
    if let old = before.settings.configuration, let new = settings.configuration, old.bytes != new.bytes {
      changed.append(ChangedFile(path: old.path, before: old.bytes, after: new.bytes))
    }
    return changed.sorted { $0.path < $1.path }
  }
}

extension LintReport {
  /// Whether there is an error that another report does not have.
  fileprivate func hasErrors(besides other: LintReport) -> Bool {
    !errors.allSatisfy { key, count in count <= (other.errors[key] ?? 0) }
  }

  private var errors: [[String]: Int] {
    var counts: [[String]: Int] = [:]
    for finding in findings where finding.diagnostic.code.severity == .error {
      let path = finding.diagnostic.span.map { files[$0.file].path } ?? ""
      counts[[path, finding.diagnostic.code.id, finding.diagnostic.message], default: 0] += 1
    }
    return counts
  }
}
