internal import ClinicalValues
internal import Foundation
internal import GuidelineLint
internal import SourceText
internal import TestSupport
internal import Testing

/// Faults that are put into the content of this repository are found: the right one, in the right place, with a way out,
/// and nothing else is said.
@Suite struct SeededFaultTests {
  static let families = [
    "01-yaml", "02-schema", "03-names", "04-types", "05-codes", "06-provenance", "07-dates", "08-logic", "09-safety",
    "10-tests", "11-changes", "12-style",
  ]

  @Test(arguments: families) func `seeded faults are found where they are`(family: String) throws {
    let text = String(decoding: try FolderContent.bytes(of: "Tests/Fixtures/seeded/\(family).txt"), as: UTF8.self)
    let faults = SeededFault.faults(in: text)
    #expect(faults.count >= 5)
    var library = try SeededLibrary(family: String(family.prefix(2)))
    for fault in faults { try judge(fault, &library) }
  }

  private func judge(_ fault: SeededFault, _ library: inout SeededLibrary) throws {
    let changed = try library.changed(by: fault)
    let found = library.findings(in: changed.files, fault)
    let shown = found.findings.map { library.shown($0, found.files) }.joined(separator: "\n")
    let wanted = found.findings.filter { $0.code.id == fault.finds }
    #expect(!wanted.isEmpty, "\(fault.title): \(fault.finds) is missing\n\(shown)")
    #expect(
      found.findings.allSatisfy { $0.code.id == fault.finds || fault.also.contains($0.code.id) },
      "\(fault.title): something else is said\n\(shown)")
    let place = wanted.first { $0.span.map { changed.place?.holds($0, in: found.files) ?? false } ?? false }
    #expect(place != nil, "\(fault.title): not at \(fault.at)\n\(shown)")
    let help = (place ?? wanted.first)?.help.joined(separator: "\n") ?? ""
    for words in fault.help {
      #expect(help.contains(words), "\(fault.title): the help does not say \(words)\n\(shown)")
    }
  }
}

/// The content of the repository, and what is found in it with a fault.
struct SeededLibrary {
  typealias Files = [(path: String, bytes: [UInt8])]

  private let family: String
  private let content: Files
  private let configuration: InputFile
  /// What is found in parts of the library as they are.
  private var before: [String: Set<String>] = [:]

  init(family: String) throws {
    self.family = family
    content = try FolderContent.content(of: "guidelines").map { ("guidelines/" + $0.path, $0.bytes) }
    let path = ".guideline-lint.yaml"
    configuration = InputFile(path: path, bytes: try FolderContent.bytes(of: path))
  }

  /// The words that have to be marked, in a file.
  struct Place {
    var path: String
    var bytes: Range<Int>

    /// Whether they are marked, and the mark begins in their line.
    func holds(_ span: Span, in files: SourceFiles) -> Bool {
      let file = files[span.file]
      let marked = Int(span.start)...Int(span.end)
      guard file.path == path, marked.overlaps(bytes.lowerBound...(bytes.upperBound - 1)) else { return false }
      let between = min(marked.lowerBound, bytes.lowerBound)..<max(marked.lowerBound, bytes.lowerBound)
      return !file.bytes[between].contains(UInt8(ascii: "\n"))
    }
  }

