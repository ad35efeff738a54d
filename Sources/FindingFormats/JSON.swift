internal import GuidelineJSON
internal import GuidelineLint
internal import SourceText

/// All that is known, in the shape of `schemas/diagnostics.schema.json`, with a line end behind it.
func json(_ input: FormatInput) -> [UInt8] {
  let findings = input.report.findings.map { finding -> JSONValue in
    var entries = JSONValue.members(of: finding.diagnostic, in: input.files)
    entries["fingerprint"] = .string(finding.fingerprint)
    entries["state"] = .string(finding.state.name)
    entries["reason"] = finding.state.reason.map(JSONValue.string)
    return .object(entries)
  }
  let unreadable = input.report.unreadable.map { file in
    JSONValue.object(["path": .string(file.path), "reason": .string(file.reason)])
  }
  let whole = JSONValue.object([
    "findings": .array(findings), "unreadable": .array(unreadable), "remarks": .strings(input.report.remarks),
  ])
  return whole.canonicalBytes + [UInt8(ascii: "\n")]
}

extension Finding.State {
  /// The word for it in files.
  var name: String {
    switch self {
    case .open: "open"
    case .suppressed: "suppressed"
    case .inBaseline: "in-baseline"
    }
  }

  /// Why it is allowed.
  var reason: String? {
    if case .suppressed(let reason) = self { reason } else { nil }
  }
}
