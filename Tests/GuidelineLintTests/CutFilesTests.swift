internal import GuidelineLint
internal import SourceText
internal import Testing

/// Whatever is left of a file, it is answered with findings.
@Suite struct CutFilesTests {
  private static let comment = "# guideline-lint: allow GL0305, unused-fact until 2027-06-30 approved-by: A -- why"

  @Test func `a file that ends anywhere is answered`() {
    let sample = Sample.clinic(above: Self.comment)
    for index in sample.files.indices {
      let text = sample.files[index].text
      for length in stride(from: 0, to: text.count, by: 7) {
        var cut = sample
        cut.files[index].text = String(text.prefix(length))
        let report = cut.lint()
        #expect(report.findings.allSatisfy { !$0.fingerprint.isEmpty })
      }
    }
  }

  @Test func `a configuration and a list of known findings that end anywhere are answered`() {
    let sample = Sample.clinic()
    let configuration = "checks: {GL0305: {severity: off, reason: why}}\nallow: [{check: GL0011, reason: why}]\n"
    let baseline = #"{"findings": [{"check": "GL0305", "fingerprint": "60a1c1ab8b5f2c10", "part": "words/gerd"}]}"#
    for length in 0...max(configuration.count, baseline.count) {
      let report = sample.lint(
        configuration: String(configuration.prefix(length)), baseline: String(baseline.prefix(length)))
      #expect(!report.findings.isEmpty)
    }
  }

  @Test func `the order of the files changes nothing`() {
    let sample = Sample.clinic(rule: "patient.aeg >= 18 a")
    let other = Sample(files: sample.files.reversed())
    let words = [sample, other].map { sample in
      let report = sample.lint()
      return report.findings.map { finding in
        "\(finding.diagnostic.span.map { report.files.describe($0) } ?? "") \(finding.diagnostic.message) "
          + finding.fingerprint
      }
    }
    #expect(words[0] == words[1])
  }
}
