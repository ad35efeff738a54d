internal import ClinicalValues
internal import Foundation
internal import GuidelineJSON
internal import GuidelineKit
internal import SourceText
internal import TestSupport
internal import Testing

/// Damaged content and damaged facts are answered, never with a trap, a hang or a flood.
///
/// A few hundred cases run by default. The full number, optimised, with a seed that is printed at the start:
///
/// ```
/// GUIDELINE_FUZZ_CASES=10000 swift test -c release -Xswiftc -enable-testing --disable-xctest --filter FuzzTests
/// ```
///
/// A third of the cases damages facts, the rest content. The case in hand lies in the folder for temporary files as
/// `guideline-fuzz-….txt`, so that it can be read when a trap has ended the run.
@Suite struct FuzzTests {
  @Test(.timeLimit(.minutes(10))) func `damaged content is refused or evaluated`() throws {
    let seed = SeededRandom.announcedSeed(for: "damaged content")
    let libraries = try FuzzLibrary.all()
    let strangers = libraries.flatMap { $0.files.map(\.bytes) }
    var counts = FuzzCounts()
    for number in 0..<FuzzCounts.cases * 2 / 3 {
      var mutator = Mutator(seed: seed &+ UInt64(number), strangers: strangers)
      let library = libraries[mutator.random.below(3) == 0 ? 1 : 0]
      let place = mutator.random.below(library.files.count)
      let damaged = mutator.mutate(library.files[place].bytes)
      try FuzzCounts.keep(damaged, as: "content")
      counts.add(try library.answer(replacing: place, with: damaged), "\(number) of seed \(seed)")
    }
    counts.check("damaged content")
  }

  @Test(.timeLimit(.minutes(10))) func `damaged facts are refused or evaluated`() throws {
    let seed = SeededRandom.announcedSeed(for: "damaged facts")
    let library = GuidelineLibrary(try FuzzLibrary.all()[0].sources())
    let today = try #require(Day(iso: FuzzLibrary.today))
    let guidelines = try library.guidelines(inForceOn: today)
    let patients = try FuzzLibrary.patients()
    var counts = FuzzCounts()
    for number in 0..<FuzzCounts.cases / 3 {
      var mutator = Mutator(seed: seed &+ UInt64(number), strangers: patients)
      let damaged = mutator.mutate(mutator.random.pick(patients))
      try FuzzCounts.keep(damaged, as: "facts")
      do {
        let facts = try library.facts(path: "patient.yaml", bytes: damaged)
        counts.add(.evaluated(canonicalJSON(guidelines.evaluate(facts)).count), "\(number) of seed \(seed)")
      } catch {
        counts.add(FuzzAnswer(error), "\(number) of seed \(seed)")
      }
    }
    counts.check("damaged facts")
  }
}

/// What came of a damaged file.
enum FuzzAnswer {
  /// The size of the report.
  case evaluated(Int)
  /// Refused: the number of findings, the size of their rendering, and places that lie outside their file.
  case refused(findings: Int, rendered: Int, strays: Int)

  init(_ refusal: InvalidContent) {
    let text = DiagnosticRenderer(style: .full, color: true, width: 80).render(refusal.diagnostics, in: refusal.files)
    let json = canonicalJSON(refusal.diagnostics, in: refusal.files)
    let spans = refusal.diagnostics.flatMap { finding in
      [finding.span].compactMap { $0 } + finding.related.map(\.span) + finding.fixes.flatMap { $0.edits.map(\.span) }
    }
    let strays = spans.count { $0.end < $0.start || Int($0.end) > refusal.files[$0.file].bytes.count }
    self = .refused(
      findings: refusal.diagnostics.count, rendered: text.utf8.count + json.count, strays: strays)
  }
}

/// How many came out how.
struct FuzzCounts {
  /// Set by `GUIDELINE_FUZZ_CASES`.
  static let cases = ProcessInfo.processInfo.environment["GUIDELINE_FUZZ_CASES"].flatMap { Int($0) } ?? 120

  private var evaluated = 0
  private var refused = 0

  static func keep(_ bytes: [UInt8], as name: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "guideline-fuzz-\(name).txt")
    try Data(bytes).write(to: file)
  }

  mutating func add(_ answer: FuzzAnswer, _ which: String) {
    switch answer {
    case .evaluated(let size):
      evaluated += 1
      #expect(size > 0 && size < 10_000_000, "case \(which)")
    case .refused(let findings, let rendered, let strays):
      refused += 1
      #expect(findings > 0, "case \(which) is refused without a word")
      #expect(strays == 0, "case \(which) points outside its file")
      #expect(findings < 20_000 && rendered < 50_000_000, "case \(which) floods: \(findings) findings")
    }
  }

  /// Damage that is always refused, or never, would test nothing.
  func check(_ name: String) {
    print("\(name): \(evaluated) evaluated, \(refused) refused")
    #expect(refused > 0)
    #expect(evaluated > 0)
  }
}

/// A small library whose files are damaged one at a time.
struct FuzzLibrary {
  static let today = "2025-06-01"

  var files: [(path: String, bytes: [UInt8])]

  /// The library of the tests, and the one in which every form of the language occurs.
  static func all() throws -> [FuzzLibrary] {
    try ["library", "good"].map { FuzzLibrary(files: try FolderContent.content(of: "Tests/Fixtures/\($0)")) }
  }

  static func patients() throws -> [[UInt8]] {
    try ["child.yaml", "little-known.json", "low-counts.yaml", "textbook.yaml"].map {
      try FolderContent.bytes(of: "Tests/Fixtures/patients/" + $0)
    }
  }

  func sources(replacing place: Int? = nil, with bytes: [UInt8] = []) -> SourceFiles {
    var sources = SourceFiles()
    for (index, file) in files.enumerated() {
      sources.add(path: file.path, bytes: index == place ? bytes : file.bytes)
    }
    return sources
  }

  /// From the files to the report of a patient, and the listings beside it.
  func answer(replacing place: Int, with bytes: [UInt8]) throws -> FuzzAnswer {
    let library = GuidelineLibrary(sources(replacing: place, with: bytes))
    let today = try #require(Day(iso: Self.today))
    do {
      let guidelines = try library.guidelines(inForceOn: today)
      var facts = Facts.none
      for patient in try Self.patients() {
        guard let given = try? library.facts(path: "patient.yaml", bytes: patient) else { continue }
        facts = given
      }
      return .evaluated(canonicalJSON(guidelines.evaluate(facts)).count)
    } catch let refusal as InvalidContent {
      return FuzzAnswer(refusal)
    }
  }
}
