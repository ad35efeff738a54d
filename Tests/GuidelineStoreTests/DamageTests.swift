internal import ClinicalValues
internal import Foundation
internal import GuidelineCompiler
internal import GuidelineModel
internal import TestSupport
internal import Testing

@testable internal import GuidelineKit
@testable internal import GuidelineStore

/// What is no program of this engine is refused in words, and never half an answer or a trap.
@Suite struct `A damaged program` {
  private static let small = "Tests/Fixtures/one-dose"

  private static func load(_ bytes: [UInt8], engine: String = Pair.engine) -> UnusableProgram? {
    do throws(UnusableProgram) {
      _ = try GuidelineSource(program: bytes, engine: engine)
      return nil
    } catch { return error }
  }

  @Test func `is refused in words`() throws {
    let bytes = try Pair(folder: Self.small).bytes
    #expect(Self.load(bytes) == nil)
    #expect(Self.load([])?.message == "it is no program that `guideline compile` has made")
    #expect(Self.load(Array("guideline: x".utf8))?.message == "it is no program that `guideline compile` has made")
    #expect(
      Self.load(bytes, engine: "0.2.0")?.message == "it was made by version 0.0.0-test, and this is version 0.2.0")
    var other = bytes
    other[8] = 99
    #expect(
      Self.load(other)?.message
        == "it has the form 99 of programs, and this version reads the form \(ProgramFile.format)")
    #expect(
      Self.load(bytes.dropLast(7))?.message
        == "it is damaged: it has \(bytes.count - 7) bytes, and should have \(bytes.count)")
    var flipped = bytes
    flipped[bytes.count / 2] ^= 4
    #expect(Self.load(flipped)?.message == "it is damaged: its checksum does not fit its content")
    #expect(Self.load(bytes + [0])?.message.contains("should have") == true)
  }

  @Test func `is refused when a bit is flipped or the end is missing`() throws {
    let bytes = try Pair(folder: Self.small).bytes
    for length in bytes.indices { #expect(Self.load(Array(bytes.prefix(length))) != nil, "\(length) bytes") }
    for bit in 0..<bytes.count * 8 {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      if Self.load(damaged) == nil { Issue.record("bit \(bit) may be flipped") }
    }
  }

  /// Bytes whose length and checksum are right, whatever they hold: only the reader is left to refuse them.
  private static func mended(_ body: [UInt8]) -> [UInt8] { ProgramFile.wrap(body, engine: Pair.engine) }

  private static func body(_ bytes: [UInt8]) throws -> [UInt8] {
    Array(bytes[try ProgramFile.unwrap(bytes, engine: Pair.engine)])
  }

  private static var cases: Int {
    ProcessInfo.processInfo.environment["GUIDELINE_FUZZ_CASES"].flatMap(Int.init) ?? 1_500
  }

  @Test(arguments: ["Tests/Fixtures/one-dose", "Tests/Fixtures/library"])
  func `with a mended checksum is refused or runs`(folder: String) throws {
    let pair = try Pair(folder: folder)
    let body = try Self.body(pair.bytes)
    let patients = Array(pair.cases.map(\.facts).prefix(2)) + [PatientFacts()]
    var random = SeededRandom(seed: SeededRandom.announcedSeed(for: "damaged programs of \(folder)"))
    var tally = Tally()
    for length in body.indices { run(Self.mended(Array(body.prefix(length))), pair, [], &random, &tally) }
    #expect(tally.answered == 0, "part of a program is none")
    for place in body.indices {
      for change in [1, 0x80] as [UInt8] {
        var damaged = body
        damaged[place] &+= change
        run(Self.mended(damaged), pair, patients, &random, &tally)
      }
    }
    for _ in 0..<Self.cases { run(Self.mended(Self.mutate(body, &random)), pair, patients, &random, &tally) }
    print("\(folder): \(tally)")
    #expect(tally.refused > 0 && tally.answered > 0)
  }

  private struct Tally {
    var refused = 0
    var answered = 0
  }

  private func run(
    _ bytes: [UInt8], _ pair: Pair, _ patients: [PatientFacts], _ random: inout SeededRandom, _ tally: inout Tally
  ) {
    guard let source = try? GuidelineSource(program: bytes, engine: Pair.engine) else {
      tally.refused += 1
      return
    }
    var isWhole = false
    if let guidelines = try? source.guidelines(inForceOn: Day(number: 20_500)) {
      isWhole = true
      for facts in patients where facts.fits(source.vocabulary) {
        var options = Guidelines.Options()
        options.validUntil = random.below(4) == 0
        _ = guidelines.evaluate(Facts(facts), options)
        let names = guidelines.program.library.rules.map(\.name)
        if !names.isEmpty, random.below(16) == 0 {
          _ = try? guidelines.explain(rule: random.pick(names), Facts(facts))
        }
      }
    }
    if isWhole { tally.answered += 1 } else { tally.refused += 1 }
  }

  /// One to three wounds: a bit, a byte, a number that is one off, a piece that is missing, doubled or from elsewhere.
  private static func mutate(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = bytes
    repeat {
      let place = random.below(bytes.count)
      switch random.below(8) {
      case 0: bytes[place] ^= 1 << UInt8(random.below(8))
      case 1: bytes[place] = UInt8(random.below(256))
      case 2, 3: bytes[place] &+= 1
      case 4: bytes[place] &-= 1
      case 5: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(4)))
      case 6: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + random.below(8))], at: place)
      default:
        let source = random.below(bytes.count)
        for offset in 0..<random.below(12) where place + offset < bytes.count && source + offset < bytes.count {
          bytes[place + offset] = bytes[source + offset]
        }
      }
    } while random.below(3) == 0 && bytes.count > 8
    return bytes
  }
}

extension PatientFacts {
  /// Whether every fact is one of the vocabulary: its reader gives no others.
  fileprivate func fits(_ vocabulary: Vocabulary) -> Bool {
    scalars.keys.allSatisfy { $0.index < vocabulary.facts.count }
      && sets.keys.allSatisfy { $0.index < vocabulary.facts.count }
      && series.keys.allSatisfy { $0.index < vocabulary.facts.count }
      && records.keys.allSatisfy { $0.index < vocabulary.records.count }
  }
}
