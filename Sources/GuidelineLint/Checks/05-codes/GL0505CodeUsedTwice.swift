internal import ClinicalValues
internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let codeUsedTwice = Check(
    DiagnosticCode("GL0505", "code-used-twice", .warning), .library, isLibraryWide: true,
    CheckPage(
      summary: "Two terms, or two facts, have one code, and neither is a kind of the other.",
      why: """
        What comes from a record under this code is taken for both. Often a line was copied, and the code not changed.
        """,
      example: """
        terms:
          disease:
            gout: {label: gout, codes: {snomed: "90560007"}}
            dermatomyositis: {label: dermatomyositis, codes: {snomed: "90560007"}}
        """,
      mended: """
        terms:
          disease:
            gout: {label: gout, codes: {snomed: "90560007"}}
            dermatomyositis: {label: dermatomyositis, codes: {snomed: "396230008"}}
        """,
      notes: """
        A term and a fact may share a code: the test and its result. So may a term and one that `is` it, and terms of \
        different lists.
        """)
  ) { context, found in
    var first: [CodeKey: WrittenCode] = [:]
    for item in context.writtenCodes {
      let key = CodeKey(
        system: item.code.system.value, code: item.code.code.value, kind: item.kind, group: item.group ?? "")
      guard let other = first[key] else {
        first[key] = item
        continue
      }
      guard other.owner != item.owner, !context.isRelated(item, other) else { continue }
      found.report(
        "`\(item.owner)` has the code `\(item.code.code.value)` that `\(other.owner)` has too", at: item.code.code.span,
        related: [RelatedPlace(other.code.code.span, "the same code")],
        help: ["look up which of them it belongs to; if one is a kind of the other, say so with `is`"])
    }
  }
}

private struct CodeKey: Hashable {
  var system: String
  var code: String
  var kind: WrittenCode.Kind
  var group: String
}

extension LintContext {
  fileprivate func isRelated(_ first: WrittenCode, _ second: WrittenCode) -> Bool {
    guard let name = first.group, let id = vocabulary.groupNamed[name] else { return false }
    let group = vocabulary[id]
    guard let left = group.termNamed[first.owner], let right = group.termNamed[second.owner] else { return false }
    return group.members(of: left).contains(right) || group.members(of: right).contains(left)
  }
}
