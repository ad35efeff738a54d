public import SourceText

/// Findings in canonical form, in the order given.
public func canonicalJSON(_ diagnostics: [Diagnostic], in files: SourceFiles) -> [UInt8] {
  JSONValue.findings(diagnostics, in: files).canonicalBytes
}

extension JSONValue {
  /// Findings as `schemas/diagnostics.schema.json` describes them.
  public static func findings(_ diagnostics: [Diagnostic], in files: SourceFiles) -> JSONValue {
    .array(diagnostics.map { .object(members(of: $0, in: files)) })
  }

  /// What is said of one finding; who knows more of it adds to this.
  package static func members(of diagnostic: Diagnostic, in files: SourceFiles) -> [String: JSONValue] {
    let members: [String: JSONValue?] = [
      "code": .string(diagnostic.code.id),
      "name": .string(diagnostic.code.name),
      "severity": .string(diagnostic.code.severity.rawValue),
      "message": .string(diagnostic.message),
      "place": diagnostic.span.map { place($0, in: files) },
      "label": diagnostic.label.map(JSONValue.string),
      "related": list(diagnostic.related) { related in
        .object(["place": place(related.span, in: files), "label": .string(related.label)])
      },
      "notes": diagnostic.notes.isEmpty ? nil : .strings(diagnostic.notes),
      "help": diagnostic.help.isEmpty ? nil : .strings(diagnostic.help),
      "fixes": list(diagnostic.fixes) { fix($0, in: files) },
      "example": diagnostic.example.map(example),
    ]
    return members.compactMapValues(\.self)
  }

  /// The patient who shows a finding.
  package static func example(_ patient: ExamplePatient) -> JSONValue {
    .entries([
      "facts": .strings(patient.facts), "outcome": .strings(patient.outcome),
      "test": patient.test.map(JSONValue.string),
    ])
  }

  private static func list<Item>(_ items: [Item], _ json: (Item) -> JSONValue) -> JSONValue? {
    items.isEmpty ? nil : .array(items.map(json))
  }

  private static func fix(_ fix: Fix, in files: SourceFiles) -> JSONValue {
    let edits = fix.edits.map { edit in
      JSONValue.object(["place": place(edit.span, in: files), "text": .string(edit.replacement)])
    }
    return .object([
      "title": .string(fix.title), "safety": .string(fix.safety.rawValue), "edits": .array(edits),
    ])
  }

  /// Lines and columns in code points, from 1; the end is the first column that no longer belongs to it.
  private static func place(_ span: Span, in files: SourceFiles) -> JSONValue {
    let file = files[span.file]
    let start = file.position(at: span.start)
    let end = file.position(at: span.end)
    return .object([
      "file": .string(file.path), "line": .count(start.line), "column": .count(start.column),
      "endLine": .count(end.line), "endColumn": .count(end.column),
    ])
  }
}
