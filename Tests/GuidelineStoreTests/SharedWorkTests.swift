internal import ClinicalValues
internal import Dispatch
internal import SourceText
internal import Synchronization
internal import TestSupport
internal import Testing

@testable internal import GuidelineKit

/// A library and its program are the same, whoever does the work, and in whatever order its parts are done.
@Suite struct `Work that is shared` {
  /// The last part first.
  private struct Backwards: Workers {
    func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
      (0..<count).reversed().map(work).reversed()
    }
  }

  /// All parts at once.
  private struct Together: Workers {
    func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
      let results = Mutex([Result?](repeating: nil, count: count))
      DispatchQueue.concurrentPerform(iterations: count) { index in
        let result = work(index)
        results.withLock { $0[index] = result }
      }
      return results.withLock { $0.compactMap(\.self) }
    }
  }

  private static func files(_ folder: String, without name: String?) throws -> SourceFiles {
    var files = SourceFiles()
    for file in try FolderContent.content(of: folder) where name.map({ !file.path.hasSuffix($0) }) ?? true {
      files.add(path: folder + "/" + file.path, bytes: file.bytes)
    }
    return files
  }

  private static func bytes(_ library: GuidelineLibrary) throws -> [UInt8] {
    try library.program(today: Day(number: 20_000), folder: "", engine: Pair.engine)
  }

  @Test(arguments: ["Tests/Fixtures/one-dose", "guidelines"])
  func `gives the same program`(folder: String) throws {
    let files = try Self.files(folder, without: nil)
    let expected = try Self.bytes(GuidelineLibrary(files))
    #expect(try Self.bytes(GuidelineLibrary(files, on: Backwards())) == expected)
    #expect(try Self.bytes(GuidelineLibrary(files, on: Together())) == expected)
  }

  /// Without one of its files names are missing everywhere.
  @Test func `gives the same findings`() throws {
    let all = try Self.files("guidelines", without: nil)
    let missing = try #require(all.all.map(\.path).filter { $0.contains("vocabular") }.first)
    let files = try Self.files("guidelines", without: String(missing.dropFirst("guidelines/".count)))
    let expected = GuidelineLibrary(files).diagnostics
    #expect(!expected.isEmpty)
    #expect(GuidelineLibrary(files, on: Backwards()).diagnostics == expected)
    #expect(GuidelineLibrary(files, on: Together()).diagnostics == expected)
  }
}
