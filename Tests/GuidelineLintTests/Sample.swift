internal import ClinicalValues
internal import GuidelineLint
internal import SourceText

/// A small library in memory, and what the linter says of it.
struct Sample {
  var files: [(path: String, text: String)]

  /// A vocabulary with a fact that nobody reads, and a guideline.
  ///
  /// `above` and `behind` stand beside the unread fact, `rule` is the condition of the one rule.
  static func clinic(above: String? = nil, behind: String = "", rule: String = "patient.age >= 18 a") -> Sample {
    let comment = above.map { "  \($0)\n" } ?? ""
    let gerd = rule.contains("patient.age") && rule.contains("gerd") ? ", gerd: yes" : ""
    return Sample(files: [
      (
        "words.yaml",
        """
        vocabulary: words
        version: 1.0.0
        terms:
          drug: {amoxicillin: {}}
        facts:
          patient.age: {type: quantity, unit: a, range: 0 .. 125}
        \(comment)  gerd: {type: yes_no}\(behind)
        conclusions:
          recommend: {subject: one of drug, graded: yes}

        """
      ),
      (
        "tick-bite.yaml",
        """
        guideline: tick-bite
        title: After a tick bite
        version: 1.0.0
        edition: "1"
        uses: [words]
        sources:
          house:
            title: Rules of our house
            statements:
              R1: {says: Adults get amoxicillin.}
        rules:
          adults:
            when: [\(rule)]
            then:
              - {recommend: amoxicillin}
            strength: conditional
            source: house#R1
            title: Adults

        """
      ),
      (
        "cases.yaml",
        """
        tests: tick-bite-cases
        today: 2026-06-15
        use: [tick-bite@1]
        cases:
          grown-up: {given: {patient.age: 40 a\(gerd)}, expect: [{recommend: amoxicillin}]}
          of-age: {given: {patient.age: 18 a\(gerd)}, expect: [{recommend: amoxicillin}]}
          child: {given: {patient.age: 1 a\(gerd)}, never: [{recommend: amoxicillin}]}
          infant: {given: {patient.age: 0.5 a\(gerd)}, never: [{recommend: amoxicillin}]}

        """
      ),
    ])
  }

  var sources: SourceFiles {
    var sources = SourceFiles()
    for file in files { sources.add(path: file.path, bytes: Array(file.text.utf8)) }
    return sources
  }

  func replacing(_ old: String, _ new: String) -> Sample {
    Sample(
      files: files.map { file in
        (file.path, file.text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new))
      })
  }

  /// From which day the samples are seen.
  static let today = Day(iso: "2026-06-15") ?? Day(number: 0)

  var settings: LintSettings { LintSettings(today: Self.today) }

  func lint(
    configuration: String? = nil, baseline: String? = nil, _ change: (inout LintSettings) -> Void = { _ in }
  ) -> LintReport {
    var settings = LintSettings(today: Self.today)
    settings.configuration = configuration.map { InputFile(path: ".guideline-lint.yaml", bytes: Array($0.utf8)) }
    settings.baseline = baseline.map { InputFile(path: "known.json", bytes: Array($0.utf8)) }
    change(&settings)
    return GuidelineLint.lint(sources, settings)
  }
}

extension LintReport {
  /// `GL0305` for each finding that nobody allowed, sorted.
  var open: [String] { ids { $0.state == .open } }

  /// Of those that a comment or the configuration allows.
  var allowed: [String] {
    ids { if case .suppressed = $0.state { true } else { false } }
  }

  private func ids(_ isMeant: (Finding) -> Bool) -> [String] {
    findings.filter(isMeant).map(\.diagnostic.code.id).sorted()
  }

  func first(_ id: String) -> Diagnostic? { findings.first { $0.diagnostic.code.id == id }?.diagnostic }

  /// The words at the primary place of a finding.
  func words(of id: String) -> String? { first(id)?.span.map { files.text($0) } }
}
