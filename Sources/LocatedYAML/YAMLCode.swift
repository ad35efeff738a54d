package import SourceText

/// What can be wrong with a file before anybody asks what it means.
package enum YAMLCode {
  package static let syntax = DiagnosticCode("GL0101", "yaml-syntax")
  package static let duplicateKey = DiagnosticCode("GL0102", "duplicate-key")
  package static let tabIndentation = DiagnosticCode("GL0103", "tab-indentation")
  package static let mergeKey = DiagnosticCode("GL0107", "merge-key")
  package static let alias = DiagnosticCode("GL0108", "alias")
  package static let nestingTooDeep = DiagnosticCode("GL0110", "nesting-too-deep")
  package static let fileTooLarge = DiagnosticCode("GL0111", "file-too-large")
  package static let notUTF8 = DiagnosticCode("GL0112", "not-utf8")
  package static let invisibleCharacter = DiagnosticCode("GL0113", "invisible-character")
  package static let confusableLetters = DiagnosticCode("GL0114", "confusable-letters")
  package static let multipleDocuments = DiagnosticCode("GL0115", "multiple-documents")
  package static let tag = DiagnosticCode("GL0116", "tag")
  package static let anchor = DiagnosticCode("GL0117", "anchor")
  package static let implicitNull = DiagnosticCode("GL0118", "implicit-null")
  package static let complexKey = DiagnosticCode("GL0120", "complex-key")
  package static let directive = DiagnosticCode("GL0121", "directive")
  package static let multiLinePlainText = DiagnosticCode("GL0122", "multi-line-plain-text")
  package static let emptyFile = DiagnosticCode("GL0123", "empty-file")

  package static let all: [DiagnosticCode] = [
    syntax, duplicateKey, tabIndentation, mergeKey, alias, nestingTooDeep, fileTooLarge, notUTF8, invisibleCharacter,
    confusableLetters, multipleDocuments, tag, anchor, implicitNull, complexKey, directive, multiLinePlainText,
    emptyFile,
  ]
}
