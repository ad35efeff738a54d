internal import ClinicalValues
internal import Foundation
internal import GuidelineCompiler
internal import GuidelineModel
internal import RuleEngine
internal import Testing

@testable internal import GuidelineKit

/// The promises of `semantics.md` §6, kept by the engine in every completion of what is unknown of a patient.
///
/// `GUIDELINE_SOUNDNESS_PROGRAMS=1000` makes it long; `GUIDELINE_SOUNDNESS_LIMIT` is the number of completions beyond
/// which unknowns are filled in beforehand.
@Suite struct ExhaustiveSoundnessTests {
  private struct Tally {
    var programs = 0
    var completions = 0
    /// Completions of a part of what is unknown.
    var parts = 0
    /// Programs of which something was certain, provisional, or possible and came out in one way or another.
    var certain = 0
    var provisional = 0
    var possible = 0
    /// Provisional conclusions that were found again because what they presume held.
    var upheld = 0
    /// Left out: refused, nothing unknown, or K cannot be frozen.
    var refused = 0
    var settled = 0
    var unfreezable = 0
    var failures = 0
  }

  private static func setting(_ name: String, unlessSet count: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? count
  }

  private let limit = Self.setting("GUIDELINE_SOUNDNESS_LIMIT", unlessSet: 300)

  @Test func `what the engine says of the unknown holds in every completion`() throws {
    let wanted = Self.setting("GUIDELINE_SOUNDNESS_PROGRAMS", unlessSet: 25)
    var tally = Tally()
    var seed = Settings.seed
    while tally.programs < wanted, tally.failures < Settings.failures {
      seed &+= 1
      var libraries = LibraryGenerator(seed: seed)
      var patients = PatientGenerator(seed: seed &* 17)
      let library = libraries.generate()
      let patient = patients.generate()
      let found = violations(library, patient, seed, &tally)
      if found.isEmpty { continue }
      tally.failures += 1
      var ignored = Tally()
      let smallest = shrink(library, patient) { !violations($0, $1, seed, &ignored).isEmpty }
      let shown = violations(smallest.0, smallest.1, seed, &ignored)
      Issue.record("seed \(seed)\n\(describe(smallest.0, smallest.1))\n\(shown.prefix(5).joined(separator: "\n"))")
    }
    print("seed \(Settings.seed): \(tally)")
    #expect(tally.completions > wanted && tally.upheld > 0)
  }

  /// A check that finds nothing must have been able to find something: forgetting is learning read backwards.
  @Test func `what is lost is noticed`() throws {
    let rules = """
      define: {own.mass: {value: size.x}}
      rules:
        a: {when: [flag.p], then: [{test: blood}]}
        b: {when: [not flag.p], then: [{test: urine}]}
        c: {unless: [flag.q], then: [{test: scan}]}
      """
    let files = Micro.files(rules, "")
    let guidelines = try #require(Engine(files).compiled)
    let pictures = try ["{}", "flag.p: yes\nflag.q: yes\nsize.x: 1 mg", "flag.q: no"].map { given in
      EnginePicture(guidelines.program, try #require(Engine(files).given(given)), like: guidelines)
    }
    var learning = EngineGuarantees()
    learning.checkLearning(pictures[0], pictures[1])
    learning.checkPresumptions(pictures[0], pictures[1])
    learning.checkPresumptions(pictures[0], pictures[2])
    #expect(learning.violations == [] && learning.provisional == 1)
    var forgetting = EngineGuarantees()
    forgetting.checkLearning(pictures[1], pictures[0])
    let found = Set(forgetting.violations.map { $0.split(separator: " place ")[0] })
    #expect(
      found.isSuperset(of: ["learning: certain is lost:", "learning: the impossible is possible:"]),
      "\(forgetting.violations)")
    #expect(forgetting.violations.contains { $0.contains("definition") }, "\(forgetting.violations)")
    #expect(forgetting.violations.contains { $0.hasPrefix("report: certain is lost") })
  }

  /// What is violated in some completion.
  private func violations(
    _ library: GeneratedLibrary, _ patient: YAMLValue, _ seed: UInt64, _ tally: inout Tally
  ) -> [String] {
    var problems: [String] = []
    guard let loaded = LoadedLibrary(library.files, problems: &problems),
      let given = loaded.facts(patient.text + "\n", problems: &problems),
      let guidelines = Engine(library.files).compiled
    else {
      tally.refused += 1
      return []
    }
    var words = MentionedWords(library)
    words.readNumbers(patient)
    let unknown = Completions(guidelines.program.library, words, given, limit: limit, dice: Dice(seed: seed))
    guard let count = unknown.holes.completions, count > 1 else {
      tally.settled += 1
      return []
    }
    var session = Session(guidelines.program.graph, today: Settings.today)
    _ = guidelines.program.takeIn(unknown.facts, into: &session)
    session.run()
    guard let program = guidelines.program.frozen(as: &session) else {
      tally.unfreezable += 1
      return []
    }
    return check(program, guidelines, unknown, count, seed, &tally)
  }

  private func check(
    _ program: Program, _ guidelines: Guidelines, _ unknown: Completions, _ count: Int, _ seed: UInt64,
    _ tally: inout Tally
  ) -> [String] {
    var guarantees = EngineGuarantees()
    var dice = Dice(seed: seed)
    let before = EnginePicture(program, unknown.facts, like: guidelines)
    guarantees.checkReadings(before)
    for number in 0..<count where guarantees.violations.isEmpty {
      let completed = EnginePicture(program, unknown.holes.fill(unknown.facts, number: number), like: guidelines)
      guarantees.checkReadings(completed)
      guarantees.checkLearning(before, completed)
      guarantees.checkPresumptions(before, completed)
      guard number % 4 == 0, unknown.holes.count > 1 else { continue }
      let open = Set(unknown.holes.indices.filter { _ in dice.chance(50) })
      let part = unknown.holes.fill(unknown.facts, number: number) { open.contains($0) }
      let partly = EnginePicture(program, part, like: guidelines)
      guarantees.checkReadings(partly)
      guarantees.checkLearning(before, partly)
      guarantees.checkLearning(partly, completed)
      guarantees.checkPresumptions(partly, completed)
      tally.parts += 1
    }
    tally.programs += 1
    tally.completions += count
    tally.upheld += guarantees.provisional
    let statuses = Set(before.report.conclusions.map(\.status))
    if statuses.contains(.certain) { tally.certain += 1 }
    if statuses.contains(.provisional) { tally.provisional += 1 }
    if statuses.contains(.possible) { tally.possible += 1 }
    return guarantees.violations
  }
}
