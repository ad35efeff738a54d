internal import GuidelineLint
internal import SourceText
internal import Testing

/// Comments that allow findings, and what is wrong with some of them.
@Suite struct SuppressionTests {
  @Test func `without a comment the finding is open`() {
    #expect(Sample.clinic().lint().open == ["GL0305"])
  }

  @Test(
    arguments: [
      "# guideline-lint: allow GL0305 -- asked for later (AW, 2026-06-01)",
      "# guideline-lint: allow unused-fact -- asked for later",
      "#guideline-lint: allow GL0305 -- asked for later",
      "# guideline-lint: allow GL0305 until 2026-06-15 -- asked for later",
      "# guideline-lint: allow GL0305 until 2027-06-30 approved-by: A. Weber -- asked for later",
      "# guideline-lint: allow GL0305 approved-by: A. Weber until 2027-06-30 -- asked for later",
    ])
  func `a comment with a reason allows, above a key and behind a line`(comment: String) {
    for sample in [Sample.clinic(above: comment), .clinic(behind: "  " + comment)] {
      let report = sample.lint()
      #expect(report.open.isEmpty)
      #expect(report.allowed == ["GL0305"])
      #expect(report.findings.first?.state == .suppressed(reason: reason(comment)))
    }
  }

  private func reason(_ comment: String) -> String {
    comment.split(separator: "-- ").last.map(String.init) ?? ""
  }

  @Test(
    arguments: [
      ("# guideline-lint: allow GL0305", ["GL0001", "GL0305"]),
      ("# guideline-lint: allow GL0305 --", ["GL0001", "GL0305"]),
      ("# guideline-lint: allow GL9999 -- why", ["GL0003", "GL0305"]),
      ("# guideline-lint: allow unused-fakt -- why", ["GL0003", "GL0305"]),
      ("# guideline-lint: allow GL0305 until 2026-06-14 -- why", ["GL0004", "GL0305"]),
      ("# guideline-lint: allow GL0305 until soon -- why", ["GL0004", "GL0305"]),
      ("# guideline-lint: allow GL0305 until -- why", ["GL0012", "GL0305"]),
      ("# guideline-lint: allow all -- why", ["GL0005", "GL0305"]),
      ("# guideline-lint: ignore GL0305 -- why", ["GL0012", "GL0305"]),
      ("# guideline-lint: allow -- why", ["GL0012", "GL0305"]),
      ("# guideline-lint:", ["GL0012", "GL0305"]),
      ("# guideline-lint: allow GL0006 -- why", ["GL0002", "GL0305"]),
      ("# guideline-lint: allow GL0305, GL0006 -- why", ["GL0002"]),
      ("# guideline-lint: allow GL0006,GL0305 -- why", ["GL0002"]),
      ("# guideline-lint allow GL0305 -- why", ["GL0305"]),
      ("# see guideline-lint: allow GL0305 -- why", ["GL0305"]),
    ])
  func `a comment that is wrong allows nothing, and says so`(comment: String, open: [String]) {
    #expect(Sample.clinic(above: comment).lint().open == open)
    #expect(Sample.clinic(behind: " " + comment).lint().open == open)
  }

  @Test func `a misspelt check is corrected where it stands`() throws {
    let report = Sample.clinic(above: "# guideline-lint: allow unused-fakt -- why").lint()
    #expect(report.words(of: "GL0003") == "unused-fakt")
    let fix = try #require(report.first("GL0003")?.fixes.first)
    #expect(fix.edits.map(\.replacement) == ["unused-fact"])
  }

  @Test func `all is replaced by what is found there`() throws {
    let report = Sample.clinic(above: "# guideline-lint: allow all -- why").lint()
    let fix = try #require(report.first("GL0005")?.fixes.first)
    #expect(fix.edits.map(\.replacement) == ["GL0305"])
    #expect(report.words(of: "GL0005") == "all")
  }

