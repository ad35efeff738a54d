package import GuidelineLint
package import SourceText

/// How findings are written for a machine or a page.
package enum FindingFormat: String, CaseIterable, Sendable {
  /// A line for each finding: `path:line:column: error GL0301 unknown-fact: message`.
  case short
  /// All that is known, in the shape of `schemas/diagnostics.schema.json`.
  case json
  /// SARIF 2.1.0, for code scanning and for editors.
  case sarif
  /// Workflow commands, which GitHub shows beside the lines.
  case github
  /// The report of GitLab's code quality.
  case gitlab
  /// A test case for each file and group of checks, for build servers.
  case junit
  /// The XML of Checkstyle, which many tools read.
  case checkstyle
  /// The diagnostic format of reviewdog, columns in bytes.
  case rdjson
  /// A page for reviewers who are no programmers.
  case markdown
}

/// What a format has to know beside the findings.
package struct FormatOptions: Sendable {
  /// The version of the tool.
  package var version: String
  /// The checks whose pages explain the findings.
  package var checks: [Check]
  /// Where the pages of the checks stand on the web: the address before the id; nil: nowhere.
  package var pages: String?
  /// The severity from which on a finding fails the run.
  package var failOn: Severity

  package init(
    version: String, checks: [Check] = Catalogue.checks, pages: String? = nil, failOn: Severity = .error
  ) {
    self.version = version
    self.checks = checks
    self.pages = pages
    self.failOn = failOn
  }
}

/// The report in a format; the same report gives the same bytes.
///
/// Findings stand in the order of the report. Those that the project allows, or knows from its baseline, stand only in
/// the formats that can say so: `json`, `sarif` and `junit`.
package func format(_ report: LintReport, as format: FindingFormat, options: FormatOptions) -> [UInt8] {
  let input = FormatInput(report, options)
  return switch format {
  case .short: Array(short(input).utf8)
  case .json: json(input)
  case .sarif: sarif(input)
  case .github: Array(github(input).utf8)
  case .gitlab: gitlab(input)
  case .junit: Array(junit(input).utf8)
  case .checkstyle: Array(checkstyle(input).utf8)
  case .rdjson: rdjson(input)
  case .markdown: Array(markdown(input).utf8)
  }
}

/// The page that GitHub shows with a job: what the door appends to the file that `GITHUB_STEP_SUMMARY` names.
///
/// GitHub refuses a page of more than one mebibyte; findings that no longer fit are left out, and counted.
package func jobSummary(_ report: LintReport, options: FormatOptions) -> [UInt8] {
  Array(markdown(FormatInput(report, options), limitBytes: 1_000_000).utf8)
}
