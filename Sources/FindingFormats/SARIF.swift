internal import GuidelineJSON
internal import GuidelineLint
internal import SourceText

/// A SARIF 2.1.0 log with one run; it is valid whatever was found or could not be read.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", with errata 01; and what GitHub's
/// code scanning demands of a log: every result has a place, every rule has texts.
func sarif(_ input: FormatInput) -> [UInt8] {
  let rules = SARIFRules(input)
  let run = JSONValue.object([
    "tool": .object(["driver": driver(input, rules)]),
    "columnKind": .string("utf16CodeUnits"),
    "originalUriBaseIds": .object([
      sarifRoot: .object(["description": text("the folder that the paths of the files count from")])
    ]),
    "invocations": .array([invocation(input)]),
    "results": .array(input.report.findings.map { sarifResult($0, rules, input) }),
  ])
  return JSONValue.object([
    "$schema": .string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"),
    "version": .string("2.1.0"),
    "runs": .array([run]),
  ]).prettyBytes
}

/// The name of the folder that relative paths count from.
let sarifRoot = "%SRCROOT%"

private func driver(_ input: FormatInput, _ rules: SARIFRules) -> JSONValue {
  .object([
    "name": .string("guideline-lint"),
    "version": .string(input.options.version),
    "semanticVersion": .string(input.options.version),
    "language": .string("en"),
    "rules": .array(rules.descriptors),
    "notifications": .array([
      .object([
        "id": .string(UnreadableFile.code),
        "shortDescription": text("a file that was named and could not be read"),
        "defaultConfiguration": .object(["level": .string("error")]),
      ]),
      .object([
        "id": .string(remarkID),
        "shortDescription": text("how much was analysed, and what was not decided"),
        "defaultConfiguration": .object(["level": .string("note")]),
      ]),
    ]),
  ])
}

private let remarkID = "remark"

private func invocation(_ input: FormatInput) -> JSONValue {
  let unreadable = input.report.unreadable.map { file in
    JSONValue.object([
      "descriptor": .object(["id": .string(UnreadableFile.code)]),
      "level": .string("error"),
      "message": text(file.message),
      "locations": .array([
        .object(["physicalLocation": .object(["artifactLocation": sarifArtifact(relativePath(file.path))])])
      ]),
    ])
  }
  let remarks = input.report.remarks.map { remark in
    JSONValue.object([
      "descriptor": .object(["id": .string(remarkID)]), "level": .string("note"), "message": text(remark),
    ])
  }
  return .object([
    "executionSuccessful": .bool(input.report.unreadable.isEmpty),
    "toolExecutionNotifications": .array(unreadable + remarks),
  ])
}

private func text(_ text: String) -> JSONValue { .object(["text": .string(sarifPlain(text))]) }

// MARK: - Parts that results need too

/// A file: relative paths count from the root, others stand for themselves.
func sarifArtifact(_ path: String) -> JSONValue {
  if path.hasPrefix("/") { return .object(["uri": .string("file://" + percentEncoded(path))]) }
  return .object(["uri": .string(percentEncoded(path)), "uriBaseId": .string(sarifRoot)])
}

/// The path as part of a URI; also the colon is encoded, so that no first folder reads as a scheme.
private func percentEncoded(_ path: String) -> String {
  path.utf8.reduce(into: "") { result, byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "/"):
      result.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
  }
}

/// Text in which nothing reads as a link of SARIF.
func sarifPlain(_ text: String) -> String {
  DisplayText.visible(text).split(separator: "](", omittingEmptySubsequences: false).joined(separator: "\\](")
}
