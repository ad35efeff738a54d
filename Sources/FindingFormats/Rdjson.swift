internal import GuidelineJSON
internal import GuidelineLint
internal import SourceText

/// The diagnostic format of reviewdog; its columns count bytes.
func rdjson(_ input: FormatInput) -> [UInt8] {
  let unreadable = input.report.unreadable.map { file in
    JSONValue.object([
      "message": .string(file.message), "severity": .string("ERROR"),
      "location": .object(["path": .string(relativePath(file.path))]),
      "code": .object(["value": .string(UnreadableFile.code)]),
    ])
  }
  return JSONValue.object([
    "source": .object(["name": .string("guideline-lint")]),
    "diagnostics": .array(unreadable + input.open.map { diagnostic($0.diagnostic, input) }),
  ]).prettyBytes
}

private func diagnostic(_ diagnostic: Diagnostic, _ input: FormatInput) -> JSONValue {
  let lines = [input.message(diagnostic)] + input.details(diagnostic)
  let related = diagnostic.related.map { place in
    JSONValue.object([
      "message": .string(DisplayText.visible(place.label)), "location": location(place.span, input),
    ])
  }
  let suggestions = diagnostic.fixes.compactMap { suggestion($0, diagnostic, input) }
  return .entries([
    "message": .string(lines.joined(separator: "\n")),
    "severity": .string(diagnostic.code.severity.rawValue.uppercased()),
    "location": diagnostic.span.map { location($0, input) }
      ?? .object(["path": .string(input.anyPath(of: diagnostic))]),
    "code": .entries([
      "value": .string(input.heading(diagnostic.code)), "url": input.page(diagnostic.code).map(JSONValue.string),
    ]),
    "related_locations": related.isEmpty ? nil : .array(related),
    "suggestions": suggestions.isEmpty ? nil : .array(suggestions),
  ])
}

/// A suggestion is one edit in the file of the finding: a fix that needs more of them cannot be said here.
private func suggestion(_ fix: Fix, _ diagnostic: Diagnostic, _ input: FormatInput) -> JSONValue? {
  guard let edit = fix.edits.first, fix.edits.count == 1, edit.span.file == diagnostic.span?.file else { return nil }
  guard let range = range(edit.span, input), edit.isVisible(in: input.files, SourceFile.bytePosition) else {
    return nil
  }
  return .object(["range": range, "text": .string(edit.replacement)])
}

private func location(_ span: Span, _ input: FormatInput) -> JSONValue {
  .entries(["path": .string(input.path(span.file)), "range": range(input.shown(span), input)])
}

private func range(_ span: Span, _ input: FormatInput) -> JSONValue? {
  let file = input.files[span.file]
  return .object([
    "start": position(file.bytePosition(at: span.start)), "end": position(file.bytePosition(at: span.end)),
  ])
}

private func position(_ position: Position) -> JSONValue {
  .object(["line": .count(position.line), "column": .count(position.column)])
}

extension TextEdit {
  /// Whether lines and columns can say what is replaced: half of a line's end, or a byte order mark, they may not.
  func isVisible(in files: SourceFiles, _ position: (SourceFile) -> (UInt32) -> Position) -> Bool {
    let place = position(files[span.file])
    return span.start == span.end || place(span.start) != place(span.end)
  }
}
