internal import SourceText

/// What was mended and what is left, in words.
package struct FixSummary {
  private let fixed: FixedLibrary
  private let isWritten: Bool

  /// `isWritten`: the files were changed; else it is said what would be.
  package init(_ fixed: FixedLibrary, isWritten: Bool) {
    self.fixed = fixed
    self.isWritten = isWritten
  }

  /// A line for each fix, then how many there were and what is left.
  package var text: String {
    let lines = fixed.applied.map { fix in
      "\(isWritten ? "mended" : "would mend") \(fix.path):\(fix.position.line):\(fix.position.column): "
        + "\(fix.code.id) \(fix.code.name): \(fix.title) [\(fix.safety.rawValue)]"
    }
    return (lines + [count] + rest).joined(separator: "\n") + "\n"
  }

  private var count: String {
    guard !fixed.applied.isEmpty else { return isWritten ? "Nothing was mended." : "Nothing would be mended." }
    let findings = amount(fixed.applied.count, "finding")
    let files = amount(fixed.changed.count, "file")
    return isWritten
      ? "Mended \(findings) in \(files)." : "\(findings) in \(files) would be mended; nothing was written."
  }

  private var rest: [String] {
    let open = fixed.report.findings.filter { $0.state == .open }
    let offered = open.count { !$0.diagnostic.fixes.isEmpty }
    var lines: [String] = []
    if !open.isEmpty {
      let how = offered == 0 ? "" : "; for \(offered) of them there is a fix: see `--fix=suggested`, or do it by hand"
      lines.append("Left: \(amount(open.count, "finding"))\(how).")
    }
    if fixed.refused > 0 {
      lines.append("Taken back: \(amount(fixed.refused, "fix", "fixes")) that would have made something worse.")
    }
    if !fixed.isFinished { lines.append("It was given up after many rounds: run it again.") }
    return lines
  }

  private func amount(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
  }
}
