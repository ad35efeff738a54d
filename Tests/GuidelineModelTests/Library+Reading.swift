internal import ClinicalValues
internal import Foundation
internal import GuidelineModel
internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText
internal import TestSupport
internal import Testing

/// The folder with the fixtures of the room.
let fixtures = Repository.root + "/Tests/Fixtures/model"

/// A library made of files in memory, and what was found in it.
struct Checked {
  var files: SourceFiles
  var syntax: LibrarySyntax
  var vocabulary: Vocabulary
  var findings: [Diagnostic]

  /// `GL0301 ild.presnt`: the id and the words at the place.
  var summary: [String] {
    findings.map { finding in
      "\(finding.code.id) \(finding.span.map { files.text($0) } ?? "")"
    }.sorted()
  }

  func library(on day: String) -> Library {
    var diagnostics = Diagnostics()
    let selected = select(.inForce(on: day.day), from: syntax, into: &diagnostics)
    return resolve(selected, of: syntax, vocabulary: vocabulary, into: &diagnostics)
  }
}

extension String {
  var day: Day { Day(iso: self) ?? Day(number: 0) }
}

/// Reads and checks files by their paths.
func check(_ contents: [(path: String, text: String)]) -> Checked {
  var files = SourceFiles()
  for (path, text) in contents { files.add(path: path, bytes: Array(text.utf8)) }
  var diagnostics = Diagnostics()
  let syntax = readLibrary(files, into: &diagnostics)
  let vocabulary = checkLibrary(syntax, into: &diagnostics)
  return Checked(files: files, syntax: syntax, vocabulary: vocabulary, findings: diagnostics.sorted(in: files))
}

/// The vocabulary that all fixtures use.
func baseFile() throws -> (path: String, text: String) {
  ("words.yaml", try String(contentsOfFile: fixtures + "/base/words.yaml", encoding: .utf8))
}

/// A fixture: one file, or all files of a folder.
func read(fixture: String, in folder: String) throws -> [(path: String, text: String)] {
  let path = "\(fixtures)/\(folder)/\(fixture)"
  guard FileManager.default.fileExists(atPath: path) else { return [] }
  guard !path.hasSuffix(".yaml") else { return [(fixture, try String(contentsOfFile: path, encoding: .utf8))] }
  return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map {
    ($0, try String(contentsOfFile: path + "/" + $0, encoding: .utf8))
  }
}

func fixtureNames(in folder: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: "\(fixtures)/\(folder)")) ?? []).sorted()
}
