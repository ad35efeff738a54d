internal import Testing

/// A library as the oracle and the engine have read it.
struct Pairing {
  private let loaded: LoadedLibrary
  private let stratified: StratifiedLibrary?
  private let engine: Engine

  /// Nil: the content is refused for another fault than a cycle.
  init?(_ library: GeneratedLibrary) {
    var problems: [String] = []
    guard let loaded = LoadedLibrary(library.files, problems: &problems) else { return nil }
    self.loaded = loaded
    stratified = StratifiedLibrary(loaded.library)
    engine = Engine(library.files)
  }

  /// In what the two differ; nil if the patient is refused.
  func differences(_ patient: YAMLValue) -> [String]? {
    var problems: [String] = []
    let given = patient.text + "\n"
    guard let facts = loaded.facts(given, problems: &problems) else { return nil }
    let answer = engine.evaluate(given: given)
    let amongOthers = engine.evaluateAmongOthers(line: patient.json)
    let stored = engine.evaluateStored(given: given)
    guard let stratified, let runs = OracleRuns(stratified, facts, today: Settings.today) else {
      return answer == .refused && amongOthers == .refused && stored == .refused
        ? [] : ["the oracle refuses a cycle, the engine does not"]
    }
    guard case .result(let other) = answer else { return ["the engine refuses a cycle, the oracle does not"] }
    let expected = runs.result()
    guard case .result(let another) = amongOthers else { return ["a batch refuses the patient"] }
    guard case .result(let loaded) = stored else { return ["the program that was stored is refused"] }
    return expected.differences(from: other) + expected.differences(from: another).map { "in a batch, \($0)" }
      + expected.differences(from: loaded).map { "stored and loaded, \($0)" }
  }
}

@Suite struct AgreementTests {
  /// What came of the pairs, so that a test that compared nothing is seen.
  private struct Tally {
    var compared = 0
    var invalid = 0
    var failures = 0
  }

  @Test func `the engine agrees with the oracle`() throws {
    var tally = Tally()
    let patients = 10
    let libraries = max(1, Settings.pairs(unlessSet: 320) / patients)
    for number in 0..<libraries where tally.failures < Settings.failures {
      let seed = Settings.seed &+ UInt64(number)
      var generator = LibraryGenerator(seed: seed)
      let library = generator.generate()
      if Settings.isLoud { print("seed \(seed)") }
      guard let pairing = Pairing(library) else {
        tally.invalid += patients
        continue
      }
      for patient in 0..<patients {
        var facts = PatientGenerator(seed: seed &* 31 &+ UInt64(patient))
        if !check(library, pairing, facts.generate(), seed, &tally) { break }
      }
    }
    print("seed \(Settings.seed): \(tally)")
    #expect(tally.compared > libraries, "too few pairs could be compared: \(tally)")
  }

  private func check(
    _ library: GeneratedLibrary, _ pairing: Pairing, _ patient: YAMLValue, _ seed: UInt64, _ tally: inout Tally
  ) -> Bool {
    guard let differences = pairing.differences(patient) else {
      tally.invalid += 1
      return true
    }
    if differences.isEmpty {
      tally.compared += 1
      return true
    }
    tally.failures += 1
    let smallest = shrink(library, patient) { !(Pairing($0)?.differences($1) ?? []).isEmpty }
    let found = Pairing(smallest.0)?.differences(smallest.1) ?? []
    Issue.record(
      "seed \(seed)\n\(describe(smallest.0, smallest.1))\n\(found.joined(separator: "\n"))")
    return false
  }
}
