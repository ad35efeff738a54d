internal import ClinicalValues
internal import Foundation
internal import GuidelineKit
internal import SourceText
internal import TestSupport
internal import Testing

/// The tables of CPIC as PharmCAT carries them, read from the folder that `GUIDELINE_SUITES` names, against the
/// repository's own encoding.
@Suite struct `The tables of CPIC` {
  @Test func `the 35 cells of azathioprine in 2018 come out`() throws {
    guard let suite = try CPICSuite.load() else { return }
    #expect(suite.cells.count == 35)
    let guidelines = try suite.guidelines("cpic-thiopurines@2018")
    for cell in suite.cells {
      let facts = try suite.library.facts(path: "patient.yaml", bytes: Array(cell.patient.utf8))
      let answer = CPICAnswer(guidelines.evaluate(facts, .brief))
      #expect(answer == cell.expected, "TPMT \(cell.tpmt), NUDT15 \(cell.nudt15)")
    }
  }

  @Test func `every diplotype of TPMT and NUDT15 has the phenotype of the table`() throws {
    guard let suite = try CPICSuite.load() else { return }
    let tpmt = try suite.diplotypes("TPMT")
    let nudt15 = try suite.diplotypes("NUDT15")
    #expect(tpmt.count == 946)
    #expect(nudt15.count == 45)
    let guidelines = try suite.guidelines("thiopurine-alleles@2025")
    // Both genes of one patient at a time: the shorter list starts again and again.
    for (index, row) in tpmt.enumerated() {
      let other = nudt15[index % nudt15.count]
      let patient = "{tpmt.diplotype: \"\(row.diplotype)\", nudt15.diplotype: \"\(other.diplotype)\"}"
      let facts = try suite.library.facts(path: "patient.yaml", bytes: Array(patient.utf8))
      let report = guidelines.evaluate(facts, .brief)
      #expect(report.derivedTerm("tpmt.phenotype") == row.phenotype, "TPMT \(row.diplotype)")
      #expect(report.derivedTerm("nudt15.phenotype") == other.phenotype, "NUDT15 \(other.diplotype)")
    }
  }
}

/// What a cell of the table asks for.
enum CPICAction: Equatable {
  case standard
  /// The lowest and the highest percentage of the planned dose.
  case reduced(Rational, Rational)
  case alternative
  case noDoseFromPhenotypes
}

/// A cell in the words of the suite, or the answer of the guideline, made comparable.
struct CPICAnswer: Equatable {
  var action: CPICAction?
  /// The strength of everything that is said about the dose.
  var strengths: Set<String>
  /// The classification, in the word of the source.
  var classification: Set<String>
  var assaysActivity: Bool
  var monitorsClosely: Bool
}

extension CPICAnswer {
  /// 60 kg and 120 mg/d: 2 mg/kg/d, the least standard dose.
  static let plannedDose = Rational(120)

  init(_ report: Report) {
    // Where one gene has no result, a dose stands unless that gene turns out to be poor.
    let standing = report.conclusions.filter { $0.status == .certain || $0.status == .provisional }
    let notes = standing.filter { $0.kind == "note" }
    let note = notes.count == 1 ? "\(notes[0].subject)" : ""
    let doses = standing.filter { $0.kind == "dose" && $0.isAbout("azathioprine") }
    let against = standing.filter { $0.kind == "against" && $0.isAbout("azathioprine") }
    switch (doses.count, against.count) {
    case (1, 0): action = doses[0].percentages.map { CPICAction.reduced($0.low, $0.high) }
    case (0, 1): action = .alternative
    case (0, 0) where note.contains(": standard start"): action = .standard
    case (0, 0) where note.contains(": no dose follows from the phenotypes"): action = .noDoseFromPhenotypes
    default: action = nil
    }
    strengths = Set((notes + doses + against).map { $0.strength ?? "none" })
    classification = Set((notes + doses + against).map { $0.gradedAs ?? "none" })
    assaysActivity = standing.contains { $0.kind == "test" && $0.isAbout("tpmt_activity") }
    monitorsClosely = note.contains("monitor closely")
  }
}

extension Guidelines.Options {
  /// Only the answer.
  fileprivate static var brief: Self {
    var options = Self()
    options.reasons = false
    options.validUntil = false
    return options
  }
}

extension ReportedConclusion {
  fileprivate func isAbout(_ name: String) -> Bool {
    if case .term(name, _) = subject { return true }
    return false
  }

  /// The fields `low` and `high`, as percentages of the planned dose.
  fileprivate var percentages: (low: Rational, high: Rational)? {
    guard let low = percentage("low"), let high = percentage("high") else { return nil }
    return (low, high)
  }

  private func percentage(_ name: String) -> Rational? {
    guard case .quantity(let value, "mg/d")? = fields.first(where: { $0.name == name })?.value else { return nil }
    return value.multiplied(by: Rational(100))?.divided(by: CPICAnswer.plannedDose)
  }
}

extension Report {
  fileprivate func derivedTerm(_ name: String) -> String? {
    guard case .term(let term, _)? = derived.first(where: { $0.name == name })?.value else { return nil }
    return term
  }
}
