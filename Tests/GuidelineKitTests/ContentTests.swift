internal import Foundation
internal import SourceText
internal import TestSupport
internal import Testing

@testable internal import GuidelineKit

/// The guidelines of this repository, against the tests that stand beside them.
@Suite struct ContentTests {
  private static let library: GuidelineLibrary = {
    var files = SourceFiles()
    let root = Repository.root + "/guidelines"
    let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    for path in paths.sorted() where path.hasSuffix(".yaml") || path.hasSuffix(".csv") {
      guard let data = FileManager.default.contents(atPath: root + "/" + path) else { continue }
      files.add(path: "guidelines/" + path, bytes: [UInt8](data))
    }
    return GuidelineLibrary(files)
  }()

  private static var suites: [String] {
    library.files.all.map(\.path).filter { $0.contains("/tests/") && $0.hasSuffix(".yaml") }
  }

  @Test func `the guidelines are valid`() {
    let found = Self.library.diagnostics.map { item in
      (item.span.map { Self.library.files.describe($0) } ?? "") + ": " + item.message
    }
    #expect(Self.library.isValid, "\(found)")
    #expect(!Self.suites.isEmpty)
  }

  @Test(arguments: suites)
  func `every case holds`(path: String) {
    let run = Self.library.runTests(in: [path])
    #expect(run.passed > 0)
    for item in run.cases {
      for failure in item.failures {
        let words = failure.explanation.joined(separator: "\n  ")
        Issue.record("\(failure.path):\(failure.line) \(item.name): \(failure.expectation)\n  \(words)")
      }
    }
  }

  @Test func `every statement is cited or left out with a reason`() {
    for source in Self.library.statementCoverage() {
      let missing = source.statements.filter { $0.state == .missing }.map(\.id)
      #expect(missing.isEmpty, "\(source.document) \(source.source): \(missing)")
    }
  }
}
