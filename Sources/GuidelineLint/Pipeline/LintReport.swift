package import SourceText

/// All that was found, in the order in which it is shown.
package struct LintReport: Sendable {
  package var files: SourceFiles
  package var findings: [Finding]
  /// Files that could not be read, with the reason; a run with one of them is no clean run.
  package var unreadable: [UnreadableFile] = []
  /// How much was analysed, and what was not decided: lines for the end of the report.
  package var remarks: [String] = []

  /// How the library differs from an earlier version; nil: it was not compared.
  package var changes: LibraryChanges?

  /// What was found and proved, part by part, for a later run of the same program (`LintSettings.answers`).
  package var answers: [UInt8] = []

  /// The configuration among the files.
  package var configuration: FileID?

  package init(files: SourceFiles, findings: [Finding]) {
    self.files = files
    self.findings = findings
  }
}

/// A diagnostic, and what the project has said about it.
package struct Finding: Sendable {
  package var diagnostic: Diagnostic
  /// Of the check and the content it is about, not of lines: it stays when other lines move.
  package var fingerprint: String
  package var state: State
  /// `sjogren-azathioprine/maintenance`: the part of a document that it is about; empty: none.
  package var part: String

  package enum State: Sendable, Hashable {
    case open
    /// Allowed beside the content or in the configuration.
    case suppressed(reason: String)
    /// It was there when the baseline was written.
    case inBaseline
  }

  package init(diagnostic: Diagnostic, fingerprint: String, state: State, part: String = "") {
    self.diagnostic = diagnostic
    self.fingerprint = fingerprint
    self.state = state
    self.part = part
  }
}

/// A file that was named and could not be read.
package struct UnreadableFile: Sendable {
  package var path: String
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
