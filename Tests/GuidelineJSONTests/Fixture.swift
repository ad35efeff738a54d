import ClinicalValues
import Foundation
import GuidelineKit
import SourceText
import TestSupport
import Testing

/// The small library and its patients in `Tests/Fixtures`.
enum Fixture {
  static let folder = Repository.root + "/Tests/Fixtures"

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
  }

  static func library(prefix: String = "library") throws -> SourceFiles {
    var files = SourceFiles()
    let start = prefix.hasSuffix("/") ? prefix : prefix + "/"
    for name in ["lung-2024.yaml", "tests/lung.yaml", "vocabulary.yaml"] {
      files.add(path: start + name, bytes: try bytes("library/" + name))
    }
    return files
  }

  static func report(of patient: String, prefix: String) throws -> Report {
    let library = GuidelineLibrary(try library(prefix: prefix))
    let facts = try library.facts(path: patient, bytes: bytes(patient))
    let day = try #require(Day(iso: "2025-06-01"))
    return try library.guidelines(inForceOn: day).evaluate(facts)
  }
}
