public import GuidelineKit
public import SourceText

/// The answer to one line of a batch, as `schemas/batch.schema.json` describes it.
///
/// The report stands in it with exactly the bytes of `canonicalJSON`.
public func canonicalJSON(_ report: Report, ofLine line: Int, id: String?) -> [UInt8] {
  var writer = ReportWriter(after: begin(line, id) + Array(#","report":"#.utf8))
  writer.write(report)
  return writer.bytes + [UInt8(ascii: "}")]
}

/// What is said in place of an answer when a line was refused.
public func canonicalJSON(_ refused: [Diagnostic], in files: SourceFiles, ofLine line: Int, id: String?) -> [UInt8] {
  let findings = refused.filter { $0.code.severity == .error }.map { finding in
    JSONValue.entries([
      "code": .string(finding.code.id), "name": .string(finding.code.name), "message": .string(finding.message),
      "column": finding.span.map { .count(files.position($0).column) },
      "help": finding.help.isEmpty ? nil : .strings(finding.help),
    ])
  }
  return begin(line, id) + Array(#","refused":"#.utf8) + JSONValue.array(findings).canonicalBytes
    + [UInt8(ascii: "}")]
}

private func begin(_ line: Int, _ id: String?) -> [UInt8] {
  let known = JSONValue.entries(["id": id.map(JSONValue.string), "line": .count(line)])
  return Array(known.canonicalBytes.dropLast())
}
