internal import Testing

@Suite struct SoundnessTests {
  @Test func `most random libraries can be read and are stratified`() throws {
    var valid = 0
    var refused = 0
    var reasons: [String: Int] = [:]
    for number in 0..<200 {
      var generator = LibraryGenerator(seed: Settings.seed &+ UInt64(number))
      var problems: [String] = []
      guard let loaded = LoadedLibrary(generator.generate().files, problems: &problems) else {
        for problem in Set(problems.map { $0.split(separator: ":")[0] }) { reasons[String(problem), default: 0] += 1 }
        continue
      }
      if StratifiedLibrary(loaded.library) == nil { refused += 1 } else { valid += 1 }
    }
    print("seed \(Settings.seed): \(valid) valid, \(refused) with cycles, invalid: \(reasons)")
    #expect(valid > 120, "seed \(Settings.seed): \(reasons)")
  }

  @Test func `learning keeps what is certain and what is impossible`() throws {
    let programs = max(1, Settings.pairs(unlessSet: 250))
    var checked = 0
    var failures = 0
    for number in 0..<programs {
      let seed = Settings.seed &+ UInt64(number)
      var libraries = LibraryGenerator(seed: seed)
      var patients = PatientGenerator(seed: seed &* 17)
      let library = libraries.generate()
      let patient = patients.generate()
      let violations = violations(library, patient, seed)
      if violations != nil { checked += 1 }
      guard let violations, !violations.isEmpty else { continue }
      let smallest = shrink(library, patient) { !(self.violations($0, $1, seed) ?? []).isEmpty }
      let found = self.violations(smallest.0, smallest.1, seed) ?? []
      Issue.record("seed \(seed)\n\(describe(smallest.0, smallest.1))\n\(found.joined(separator: "\n"))")
      failures += 1
      if failures == 3 { return }
    }
    print("seed \(Settings.seed): \(checked) programs")
    #expect(checked > programs / 2)
  }

  /// What is violated by learning all or some facts in several ways; nil: the pair is invalid.
  private func violations(_ library: GeneratedLibrary, _ patient: YAMLValue, _ seed: UInt64) -> [String]? {
    var problems: [String] = []
    guard let loaded = LoadedLibrary(library.files, problems: &problems),
      let facts = loaded.facts(patient.text + "\n", problems: &problems),
      let stratified = StratifiedLibrary(loaded.library),
      let before = OracleRuns(stratified, facts, today: Settings.today)
    else { return nil }
    var found = before.refinementViolations
    for attempt in 0..<6 {
      let share = attempt < 4 ? 100 : 40
      var learning = Learning(
        loaded.library, facts, today: Settings.today, share: share, dice: Dice(seed: seed &+ UInt64(attempt) &* 7919))
      let learned = learning.learn()
      guard
        let after = OracleRuns(stratified, learned, today: Settings.today, known: before.cautious.known)
      else { return nil }
      found += Guarantees(before: before, after: after).violations
    }
    return found
  }
}
