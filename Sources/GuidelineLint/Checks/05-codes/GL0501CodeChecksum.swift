internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let codeChecksum = Check(
    DiagnosticCode("GL0501", "code-checksum"), .syntax, isSafety: true,
    CheckPage(
      summary: "The check digit of a SNOMED CT or LOINC code does not fit: a digit is wrong.",
      why: "Facts that come from a record under the right code are not found, or those of another code are taken.",
      example: """
        facts:
          lab.platelets: {type: series of quantity, unit: 10*9/L, ask: Platelet count, codes: {loinc: "777-8"}}
        """,
      mended: """
        facts:
          lab.platelets: {type: series of quantity, unit: 10*9/L, ask: Platelet count, codes: {loinc: "777-3"}}
        """,
      notes: """
        SNOMED CT checks by Verhoeff's method, LOINC by doubling every second digit. A fitting digit does not prove that \
        the code means this: look it up.
        """)
  ) { context, found in
    for item in context.writtenCodes {
      guard let system = CodeSystem(named: item.code.system.value), system.hasForm(item.code.code.value),
        !system.hasValidCheckDigit(item.code.code.value)
      else { continue }
      found.report(
        "`\(item.code.code.value)` of `\(item.owner)` fails the check digit of \(system.title)",
        at: item.code.code.span,
        help: ["a digit is wrong: look the code up again"])
    }
  }
}

/// A code, and what has it.
struct WrittenCode {
  enum Kind: Hashable {
    case term
    case fact
    case record
  }

  var kind: Kind
  var owner: String
  /// The list of a term.
  var group: String?
  var code: CodeSyntax
}

extension LintContext {
  /// All codes of all vocabularies, in the order in which they stand.
  var writtenCodes: [WrittenCode] {
    syntax.documents.flatMap { document -> [WrittenCode] in
      guard case .vocabulary(let body) = document.syntax.body else { return [] }
      let terms = body.groups.flatMap { group in
        group.terms.flatMap { term in
          term.codes.map { WrittenCode(kind: .term, owner: term.name.value, group: group.name.value, code: $0) }
        }
      }
      let facts = body.facts.flatMap { fact in
        fact.codes.map { WrittenCode(kind: .fact, owner: fact.name.value, code: $0) }
      }
      let records = body.records.flatMap { record in
        record.codes.map { WrittenCode(kind: .record, owner: record.name.value, code: $0) }
      }
      return terms + facts + records
    }
  }
}
