internal import ClinicalValues
internal import GuidelineCompiler
internal import GuidelineModel
internal import SourceText
internal import TestSupport
internal import Testing

@testable internal import GuidelineKit

/// A program gives the answers of the library that it was made of.
@Suite struct `A program and its library` {
  private static let folders = ["guidelines", "Tests/Fixtures/library", "Tests/Fixtures/one-dose"]

  private static func pair(_ folder: String) throws -> Pair {
    let plain = try Pair(folder: folder)
    // What the tests ask for by name is not all among what is ever in force together.
    var pinned: [[String]] = []
    for item in plain.cases {
      guard case .pinned(let pins, _) = item.selection else { continue }
      let names = pins.map(\.text)
      if !pinned.contains(names) { pinned.append(names) }
    }
    return pinned.isEmpty ? plain : try Pair(folder: folder, pinned: pinned)
  }

  @Test(arguments: folders)
  func `agree on every case and day`(folder: String) throws {
    let pair = try Self.pair(folder)
    let cases = pair.cases
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "programs"))
    var choices: [Selection: (Guidelines, Guidelines)] = [:]
    var compared = 0
    for item in cases {
      if choices[item.selection] == nil {
        choices[item.selection] = (
          try pair.library.source.guidelines(item.selection), try pair.program.guidelines(item.selection)
        )
      }
      guard let (ours, theirs) = choices[item.selection] else { continue }
      #expect(ours.hashes == theirs.hashes)
      // Whole reports take long: some cases have one, others at each seed.
      var options = Guidelines.Options()
      options.reasons = random.below(5) == 0
      options.validUntil = options.reasons
      let facts = Facts(item.facts)
      #expect(ours.evaluate(facts, options) == theirs.evaluate(facts, options), "\(item.name)")
      compared += 1
    }
    #expect(compared == cases.count)
    print("\(folder): \(pair.bytes.count) bytes, \(compared) cases agree")
  }

  @Test(arguments: folders)
  func `agree on the days on which guidelines begin and end`(folder: String) throws {
    let pair = try Pair(folder: folder)
    let cases = pair.cases
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "programs by day"))
    for day in pair.days + [Day(number: -700_000), Day(number: 0), Day(number: 40_000)] {
      let ours = try pair.library.guidelines(inForceOn: day)
      let theirs = try pair.program.guidelines(inForceOn: day)
      #expect(ours.selected == theirs.selected)
      var first = PatientSession(ours)
      var second = PatientSession(theirs)
      for item in cases.shuffled(using: &random).prefix(12) {
        var options = Guidelines.Options()
        options.reasons = random.below(10) == 0
        options.validUntil = options.reasons
        let facts = Facts(item.facts)
        #expect(first.evaluate(facts, options) == second.evaluate(facts, options), "\(day.iso) \(item.name)")
      }
      let nobody = Guidelines.Options()
      #expect(ours.evaluate(.none, nobody) == theirs.evaluate(.none, nobody), "\(day.iso)")
    }
  }

  @Test(arguments: folders)
  func `explain rules alike`(folder: String) throws {
    let pair = try Pair(folder: folder)
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "explanations of programs"))
    for item in pair.cases.shuffled(using: &random).prefix(12) {
      let ours = try pair.library.guidelines(inForceOn: item.today)
      let theirs = try pair.program.guidelines(inForceOn: item.today)
      let names = ours.program.library.rules.map(\.name)
      #expect(names == theirs.program.library.rules.map(\.name))
      for name in names.shuffled(using: &random).prefix(2) {
        let facts = Facts(item.facts)
        #expect(try ours.explain(rule: name, facts) == theirs.explain(rule: name, facts), "\(item.name) \(name)")
      }
    }
  }

  @Test func `read facts alike`() throws {
    let pair = try Pair(folder: "guidelines")
    let texts = [
      "patient.age: 55 a\nlab.wbc: [{value: 6.0 10*9/L, on: 2025-05-29}]", "patient.age: 55", "patient.ag: 55 a",
      "diagnosis: [sjogren, nonsense]", "ild: {present: yes, severity: moderate}", "{\"@id\": 17}", "- 1", "", "a: [",
    ]
    for text in texts {
      let ours = Self.facts(pair.library.source, text)
      #expect(ours == Self.facts(pair.program, text), "\(text)")
    }
    #expect(pair.library.source.conclusionFields == pair.program.conclusionFields)
    #expect(pair.library.fingerprint(seenFrom: "guidelines") == pair.program.fingerprint(seenFrom: "elsewhere"))
  }

  /// What was read, or what is wrong, without the file that it is in.
  private static func facts(_ source: GuidelineSource, _ text: String) -> [String] {
    do throws(InvalidContent) {
      let facts = try source.facts(path: "patient.yaml", bytes: Array(text.utf8))
      return ["\(facts.id ?? "")", "\(facts.given.scalars.mapValues { $0.map(\.value) }.sorted { $0.key < $1.key })"]
    } catch {
      return error.diagnostics.map { item in
        "\(item.code.id) \(item.message) \(item.help) \(item.span.map { error.files.describe($0) } ?? "")"
      }
    }
  }

  @Test func `is the same for the same library`() throws {
    let pair = try Pair(folder: "Tests/Fixtures/library")
    #expect(try Pair(folder: "Tests/Fixtures/library").bytes == pair.bytes)
    #expect(try Pair(folder: "Tests/Fixtures/one-dose").bytes != pair.bytes)
  }

  @Test func `says which choice it was not made for`() throws {
    let pair = try Pair(folder: "guidelines")
    let error = #expect(throws: InvalidContent.self) {
      try pair.program.guidelines(pinned: ["azathioprine-label", "cpic-thiopurines@2018"], today: Day(number: 20_500))
    }
    let found = try #require(error?.diagnostics.first)
    #expect(found.message == "the program was not made for `azathioprine-label` with `cpic-thiopurines@2018`")
    #expect(
      found.help == ["make it with `guideline compile --use azathioprine-label,cpic-thiopurines@2018`"])
    let unknown = #expect(throws: InvalidContent.self) {
      try pair.program.guidelines(pinned: ["nonsense"], today: Day(number: 20_500))
    }
    #expect(unknown?.diagnostics.first?.message == "the library has no guideline `nonsense`")
  }
}
