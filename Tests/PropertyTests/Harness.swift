internal import ClinicalValues
internal import Foundation
internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

/// What the environment sets: the seed, and how many pairs of a library and a patient are tried.
enum Settings {
  static let seed: UInt64 =
    ProcessInfo.processInfo.environment["GUIDELINE_SEED"].flatMap(UInt64.init) ?? 41_000

  static func pairs(unlessSet count: Int) -> Int {
    ProcessInfo.processInfo.environment["GUIDELINE_ORACLE_PAIRS"].flatMap(Int.init) ?? count
  }

  /// After how many disagreements a test gives up.
  static let failures = ProcessInfo.processInfo.environment["GUIDELINE_FAILURES"].flatMap(Int.init) ?? 3

  /// Whether each seed is printed, to find one that takes long.
  static let isLoud = ProcessInfo.processInfo.environment["GUIDELINE_LOUD"] != nil

  /// Whether a part of results is compared; `GUIDELINE_ORACLE_WITHOUT=needs,derived` leaves some out.
  static func compares(_ part: String) -> Bool { !leftOut.contains(part) }

  private static let leftOut: Set<String> = Set(
    (ProcessInfo.processInfo.environment["GUIDELINE_ORACLE_WITHOUT"] ?? "").split(separator: ",").map(String.init))

  static let today = Day(iso: ExpressionGenerator.today) ?? Day(number: 0)
}

/// A library as text, read by the product's own readers.
struct LoadedLibrary {
  let library: Library
  private let files: SourceFiles

  /// Nil if something of it is refused; `problems` then says what.
  init?(_ texts: [(name: String, text: String)], problems: inout [String]) {
    var diagnostics = Diagnostics()
    var files = SourceFiles()
    for text in texts { files.add(path: text.name, bytes: Array(text.text.utf8)) }
    let syntax = readLibrary(files, into: &diagnostics)
    let vocabulary = checkLibrary(syntax, into: &diagnostics)
    let selected = select(.inForce(on: Settings.today), from: syntax, into: &diagnostics)
    library = resolve(selected, of: syntax, vocabulary: vocabulary, into: &diagnostics)
    self.files = files
    problems = describe(diagnostics, files)
    if !problems.isEmpty { return nil }
  }

  /// What is given of a patient; nil if something of it is refused.
  func facts(_ given: String, problems: inout [String]) -> PatientFacts? {
    var diagnostics = Diagnostics()
    var files = files
    let id = files.add(path: "patient.yaml", bytes: Array(given.utf8))
    let tree = readYAML(files[id], into: &diagnostics)
    let facts = readFacts(
      readData(tree), vocabulary: library.vocabulary, into: &diagnostics)
    problems = describe(diagnostics, files)
    return problems.isEmpty ? facts : nil
  }
}

private func describe(_ diagnostics: Diagnostics, _ files: SourceFiles) -> [String] {
  diagnostics.items.filter { $0.code.severity == .error }.map { error in
    let place = error.span.map { "\(files.describe($0)) “\(files[$0.file].lineText(files.position($0).line))”" } ?? ""
    return "\(error.code.name): \(error.message) \(place)"
  }
}