  @Test func `what nobody needs is taken away with its line`() throws {
    let comment = "# guideline-lint: allow GL0305 -- why"
    let sample = Sample.clinic(rule: "patient.age >= 18 a, gerd")
    let above = sample.replacing("  gerd:", "  \(comment)\n  gerd:")
    #expect(above.lint().open == ["GL0002"])
    #expect(try above.mended() == sample.files.map(\.text))
    let behind = sample.replacing("gerd: {type: yes_no}", "gerd: {type: yes_no}   \(comment)")
    #expect(behind.lint().open == ["GL0002"])
    #expect(try behind.mended() == sample.files.map(\.text))
  }

  @Test(
    arguments: [
      ("vocabulary: words", true), ("facts:", true), ("  gerd:", true), ("  patient.age:", false), ("terms:", false),
      ("conclusions:", false),
    ])
  func `a comment above a key speaks for all that belongs to the key`(key: String, reaches: Bool) {
    let comment = String(key.prefix { $0 == " " }) + "# guideline-lint: allow GL0305 -- why\n"
    let sample = Sample(files: Sample.clinic().files.map { ($0.path, $0.text.replacingFirst(key, comment + key)) })
    #expect(sample.lint().open == (reaches ? [] : ["GL0002", "GL0305"]))
  }

  @Test func `further comments and empty lines may stand between a comment and its key`() {
    let above = "# guideline-lint: allow GL0305 -- why\n\n  # The reflux that nobody asks for."
    #expect(Sample.clinic(above: above).lint().open.isEmpty)
  }

  @Test func `a comment behind a line speaks for that line only`() {
    let sample = Sample.clinic().replacing("facts:", "facts: # guideline-lint: allow GL0305 -- why")
    #expect(sample.lint().open == ["GL0002", "GL0305"])
  }

  @Test func `a comment above an item of a list speaks for the item`() {
    let sample = Sample.clinic(rule: "patient.aeg >= 18 a").replacing(
      "when: [patient.aeg >= 18 a]", "when:\n      # guideline-lint: allow GL0305 -- why\n      - patient.age >= 18 a")
    #expect(sample.lint().open == ["GL0002", "GL0305"])
  }

  @Test func `a comment at the end of a file reaches nothing`() {
    let sample = Sample.clinic()
    let text = sample.files[0].text + "# guideline-lint: allow GL0305 -- why\n"
    #expect(
      Sample(files: [("words.yaml", text), sample.files[1], sample.files[2]]).lint().open == ["GL0002", "GL0305"])
  }

  @Test func `a comment does not silence what makes content unusable`() {
    let sample = Sample.clinic(rule: "patient.aeg >= 18 a").replacing(
      "  adults:", "  # guideline-lint: allow GL0004 -- why\n  adults:")
    #expect(sample.lint().open.contains("GL0009"))
    #expect(sample.lint().open.contains("GL0301"))
  }

  @Test func `while a part is broken nothing is called unused`() {
    let sample = Sample.clinic(
      above: "# guideline-lint: allow GL0305 -- why", rule: "patient.aeg >= 18 a")
    #expect(sample.lint().open == ["GL0011", "GL0301"])
  }

  @Test func `a check that guards patients is not silenced by a comment`() throws {
    guard let check = Catalogue.checks.first(where: { $0.isSafety && $0.mayBeAllowed }) else {
      print("SKIPPED: no check guards patients yet")
      return
    }
    let report = Sample.clinic(above: "# guideline-lint: allow \(check.code.id) -- why").lint()
    #expect(report.open == ["GL0009", "GL0305"])
  }
}

extension Sample {
  /// The texts of the files after the first fix of every open finding.
  func mended() throws -> [String] {
    let report = lint()
    return files.indices.map { index in
      var bytes = Array(files[index].text.utf8)
      let edits = report.findings.filter { $0.state == .open }.compactMap(\.diagnostic.fixes.first).flatMap(\.edits)
      for edit in edits.filter({ Int($0.span.file.index) == index }).sorted(by: { $0.span > $1.span }) {
        bytes.replaceSubrange(Int(edit.span.start)..<Int(edit.span.end), with: Array(edit.replacement.utf8))
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}

extension String {
  func replacingFirst(_ old: String, _ new: String) -> String {
    guard let range = firstRange(of: old) else { return self }
    return String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
  }
}
