internal import GuidelineLint
internal import SourceText

/// A page for people who know medicine and no programming: what is wrong, for whom, and what to do, file by file.
func markdown(_ input: FormatInput, limitBytes: Int = .max) -> String {
  var page = opening(input)
  var leftOut = 0
  for section in sections(input) {
    var isBegun = false
    for entry in section.entries {
      let text = (isBegun ? "" : section.heading) + entry
      // What does not fit is counted; a shorter one behind it may still fit, but would hide what was left out.
      guard leftOut == 0, page.utf8.count + text.utf8.count < limitBytes else {
        leftOut += 1
        continue
      }
      page += text
      isBegun = true
    }
  }
  if leftOut > 0 { page += "\n" + counted(leftOut, "more entry does", "more entries do") + " not fit on this page.\n" }
  return page + closing(input)
}

// MARK: - The whole

private func opening(_ input: FormatInput) -> String {
  let counts = Severity.allCases.reversed().compactMap { severity -> String? in
    let count = input.open.count { $0.diagnostic.code.severity == severity }
    return count == 0 ? nil : "\(count) \(demand(severity, count))"
  }
  let unreadable = input.report.unreadable.count
  let parts = counts + (unreadable == 0 ? [] : [counted(unreadable, "file", "files") + " could not be read"])
  let first = parts.isEmpty ? "Nothing was found." : parts.joined(separator: ", ") + "."
  return "# Review of the guidelines\n\n**" + first + "**\n"
}

private func demand(_ severity: Severity, _ count: Int) -> String {
  switch severity {
  case .error: "must be mended"
  case .warning: "should be looked at"
  case .info: count == 1 ? "is worth knowing" : "are worth knowing"
  }
}

private func closing(_ input: FormatInput) -> String {
  let remarks = [input.silent.map { $0 + "." }].compactMap(\.self) + input.report.remarks
  return remarks.isEmpty ? "" : "\n---\n\n" + list(remarks) + "\n"
}

private struct Section {
  var heading: String
  var entries: [String]
}

private func sections(_ input: FormatInput) -> [Section] {
  var order: [FileID?] = []
  for finding in input.open where !order.contains(finding.diagnostic.span?.file) {
    order.append(finding.diagnostic.span?.file)
  }
  let found = Dictionary(grouping: input.open) { $0.diagnostic.span?.file }
  let unreadable = Section(
    heading: "\n## Files that could not be read\n\n",
    entries: input.report.unreadable.map { "- " + markdownCode($0.path) + ": " + markdownText($0.reason) + "\n" })
  return [unreadable]
    + order.map { file in
      let name = file.map { markdownCode(input.files[$0].path) } ?? "The library as a whole"
      return Section(heading: "\n## \(name)\n", entries: (found[file] ?? []).map { entry($0, input) })
    }
}

// MARK: - One finding

private func entry(_ finding: Finding, _ input: FormatInput) -> String {
  let diagnostic = finding.diagnostic
  let check = input.check(diagnostic.code)
  let title = word(diagnostic.code.severity) + ": " + markdownText(diagnostic.message)
  let parts = [
    "### " + title,
    facts(diagnostic, input),
    check.map { "**Why it matters.** " + markdownText($0.page.why) },
    diagnostic.example.map { example($0, input) },
    advice(diagnostic),
    "<sub>" + reference(diagnostic.code, input) + "</sub>",
  ]
  return "\n" + parts.compactMap(\.self).joined(separator: "\n\n") + "\n"
}

private func word(_ severity: Severity) -> String {
  switch severity {
  case .error: "To mend"
  case .warning: "To look at"
  case .info: "To know"
  }
}

/// The lines concerned, with what they say, and what explains them.
private func facts(_ diagnostic: Diagnostic, _ input: FormatInput) -> String? {
  let primary = diagnostic.span.map { place($0, diagnostic.label ?? "", in: nil, input) }
  let related = diagnostic.related.map { item in
    place(item.span, item.label, in: item.span.file == diagnostic.span?.file ? nil : item.span.file, input)
  }
  let all = [primary].compactMap(\.self) + related + diagnostic.notes.map(markdownText)
  return all.isEmpty ? nil : all.map { "- " + $0 }.joined(separator: "\n")
}

private func place(_ span: Span, _ label: String, in other: FileID?, _ input: FormatInput) -> String {
  let file = input.files[span.file]
  let line = file.position(at: span.start).line
  let words = file.lineText(line).trimmed
  let name = other.map { " of " + markdownCode(input.files[$0].path) } ?? ""
  return "line \(line)\(name)" + (words.isEmpty ? "" : ": " + markdownCode(words))
    + (label.isEmpty ? "" : " – " + markdownText(label))
}

private func example(_ example: ExamplePatient, _ input: FormatInput) -> String {
  let facts = example.facts.map(DisplayText.visible).joined(separator: "\n")
  let answers = example.outcome.isEmpty ? "" : "\n\nFor this patient the engine answers:\n\n" + list(example.outcome)
  let heading = "An " + input.exampleHeading + ":"
  return "**" + heading + "**\n\n" + (facts.isEmpty ? "- any patient" : markdownFence(facts, "yaml")) + answers
}

private func advice(_ diagnostic: Diagnostic) -> String? {
  let fixes = diagnostic.fixes.map { fix in
    let effect = fix.safety == .safe ? "no patient's result changes" : "results may change"
    return fix.title + " (prepared; " + effect + ")"
  }
  let all = diagnostic.help + fixes
  return all.isEmpty ? nil : "**What to do**\n\n" + list(all)
}

private func reference(_ code: DiagnosticCode, _ input: FormatInput) -> String {
  let name = input.heading(code)
  return input.page(code).map { "[\(name)](\($0))" } ?? name
}

private func list(_ items: [String]) -> String {
  items.map { "- " + markdownText($0) }.joined(separator: "\n")
}

extension String {
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
