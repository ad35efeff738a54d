internal import ClinicalValues
internal import Foundation
internal import GuidelineKit
internal import SourceText
internal import TestSupport
internal import Testing

/// The files of the suite, and the repository's guidelines that must agree with them.
struct CPICSuite {
  var folder: URL
  var library: GuidelineLibrary
  var cells: [CPICCell]

  static func load() throws -> CPICSuite? {
    guard let path = ProcessInfo.processInfo.environment["GUIDELINE_SUITES"] else {
      print("skipped: GUIDELINE_SUITES is not set")
      return nil
    }
    let folder = URL(filePath: path).appending(path: "pharmcat-cpic")
    let table = try json(folder.appending(path: "guidelines/CPIC_azathioprine_and_NUDT15_TPMT.json"))
    let cells = try #require(table["recommendations"] as? [[String: Any]])
    return CPICSuite(folder: folder, library: repositoryLibrary, cells: try cells.map { try CPICCell($0) })
  }

  /// Read once: it takes seconds where nothing is optimised.
  private static let repositoryLibrary: GuidelineLibrary = {
    var files = SourceFiles()
    for file in (try? FolderContent.content(of: "guidelines")) ?? [] { files.add(path: file.path, bytes: file.bytes) }
    return GuidelineLibrary(files)
  }()

  func guidelines(_ name: String) throws -> Guidelines {
    try library.guidelines(pinned: [name], today: try #require(Day(iso: "2026-06-01")))
  }

  /// The diplotypes of a gene with their phenotypes, in our words.
  func diplotypes(_ gene: String) throws -> [(diplotype: String, phenotype: String)] {
    let table = try Self.json(folder.appending(path: "phenotype/\(gene).json"))
    let rows = try #require(table["diplotypes"] as? [[String: Any]])
    return try rows.map { row in
      (try #require(row["diplotype"] as? String), termName(try #require(row["generesult"] as? String)))
    }
  }

  private static func json(_ file: URL) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
  }
}

/// A recommendation for a pair of phenotypes.
struct CPICCell {
  let tpmt: String
  let nudt15: String
  private let classification: String
  private let text: String

  init(_ fields: [String: Any]) throws {
    let key = try #require(fields["lookupKey"] as? [String: String])
    tpmt = try #require(key["TPMT"])
    nudt15 = try #require(key["NUDT15"])
    classification = try #require((fields["classification"] as? [String: Any])?["term"] as? String)
    text = try #require((fields["text"] as? [String: Any])?["html"] as? String)
  }

  /// A patient for whom azathioprine is planned.
  var patient: String {
    """
    patient.weight: 60 kg
    medication: [{agent: azathioprine, status: planned, dose: \(CPICAnswer.plannedDose.canonicalDecimal) mg/d}]
    tpmt.phenotype: \(Self.given(tpmt))
    nudt15.phenotype: \(Self.given(nudt15))
    """
  }

  private static func given(_ phenotype: String) -> String {
    phenotype == "No Result" ? "{unknown: not_tested}" : termName(phenotype)
  }

  /// What the text of the cell says.
  var expected: CPICAnswer {
    CPICAnswer(
      action: action, strengths: [classification.lowercased()], classification: [classification],
      assaysActivity: text.contains(/Consider evaluating (erythrocyte TPMT|TPMT erythrocyte) activity/),
      monitorsClosely: text.contains("monitor closely for toxicity"))
  }

  private var action: CPICAction? {
    if text.contains("onsider alternative non-thiopurine") { return .alternative }
    if let match = text.firstMatch(of: /reduced starting doses \(([0-9]+)%\s*-\s*([0-9]+)% of normal dose\)/),
      let low = Int64(match.1), let high = Int64(match.2)
    {
      return .reduced(Rational(low), Rational(high))
    }
    if text.contains("tart with normal starting dose") { return .standard }
    let isUndecided = text.contains(/phenotype could (not )?be assigned/) && !text.contains("starting dose (")
    return isUndecided ? .noDoseFromPhenotypes : nil
  }
}

/// `Poor Metabolizer` as the vocabulary spells it.
private func termName(_ phenotype: String) -> String {
  phenotype.lowercased().replacing(" ", with: "_")
}
