internal import Foundation
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText
internal import Synchronization
internal import TestSupport
internal import Testing

extension Tag {
  @Tag static var golden: Self
}

/// What was reported, in plain fields.
struct Finding: Hashable {
  var code: String
  var message: String
  var help: String?
  var span: Span
}

/// A text that stands alone in a file.
func located(_ text: String) -> LocatedText {
  LocatedText(text, Span(file: FileID(0), start: 0, end: UInt32(text.utf8.count)))
}

func findings(_ diagnostics: Diagnostics) -> [Finding] {
  diagnostics.items.map { item in
    Finding(
      code: "\(item.code.id) \(item.code.name)", message: item.message, help: item.help.first,
      span: item.span ?? Span(file: FileID(0), start: 0, end: 0))
  }
}

func messages(_ diagnostics: Diagnostics) -> [String] {
  findings(diagnostics).map { "\($0.code): \($0.message)" }
}

func sourceFile(_ text: String) -> SourceFile {
  sourceFile(bytes: Array(text.utf8))
}

func sourceFile(bytes: [UInt8]) -> SourceFile {
  SourceFile(id: FileID(0), path: "document.yaml", bytes: bytes)
}

/// A document read from its text.
struct Reading {
  var file: SourceFile
  var tree: YAMLTree
  var document: DocumentSyntax
  var findings: [Finding]

  init?(_ text: String) {
    file = sourceFile(text)
    var diagnostics = Diagnostics()
    tree = readYAML(file, into: &diagnostics)
    guard diagnostics.isEmpty else { return nil }
    document = readDocument(tree, file: file, into: &diagnostics)
    findings = GuidelineSyntaxTests.findings(diagnostics)
  }
}

// MARK: Fixtures

func fixturePath(_ name: String) -> String {
  "\(Repository.root)/Tests/Fixtures/syntax/\(name)"
}

func fixture(_ name: String) throws -> String {
  try String(contentsOfFile: fixturePath(name), encoding: .utf8)
}

func fixtures(in folder: String, suffix: String) -> [String] {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: fixturePath(folder))) ?? []
  return names.filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
}

/// Compares with the stored text; `GUIDELINE_BLESS=1` stores it.
func expectGolden(_ output: String, _ name: String) throws {
  if ProcessInfo.processInfo.environment["GUIDELINE_BLESS"] == "1" {
    try output.write(toFile: fixturePath(name), atomically: true, encoding: .utf8)
    return
  }
  let stored = try fixture(name)
  #expect(output == stored)
}

/// Reflection is asked by one thread at a time.
private let reflection = Mutex(())

/// A tree as text without its places.
func shape(_ value: some Sendable) -> String {
  reflection.withLock { _ in words(of: value) }
}

private func words(of value: Any) -> String {
  if value is Span { return "" }
  let mirror = Mirror(reflecting: value)
  if mirror.children.isEmpty { return "\(value)" }
  let children = mirror.children.filter { $0.label != "raw" && $0.label != "otherReading" }
  return "\(mirror.subjectType)(" + children.map { "\($0.label ?? "") \(words(of: $0.value))" }.joined(separator: ", ")
    + ")"
}
