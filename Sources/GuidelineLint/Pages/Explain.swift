internal import SourceText

/// The page of a check, for people.
package struct ExplainedCheck: Sendable {
  let check: Check

  package init(_ check: Check) { self.check = check }

  /// For a terminal; headings may be coloured.
  package func text(color: Bool) -> String {
    var lines = [heading("\(check.code.id) \(check.code.name)", color), ""]
    lines += wrapped("\(check.code.severity.rawValue), found in the \(check.layer.words)\(safety).")
    lines += [""] + wrapped(check.page.summary) + [""] + wrapped(check.page.why)
    lines += ["", heading("What shows it", color), ""] + indented(check.page.example)
    lines += ["", heading("Mended", color), ""] + indented(check.page.mended)
    if let notes = check.page.notes { lines += ["", heading("To know", color), ""] + wrapped(notes) }
    if check.isFixable { lines += ["", heading("Fix", color), ""] + wrapped(Self.fix) }
    lines += ["", heading("To allow it", color), ""] + wrapped(check.howToAllow)
    return lines.joined(separator: "\n") + "\n"
  }

  /// For a folder of pages.
  package var markdown: String {
    var parts = ["# \(check.code.id) \(check.code.name)"]
    parts.append("*\(check.code.severity.rawValue)*, found in the \(check.layer.words)\(safety).")
    parts += [check.page.summary, check.page.why]
    parts += ["## What shows it", fenced(check.page.example), "## Mended", fenced(check.page.mended)]
    if let notes = check.page.notes { parts += ["## To know", notes] }
    if check.isFixable { parts += ["## Fix", Self.fix] }
    parts += ["## To allow it", check.howToAllow]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static let fix = """
    For some of these findings there is a fix. `guideline-lint --fix` carries out those that change no patient's result, \
    `--fix=suggested` the others too; `--diff` shows them and writes nothing.
    """

  private var safety: String { check.isSafety ? "; it guards patients" : "" }

  private func fenced(_ text: String) -> String { "```yaml\n\(text)\n```" }

  private func heading(_ text: String, _ color: Bool) -> String { color ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  private func indented(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    " + $0 }
  }

  /// Paragraphs with lines that a terminal shows whole.
  private func wrapped(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph -> [String] in
      var lines = [""]
      for word in paragraph.split(separator: " ") {
        let line = lines[lines.count - 1]
        if line.count + word.count + 1 > Self.width, !line.isEmpty { lines.append("") }
        lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
      }
      return lines
    }
  }

  private static let width = 88
}

extension Check.Layer {
  /// Where a check of the layer looks, in the words of a reader.
  package var words: String {
    switch self {
    case .text: "text of a file"
    case .syntax: "keys and lines of a document"
    case .library: "library as a whole"
    case .analysis: "analysis of all patients"
    case .tests: "test cases"
    case .change: "comparison with another version"
    }
  }
}

extension Check {
  /// One or two sentences.
  package var howToAllow: String {
    guard mayBeAllowed else {
      return "It cannot be allowed: content that has it, or a permission that is wrong, is to be mended."
    }
    guard !isSafety else {
      return
        "It guards patients: only `.guideline-lint.yaml` can allow it, under `allow:`, with `reason` and `approved-by`."
    }
    return """
      Write `# guideline-lint: allow \(code.id) -- reason` above the rule or behind the line, or add it under `allow:` in \
      `.guideline-lint.yaml`.
      """
  }
}
