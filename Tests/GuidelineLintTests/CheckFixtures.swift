internal import ClinicalValues
internal import GuidelineKit
internal import GuidelineLint
internal import SourceText
internal import TestSupport

/// What is found in content that is read together with the small clinic of the shared fixtures.
struct CheckFixtures {
  private let shared: [(path: String, bytes: [UInt8])]
  private let own: [(path: String, bytes: [UInt8])]

  /// Read once for all tests.
  private static let content = Result {
    try FolderContent.content(of: "Tests/Fixtures/lint", endings: [".yaml", ".csv", ".md"])
  }

  init() throws {
    let content = try Self.content.get()
    shared = content.filter { $0.path.hasPrefix("shared/") }
    own = content.filter { !$0.path.hasPrefix("shared/") }
  }

  /// The files of the fixture `bad.yaml`, or `bad/…`, of a check.
  func files(of id: String, _ name: String) -> [(path: String, bytes: [UInt8])] {
    if let generated = GeneratedFixtures.files(of: id, name) { return generated }
    return own.filter { $0.path == "\(id)/\(name).yaml" || $0.path.hasPrefix("\(id)/\(name)/") }
  }

  /// The checks for which there is a folder.
  var ids: Set<String> { Set(own.compactMap { $0.path.split(separator: "/").first.map(String.init) }) }

  func findings(in files: [(path: String, text: String)]) -> [Diagnostic] {
    findings(in: files.map { ($0.path, Array($0.text.utf8)) })
  }

  /// What reading these files finds; what is found in the shared ones is no concern of theirs.
  func findings(in files: [(path: String, bytes: [UInt8])]) -> [Diagnostic] {
    let all = library(with: files)
    return GuidelineLibrary(all).diagnostics.filter { concerns($0, files, all) }
  }

  /// What one check finds in these files, in a run of the linter.
  ///
  /// A file `.guideline-lint.yaml` is the configuration, one that is called a baseline holds known findings; what lies
  /// in a folder `before` is the earlier version. What the
  /// linter says of its own files (`GL00…`) depends on what the other checks find, so these run too.
  func findings(of id: String, in files: [(path: String, bytes: [UInt8])]) -> [Diagnostic] {
    let (library, settings) = run(of: id, in: files)
    let report = lint(library, settings)
    return report.findings.filter { $0.state == .open }.map(\.diagnostic).filter {
      $0.code.id == id && concerns($0, files, report.files)
    }
  }

  /// What a run of the linter gets that looks for one check in its fixture.
  func run(of id: String, _ name: String) -> (files: SourceFiles, settings: LintSettings) {
    run(of: id, in: files(of: id, name))
  }

  private func run(
    of id: String, in files: [(path: String, bytes: [UInt8])]
  ) -> (files: SourceFiles, settings: LintSettings) {
    var settings = LintSettings(today: Day(year: 2026, month: 6, day: 1) ?? Day(number: 0))
    if !id.hasPrefix("GL00") { settings.select = [id] }
    var content: [(path: String, bytes: [UInt8])] = []
    let earlier = files.filter { $0.path.contains("/before/") }
    if !earlier.isEmpty { settings.against = library(with: earlier) }
    for file in files {
      if file.path.hasSuffix(".guideline-lint.yaml") {
        settings.configuration = InputFile(path: file.path, bytes: file.bytes)
      } else if file.path.hasSuffix("baseline.yaml") || file.path.hasSuffix("baseline.json") {
        settings.baseline = InputFile(path: file.path, bytes: file.bytes)
      } else if file.path.hasSuffix("/CHANGELOG.md") {
        settings.changelogs.append(InputFile(path: file.path, bytes: file.bytes))
      } else if !file.path.contains("/before/") {
        content.append(file)
      }
    }
    return (library(with: content), settings)
  }

  private func library(with files: [(path: String, bytes: [UInt8])]) -> SourceFiles {
    var all = SourceFiles()
    for file in shared + files { _ = all.add(path: file.path, bytes: file.bytes) }
    return all
  }

  private func concerns(
    _ finding: Diagnostic, _ files: [(path: String, bytes: [UInt8])], _ all: SourceFiles
  ) -> Bool {
    guard let span = finding.span else { return true }
    return files.contains { $0.path == all[span.file].path }
  }
}

/// Fixtures that would be megabytes, or that no text file can hold.
enum GeneratedFixtures {
  static let ids = ["GL0111", "GL0112", "GL0332"]

  static func files(of id: String, _ name: String) -> [(path: String, bytes: [UInt8])]? {
    let isBad = name == "bad"
    switch id {
    case "GL0111": return [("large.yaml", head + comment(of: isBad ? 5 * 1024 * 1024 : 1024))]
    case "GL0112": return [("latin-1.yaml", head + Array("# Sj".utf8) + (isBad ? [0xF6] : [0xC3, 0xB6]) + [0x0A])]
    case "GL0332": return [("many.yaml", head + grid(rows: isBad ? 65_536 : 100))]
    default: return nil
    }
  }

  private static let head = Array(
    "guideline: large\ntitle: Large\nversion: 1.0.0\nedition: \"1\"\nuses: [ild-clinic]\n".utf8)

  private static func comment(of length: Int) -> [UInt8] {
    [UInt8(ascii: "#")] + [UInt8](repeating: UInt8(ascii: "-"), count: length) + [0x0A]
  }

  private static func grid(rows: Int) -> [UInt8] {
    let row = Array("      - [any, {test: cbc}]\n".utf8)
    return Array("tables:\n  all:\n    in: [ild.severity]\n    hit: all\n    rows:\n".utf8)
      + Array(repeatElement(row, count: rows).joined())
  }
}
