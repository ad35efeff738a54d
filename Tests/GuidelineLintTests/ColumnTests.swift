internal import GuidelineLint
internal import SourceText
internal import Testing

/// A column that a file lacks is one finding, at the header, whatever depends on it.
@Suite struct ColumnTests {
  private static let whole = "id,drug,says\nR1,amoxicillin,Adults get it.\nR2,amoxicillin,Children get it.\n"

  private static func library(_ rows: String) -> Sample {
    var sample = Sample.clinic().replacing(
      """
          statements:
            R1: {says: Adults get amoxicillin.}

      """,
      """
          statements: {from: rows.csv, says: "{says}"}
      tables:
        drugs:
          columns: {id: text, drug: one of drug}
          ignore: [says]
          from: rows.csv

      """
    ).replacing(
      "      - {recommend: amoxicillin}\n    strength: conditional\n    source: house#R1\n",
      "      - {recommend: row.drug}\n    strength: conditional\n    source: house#row.id\n"
    ).replacing("    when: [patient", "    for_each: {row: drugs}\n    when: [patient")
    sample.files.append(("rows.csv", rows))
    return sample
  }

  private static func errors(_ report: LintReport) -> [Diagnostic] {
    report.findings.map(\.diagnostic).filter { $0.code.severity == .error }
  }

  @Test func `nothing is wrong with the whole file`() {
    #expect(Self.errors(Self.library(Self.whole).lint()).map(\.message) == [])
  }

  @Test(
    arguments: [
      // The cell of the header alone, or the cells below it as well.
      ("says", "id,drug\nR1,amoxicillin,Adults get it.\nR2,amoxicillin,Children get it.\n", 2),
      ("says", "id,drug\nR1,amoxicillin\nR2,amoxicillin\n", 2),
      ("drug", "id,says\nR1,amoxicillin,Adults get it.\nR2,amoxicillin,Children get it.\n", 1),
      ("drug", "id,says\nR1,Adults get it.\nR2,Children get it.\n", 1),
      ("id", "drug,says\nR1,amoxicillin,Adults get it.\nR2,amoxicillin,Children get it.\n", 2),
      ("id", "drug,says\namoxicillin,Adults get it.\namoxicillin,Children get it.\n", 2),
    ])
  func `a missing column is one error at the header`(column: String, rows: String, users: Int) throws {
    let report = Self.library(rows).lint()
    let errors = Self.errors(report)
    #expect(errors.map(\.code.id) == ["GL0322"], "\(errors.map(\.message))")
    let error = try #require(errors.first)
    #expect(error.message == "`rows.csv` has no column `\(column)`")
    #expect(report.words(of: "GL0322") == rows.split(separator: "\n").first.map(String.init))
    #expect(error.related.count == users)
    #expect(error.notes.contains { $0.contains("nothing more is checked of") })
  }

  @Test func `a header that fits no line is one error, whoever reads the file`() {
    let report = Self.library(Self.whole.replacing("id,drug,says", with: "id,drug,says,more")).lint()
    #expect(Self.errors(report).map(\.code.id) == ["GL0225", "GL0321"])
    let sample = Sample(files: Sample.clinic().files + [("rows.csv", "a\n1,2\n3,4\n5,6\n")])
    let errors = Self.errors(sample.lint())
    #expect(
      errors.map(\.message) == ["the header names 1 column, but each of the 3 lines below it has 2 cells"])
  }

  @Test func `lines that do not fit beside one that does are reported each`() {
    let report = Self.library(Self.whole + "R3,amoxicillin\nR4,amoxicillin\n").lint()
    #expect(Self.errors(report).map(\.code.id) == ["GL0225", "GL0225"])
  }

  @Test func `what is left out stands behind the error that causes it`() {
    let report = Self.library("id,says\nR1,Adults get it.\nR2,Children get it.\n").lint()
    let ids = report.findings.filter { $0.state == .open }.map(\.diagnostic.code.id)
    #expect(ids.first == "GL0322")
    #expect(ids.last == "GL0011")
    #expect(report.first("GL0011")?.message.contains("until GL0322 in `rows.csv`") == true)
  }
}
