package import SourceText

/// What this room finds wrong with a document.
///
/// The words are stable for ever.
package enum SyntaxCode: String, Hashable, CaseIterable, Sendable {
  case unknownKey = "GL0201 unknown-key"
  case keyAtWrongLevel = "GL0202 key-at-wrong-level"
  case missingKey = "GL0203 missing-key"
  case wrongKind = "GL0204 wrong-kind"
  case valueNotInList = "GL0205 value-not-in-list"
  case emptyList = "GL0206 empty-list"
  case nameForm = "GL0209 id-format"
  case conditionNotUnderstood = "GL0210 condition-not-understood"
  case valueNotUnderstood = "GL0211 value-not-understood"
  case cellNotUnderstood = "GL0212 cell-not-understood"
  case typeNotUnderstood = "GL0213 type-not-understood"
  case referenceNotUnderstood = "GL0214 reference-not-understood"
  case templateNotUnderstood = "GL0215 template-not-understood"
  case missingBlank = "GL0216 missing-blank"
  case foreignOperator = "GL0217 foreign-operator"
  case numberForm = "GL0218 number-form"
  case dateForm = "GL0219 date-form"
  case reservedWord = "GL0220 reserved-word"
  case expressionTooDeep = "GL0221 expression-too-deep"
  case documentKind = "GL0222 document-kind-unclear"
  case rowLength = "GL0223 row-length"
  case csvForm = "GL0224 csv-form"
  case csvRowLength = "GL0225 csv-row-length"
  case csvHeader = "GL0226 csv-header"
  case versionForm = "GL0701 version-format"

  /// As it is shown to people.
  package var diagnostic: DiagnosticCode {
    let words = rawValue.split(separator: " ").map(String.init)
    return DiagnosticCode(words[0], words[words.count - 1])
  }
}

extension Diagnostics {
  /// Reports a finding of this room.
  mutating func report(_ code: SyntaxCode, _ message: String, help: String?, at span: Span) {
    report(code.diagnostic, message, at: span, help: help.map { [$0] } ?? [])
  }
}

/// The codes of this room, for those who list them.
package var syntaxCodes: [DiagnosticCode] {
  SyntaxCode.allCases.map(\.diagnostic)
}
