internal import ClinicalValues
internal import CommandSupport
internal import Glibc
internal import GuidelineCompiler
internal import GuidelineKit
internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import RuleEngine
internal import SourceText

/// A library that is compiled, and patients that are read.
struct Workload {
  let library: GuidelineLibrary
  let guidelines: Guidelines
  let program: Program
  /// The lines as they came.
  var lines: [[UInt8]] = []
  var patients: [PatientFacts] = []

  /// The day that the generator calls today.
  static let today = Day(number: 20600)

  init(library path: String, facts: String) throws {
    library = try Self.read(path)
    guidelines = try library.guidelines(inForceOn: Self.today)
    program = guidelines.program
    let bytes = try readFile(facts)
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      lines.append(Array(line))
      patients.append(try library.facts(path: "facts.json", bytes: Array(line)).given)
    }
  }

  static func read(_ path: String, threads: Int = 1) throws -> GuidelineLibrary {
    var content = ContentFiles(threads: Threads(threads))
    try content.add(library: path)
    let library = GuidelineLibrary(content.files, on: Threads(threads))
    guard library.isValid else { throw refuse(library.diagnostics, in: library.files, color: .never) }
    return library
  }

  /// The words that certain conclusions have as their subjects.
  func certain(_ session: borrowing Session) -> [String] {
    var found: Set<String> = []
    for index in program.graph.places.indices {
      let place = PlaceID(index)
      for item in session.concluded(place, .cautious) where item.stands == .yes {
        guard let subject = item.fields.first.flatMap({ $0 }), case .term(let group) = subjectType(place),
          case .terms(let terms) = session.estimate(subject).values, let term = terms.single
        else { continue }
        found.insert(program.library.vocabulary[group].terms[term].name)
      }
    }
    return found.sorted()
  }

  /// What a session takes, ready to be entered: nothing is read, looked up or checked any more.
  func prepared(_ facts: PatientFacts, _ session: inout Session) -> InternedFacts {
    _ = program.takeIn(facts, into: &session)
    session.run()
    return session.internedFacts
  }

  private func subjectType(_ place: PlaceID) -> ValueType {
    program.library.vocabulary[program.sourceMap.places[place.index].kind].fields[0].type
  }
}

/// Processor time of this process, in microseconds.
func processorTime() -> Double { Double(clock()) * 1_000_000 / Double(CLOCKS_PER_SEC) }

/// Repeats `work` over the numbers below `count` for about so many milliseconds; the answer is the time of one, in
/// microseconds.
func microseconds(_ count: Int, millis: Int, _ work: (Int) throws -> Void) rethrows -> Double {
  for index in 0..<min(count, 20) { try work(index) }
  var done = 0
  let start = processorTime()
  var elapsed = 0.0
  repeat {
    for index in 0..<min(count, 20) { try work((done + index) % count) }
    done += min(count, 20)
    elapsed = processorTime() - start
  } while elapsed < Double(millis) * 1000
  return elapsed / Double(done)
}
