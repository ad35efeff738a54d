internal import Testing

@Suite struct AgreementTests {
  /// What came of the pairs, so that a test that compared nothing is seen.
  private struct Tally {
    var compared = 0
    var refused = 0
    var invalid = 0
  }

  @Test func `the engine agrees with the oracle`() throws {
    var tally = Tally()
    let patients = 8
    let libraries = max(1, Settings.pairs(unlessSet: 2000) / patients)
    for number in 0..<libraries {
      let seed = Settings.seed &+ UInt64(number)
      var generator = LibraryGenerator(seed: seed)
      let library = generator.generate()
      guard Engine(library.files) != nil else { return }
      var problems: [String] = []
      guard LoadedLibrary(library.files, problems: &problems) != nil else {
        tally.invalid += 1
        continue
      }
      for patient in 0..<patients {
        var facts = PatientGenerator(seed: seed &* 31 &+ UInt64(patient))
        check(library, facts.generate(), seed, &tally)
      }
    }
    print("seed \(Settings.seed): \(tally)")
    #expect(tally.compared > libraries, "too few pairs could be compared: \(tally)")
  }

  private func check(_ library: GeneratedLibrary, _ patient: YAMLValue, _ seed: UInt64, _ tally: inout Tally) {
    switch compare(library, patient) {
    case nil: tally.invalid += 1
    case .some(let differences) where differences.isEmpty: tally.compared += 1
    case .some:
      let smallest = shrink(library, patient) { !(compare($0, $1) ?? []).isEmpty }
      let differences = compare(smallest.0, smallest.1) ?? []
      Issue.record("seed \(seed)\n\(describe(smallest.0, smallest.1))\n\(differences.joined(separator: "\n"))")
    }
  }

  /// Nil if the pair is invalid.
  private func compare(_ library: GeneratedLibrary, _ patient: YAMLValue) -> [String]? {
    var problems: [String] = []
    guard let loaded = LoadedLibrary(library.files, problems: &problems),
      let facts = loaded.facts(patient.text + "\n", problems: &problems), let engine = Engine(library.files)
    else { return nil }
    let answer = engine.evaluate(given: patient.text + "\n")
    guard let result = oracleEvaluate(loaded.library, facts, today: Settings.today) else {
      return answer == .refused ? [] : ["the oracle refuses a cycle, the engine does not"]
    }
    guard case .result(let other) = answer else { return ["the engine refuses a cycle, the oracle does not"] }
    return result.differences(from: other)
  }
}
