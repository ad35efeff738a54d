internal import ClinicalValues
internal import GuidelineKit
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText
internal import TestSupport
internal import Testing

@testable internal import GuidelineLint

/// What fixes do to the fixtures of all checks.
@Suite struct FixFixtureTests {
  static let ids = CheckFixtureTests.contentIds

  private let fixtures: CheckFixtures

  init() throws { fixtures = try CheckFixtures() }

  @Test(arguments: ids)
  func `a check offers fixes for its fixture exactly when its page says so`(id: String) throws {
    let check = try #require(Catalogue.check(named: id))
    let (files, settings) = fixtures.run(of: id, "bad")
    let offered = lint(files, settings).findings.contains {
      $0.diagnostic.code.id == id && !$0.diagnostic.fixes.isEmpty
    }
    #expect(offered == check.isFixable)
  }

  @Test(arguments: ids, [FixLevel.safe, .suggested])
  func `a fix mends what it is for, makes nothing worse, and has nothing to do afterwards`(
    id: String, level: FixLevel
  ) throws {
    let (files, chosen) = fixtures.run(of: id, "bad")
    guard lint(files, chosen).findings.contains(where: { !$0.diagnostic.fixes.isEmpty }) else { return }
    var settings = chosen
    let before = lint(files, settings)
    let fixed = fix(files, settings, level)
    #expect(fixed.isFinished)
    guard !fixed.applied.isEmpty else {
      #expect(fixed.changed.isEmpty)
      return
    }
    #expect(!fixed.changed.isEmpty)
    for change in fixed.changed {
      #expect(FileForm(SourceFile(id: FileID(0), path: change.path, bytes: change.before)).isReadable)
      #expect(FileForm(SourceFile(id: FileID(0), path: change.path, bytes: change.after)).isReadable)
      if !id.hasPrefix("GL00") { #expect(comments(change.before) == comments(change.after)) }
    }
    if level == .safe { #expect(errors(fixed.report) <= errors(before)) }
    for item in fixed.applied {
      // Some come to light only when others are mended.
      #expect(open(fixed.report, item.code.id) < max(1, open(before, item.code.id)), "\(item)")
    }
    var mended = SourceFiles()
    for file in files.all {
      mended.add(path: file.path, bytes: fixed.changed.first { $0.path == file.path }?.after ?? file.bytes)
    }
    if let change = fixed.changed.first(where: { $0.path == settings.configuration?.path }) {
      settings.configuration?.bytes = change.after
    }
    let again = fix(mended, settings, level)
    #expect(again.applied.isEmpty && again.changed.isEmpty)
  }

  @Test(arguments: ids.filter { !$0.hasPrefix("GL00") })
  func `a safe fix changes no patient's result`(id: String) throws {
    let (files, settings) = fixtures.run(of: id, "bad")
    let fixed = fix(files, settings, .safe)
    guard !fixed.applied.isEmpty else { return }
    var mended = SourceFiles()
    for file in files.all {
      mended.add(path: file.path, bytes: fixed.changed.first { $0.path == file.path }?.after ?? file.bytes)
    }
    let today = try #require(Day(year: 2026, month: 6, day: 1))
    let (old, new) = (GuidelineLibrary(files), GuidelineLibrary(mended))
    // What could not be loaded before gave nobody a result.
    guard let before = try? old.guidelines(inForceOn: today) else { return }
    let after = try new.guidelines(inForceOn: today)
    for patient in GeneratedPatients(seed: SeededRandom.announcedSeed(for: "fixes"), count: 300).texts {
      let bytes = Array(patient.utf8)
      guard let first = try? old.facts(path: "p.yaml", bytes: bytes) else { continue }
      let second = try new.facts(path: "p.yaml", bytes: bytes)
      #expect(outcome(before.evaluate(first)) == outcome(after.evaluate(second)), "\(patient)")
    }
  }

  // MARK: What is compared

  /// What counts as the result of a patient: all that is concluded, and how surely; not the reasons, nor what to ask next.
  private func outcome(_ report: Report) -> Report {
    var report = report
    report.needs = []
    for index in report.guidelines.indices { report.guidelines[index].hash = "" }
    for index in report.conclusions.indices {
      report.conclusions[index].because = []
      report.conclusions[index].settledBy = []
      if report.conclusions[index].status == .possible { report.conclusions[index].overriddenBy = [] }
    }
    for index in report.outOfScope.indices { report.outOfScope[index].because = [] }
    return report
  }

  private func comments(_ bytes: [UInt8]) -> [String] {
    let file = SourceFile(id: FileID(0), path: "x.yaml", bytes: bytes)
    var found = Diagnostics()
    return readYAML(file, into: &found).comments.map { file.text($0.span) }
  }

  private func errors(_ report: LintReport) -> Int {
    report.findings.count { $0.diagnostic.code.severity == .error }
  }

  private func open(_ report: LintReport, _ id: String) -> Int {
    report.findings.count { $0.state == .open && $0.diagnostic.code.id == id }
  }
}
