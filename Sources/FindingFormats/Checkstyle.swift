internal import GuidelineLint
internal import SourceText

/// The XML of Checkstyle: the findings of each file, then the files that could not be read.
func checkstyle(_ input: FormatInput) -> String {
  let findings = Dictionary(grouping: input.open) { input.anyPath(of: $0.diagnostic) }
  var writer = XMLWriter()
  writer.element("checkstyle", [("version", "4.3")]) { writer in
    for file in input.report.unreadable {
      writer.element("file", [("name", relativePath(file.path))]) { writer in
        writer.empty(
          "error", [("severity", "error"), ("message", file.message), ("source", source(UnreadableFile.code))])
      }
    }
    for path in findings.keys.sorted() {
      writer.element("file", [("name", path)]) { writer in
        for finding in findings[path] ?? [] { writer.empty("error", attributes(finding.diagnostic, input)) }
      }
    }
  }
  return writer.text
}

private func attributes(_ diagnostic: Diagnostic, _ input: FormatInput) -> XMLWriter.Attributes {
  let position = diagnostic.span.map(input.files.position)
  let place: XMLWriter.Attributes =
    position.map { [("line", "\($0.line)"), ("column", "\($0.column)")] } ?? []
  return place + [
    ("severity", diagnostic.code.severity.rawValue), ("message", input.message(diagnostic)),
    ("source", source(diagnostic.code.id + "." + diagnostic.code.name)),
  ]
}

private func source(_ check: String) -> String { "guideline-lint." + check }
