internal import GuidelineCompiler
internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText
internal import Testing

@testable internal import GuidelineLint

/// Each check keeps what its page promises.
@Suite struct CheckFixtureTests {
  static let ids = Catalogue.checks.map(\.code.id)
  /// A search that ends too early takes a library too large for a fixture.
  static let contentIds = ids.filter { $0 != "GL0010" }
  /// What the stages of reading report.
  static let readIds = Catalogue.checks.filter { $0.isReported }.map(\.code.id)
    .filter { contentIds.contains($0) }
  /// What is looked for in content that could be read.
  static let foundIds = contentIds.filter { !readIds.contains($0) }
  /// Without those whose examples would have to be megabytes of text, or no text at all.
  static let shownIds = readIds.filter { !GeneratedFixtures.ids.contains($0) }

  private let fixtures: CheckFixtures

  init() throws { fixtures = try CheckFixtures() }

  private func check(_ id: String) throws -> Check {
    try #require(Catalogue.checks.first { $0.code.id == id })
  }

  @Test(arguments: ids)
  func `every check has a complete page`(id: String) throws {
    let page = try check(id).page
    #expect(!page.summary.isEmpty && !page.why.isEmpty && !page.example.isEmpty && !page.mended.isEmpty)
    #expect(page.example != page.mended)
    #expect(page.notes != "")
    for text in [page.summary, page.why, page.notes ?? "Nothing."] {
      #expect(text.hasSuffix("."), "\(text)")
      #expect(!text.contains("\n") && !text.contains("  "), "\(text)")
    }
    for line in (page.example + "\n" + page.mended).split(separator: "\n") {
      #expect(line.count <= 120 || line.contains("((((") || line.contains("[[[["), "\(line)")
      #expect(line.last != " ", "\(line)")
    }
  }

  @Test(arguments: contentIds)
  func `every check has a fixture that shows it, and a near miss`(id: String) {
    #expect(!fixtures.files(of: id, "bad").isEmpty)
    #expect(!fixtures.files(of: id, "near-miss").isEmpty)
  }

  @Test(arguments: readIds)
  func `the bad fixture of a check shows its fault with a way out, and nothing that follows from it`(id: String) throws
  {
    let found = fixtures.findings(in: fixtures.files(of: id, "bad"))
    #expect(Set(found.map(\.code.id)) == [id], "\(found.map { "\($0.code.id) \($0.message)" })")
    for finding in found {
      #expect(!finding.help.isEmpty || !finding.fixes.isEmpty, "\(finding.message)")
      #expect(finding.message.count <= 180 && finding.message.last != ".", "\(finding.message)")
    }
  }

  @Test(arguments: readIds)
  func `the near miss of a check is no fault`(id: String) throws {
    let found = fixtures.findings(in: fixtures.files(of: id, "near-miss"))
    #expect(found.isEmpty, "\(found.map { "\($0.code.id) \($0.message)" })")
  }

  @Test(arguments: foundIds)
  func `a check finds its bad fixture and leaves its near miss alone`(id: String) {
    let found = fixtures.findings(of: id, in: fixtures.files(of: id, "bad"))
    #expect(!found.isEmpty)
    for finding in found { #expect(!finding.help.isEmpty || !finding.fixes.isEmpty, "\(finding.message)") }
    let missed = fixtures.findings(of: id, in: fixtures.files(of: id, "near-miss"))
    #expect(missed.isEmpty, "\(missed.map(\.message))")
  }

  @Test(arguments: shownIds)
  func `the example of a page shows the fault, and the mended one does not`(id: String) throws {
    let page = try check(id).page
    let before = fixtures.findings(in: ExampleLibrary(page.example).files)
    #expect(before.contains { $0.code.id == id }, "found \(before.map(\.code.id))")
    let after = fixtures.findings(in: ExampleLibrary(page.mended).files)
    #expect(after.isEmpty, "\(after.map { "\($0.code.id) \($0.message)" })")
  }

  @Test func `the shared clinic is without fault`() {
    #expect(fixtures.findings(in: [] as [(path: String, bytes: [UInt8])]).isEmpty)
  }

  @Test func `the catalogue lists what the stages of reading report, and nothing else without a search of its own`() {
    let declared = YAMLCode.all + syntaxCodes + ModelFault.codes + CompilerCode.all
    #expect(Set(declared.map(\.id)).count == declared.count)
    let listed = Catalogue.checks.filter(\.isReported).map(\.code)
    #expect(Set(declared).subtracting(listed).map(\.id).sorted() == [])
    #expect(Set(listed).subtracting(declared).map(\.id).sorted() == [])
  }

  @Test func `the catalogue is sorted, and an id belongs to one check for ever`() {
    #expect(Self.ids == Self.ids.sorted())
    let impossible = NotApplicable.all.map(\.id)
    #expect(Set(Self.ids + impossible).count == Self.ids.count + impossible.count)
    #expect(impossible == impossible.sorted())
    #expect(fixtures.ids.subtracting(Self.ids).sorted() == [])
  }

  @Test func `what is not applicable says why in one sentence`() {
    for check in NotApplicable.all {
      #expect(check.reason.first?.isUppercase == false && check.reason.last != ".", "\(check.id)")
      #expect(check.name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(check.id)")
    }
  }
}

extension Check {
  /// The stage that reads content reports it.
  fileprivate var isReported: Bool { find == nil && analyse == nil && judge == nil && !code.id.hasPrefix("GL00") }
}