  /// The changed files, and what has to be marked in them.
  func changed(by fault: SeededFault) throws -> (files: Files, place: Place?) {
    var files = part(fault).filter { !fault.without.contains(String($0.path.dropFirst("guidelines/".count))) }
    var place: Place?
    for edit in fault.edits {
      let index = try #require(files.firstIndex { $0.path == "guidelines/" + edit.path }, "\(fault.title)")
      var text = String(decoding: files[index].bytes, as: UTF8.self)
      var start = text.startIndex
      if !edit.old.isEmpty {
        let range = try #require(text.range(of: edit.old.joined(separator: "\n")), "\(fault.title): old text")
        let before = text.distance(from: text.startIndex, to: range.lowerBound)
        text.replaceSubrange(range, with: edit.new.joined(separator: "\n"))
        start = text.index(text.startIndex, offsetBy: before)
      } else if !edit.new.isEmpty {
        text += edit.new.joined(separator: "\n") + "\n"
      }
      files[index].bytes = Array(text.utf8)
      place = range(of: fault.at, in: text, from: start).map { Place(path: files[index].path, bytes: $0) }
    }
    if let other = fault.file, let file = files.first(where: { $0.path == "guidelines/" + other }) {
      let text = String(decoding: file.bytes, as: UTF8.self)
      place = range(of: fault.at, in: text, from: text.startIndex).map { Place(path: file.path, bytes: $0) }
    }
    return (files, place)
  }

  /// Where words stand: in the change or behind it, or else where they stand first.
  private func range(of words: String, in text: String, from start: String.Index) -> Range<Int>? {
    let lineStart = text[..<start].lastIndex(of: "\n") ?? text.startIndex
    let found = text.range(of: words, range: lineStart..<text.endIndex) ?? text.range(of: words)
    return found.map {
      text.utf8.distance(
        from: text.startIndex, to: $0.lowerBound)..<text.utf8.distance(from: text.startIndex, to: $0.upperBound)
    }
  }

  /// What is found with the fault and is not found without it.
  mutating func findings(in files: Files, _ fault: SeededFault) -> (findings: [Diagnostic], files: SourceFiles) {
    let report = run(files, fault)
    let key = "\(part(fault).map(\.path)) \(fault.select ?? "") \(fault.isCompared)"
    // Compared with itself nothing has changed.
    if before[key] == nil, !fault.isCompared {
      let report = run(part(fault), fault)
      before[key] = Set(report.findings.map { Self.name($0.diagnostic) })
    }
    let known = before[key] ?? []
    let open = report.findings.filter { $0.state == .open }.map(\.diagnostic)
    return (open.filter { !known.contains(Self.name($0)) }, report.files)
  }

  private static func name(_ item: Diagnostic) -> String { item.code.id + item.message }

  private func run(_ files: Files, _ fault: SeededFault) -> LintReport {
    var settings = LintSettings(today: Day(year: 2026, month: 6, day: 1) ?? Day(number: 0))
    settings.configuration = configuration
    settings.select = ["GL01", "GL02", "GL03", "GL04", "GL05", "GL07", fault.select ?? "GL" + family]
    if fault.isCompared {
      settings.select = [fault.select ?? "GL" + family]
      settings.against = source(part(fault))
    }
    return lint(source(files), settings)
  }

  private func source(_ files: Files) -> SourceFiles {
    var all = SourceFiles()
    for file in files { _ = all.add(path: file.path, bytes: file.bytes) }
    return all
  }

  /// The files that are read: the guidelines that are changed, with all that they use; test cases only where they matter.
  private func part(_ fault: SeededFault) -> Files {
    let shared = ["vocabulary", "definitions", "thiopurine-alleles"]
    let changed = fault.edits.compactMap { $0.path.split(separator: "/").first.map(String.init) }
    let named = fault.only.isEmpty ? changed : fault.only
    // Shared documents are used by somebody, or nobody would be told that they are wrong.
    let folders = named.allSatisfy(shared.contains) ? named + ["immunosuppressant-safety"] : named
    return content.filter { file in
      let path = file.path.split(separator: "/").map(String.init)
      guard path.count > 1 else { return true }
      if path.contains("tests"), family != "10" { return false }
      return (folders + shared).contains(path[1])
    }
  }

  func shown(_ item: Diagnostic, _ files: SourceFiles) -> String {
    let place = item.span.map { span in
      let start = files[span.file].bytes.prefix(Int(span.start)).split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      return "\(files[span.file].path):\(start.count):\((start.last?.count ?? 0) + 1)"
    }
    return "  \(item.code.id) \(place ?? "nowhere"): \(item.message) [\(item.help.joined(separator: "; "))]"
  }
}
