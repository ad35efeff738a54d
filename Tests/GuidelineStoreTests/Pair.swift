internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText
internal import TestSupport

@testable internal import GuidelineKit

/// A library, and the program that was made of it.
struct Pair {
  static let engine = "0.0.0-test"

  let library: GuidelineLibrary
  let bytes: [UInt8]
  let program: GuidelineSource

  init(folder: String, pinned: [[String]] = []) throws {
    var files = SourceFiles()
    for file in try FolderContent.content(of: folder) { files.add(path: folder + "/" + file.path, bytes: file.bytes) }
    let library = GuidelineLibrary(files)
    let bytes = try library.program(
      pinned: pinned, today: Day(number: 20_000), folder: folder, engine: Pair.engine)
    self.library = library
    self.bytes = bytes
    program = try GuidelineSource(program: bytes, engine: Pair.engine)
  }

  /// Every case of every test document.
  var cases: [TestCase] {
    var found = Diagnostics()
    let surroundings = TestSurroundings(vocabulary: library.vocabulary, library: library.syntax)
    return library.syntax.documents.flatMap { document -> [TestCase] in
      guard case .tests(let suite) = document.syntax.body else { return [] }
      return resolveTests(suite, header: document.syntax.header, in: surroundings, into: &found).cases
    }
  }

  /// The days on which documents come into force or end, each with the days around it.
  var days: [Day] {
    var numbers: Set<Int32> = []
    for header in program.headers {
      if let from = header.from { numbers.formUnion([from.number - 1, from.number]) }
      if let until = header.until { numbers.formUnion([until.number, until.number + 1]) }
    }
    return numbers.sorted().map { Day(number: $0) }
  }
}

extension GuidelineSource {
  /// As a test asks for them.
  func guidelines(_ selection: Selection) throws -> Guidelines {
    switch selection {
    case .inForce(let day): try guidelines(inForceOn: day)
    case .pinned(let pins, let day): try guidelines(pinned: pins.map(\.text), today: day)
    }
  }
}
