internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let codeFormat = Check(
    DiagnosticCode("GL0502", "code-format"), .syntax, isFixable: true,
    CheckPage(
      summary: "A code does not have the form of its system.",
      why: "Nothing in a patient's record will ever have this code.",
      example: """
        terms:
          disease:
            sicca_syndrome: {label: sicca syndrome, codes: {icd10cm: M3500}}
        """,
      mended: """
        terms:
          disease:
            sicca_syndrome: {label: sicca syndrome, codes: {icd10cm: "M35.00"}}
        """,
      notes: "Judged are SNOMED CT, LOINC, RxNorm and ICD-10-CM; codes of other systems are taken as they are.")
  ) { context, found in
    for item in context.writtenCodes {
      let code = item.code.code
      guard let system = CodeSystem(named: item.code.system.value), !system.hasForm(code.value) else { continue }
      let meant = Self.meant(code.value, system)
      let fix = meant.map {
        Fix(title: "write `\($0)`", edits: [TextEdit(span: code.span, replacement: "\"\($0)\"")], safety: .edit)
      }
      found.report(
        "`\(code.value)` of `\(item.owner)` is no code of \(system.title)", at: code.span,
        help: [meant.map { "write `\($0)`" } ?? "it has \(system.form)"], fixes: fix.map { [$0] } ?? [])
    }
  }

  /// With the dot that was left out, without blanks; nil: nobody can tell.
  private static func meant(_ code: String, _ system: CodeSystem) -> String? {
    var plain = code.filter { !$0.isWhitespace }
    if system == .icd10cm {
      plain = plain.uppercased()
      if plain.count > 3, !plain.contains(".") { plain.insert(".", at: plain.index(plain.startIndex, offsetBy: 3)) }
    }
    return plain != code && system.hasForm(plain) && system.hasValidCheckDigit(plain) ? plain : nil
  }
}
