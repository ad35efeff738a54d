internal import GuidelineModel
internal import GuidelineSyntax
internal import SourceText

extension Check {
  static let fileNameMismatch = Check(
    DiagnosticCode("GL1208", "file-name-mismatch", .info), .syntax,
    CheckPage(
      summary: "Neither the file of a document nor one of its folders is called as the document is.",
      why: "Whoever looks for the document that is cited does not find it.",
      example: """
        # file: sjogren.yaml
        guideline: sjs-ild
        title: Lungs in Sjögren's disease
        version: 1.0.0
        edition: "2026"
        """,
      mended: """
        # file: sjs-ild.yaml
        guideline: sjs-ild
        title: Lungs in Sjögren's disease
        version: 1.0.0
        edition: "2026"
        """,
      notes: """
        `sjs-ild.yaml`, `sjs-ild/2026.yaml` and `sjs-ild-2026.yaml` fit; so do names that are a piece of the id by whole \
        words, and the kind of the document, as in `guideline.yaml`. Test suites may have any name.
        """)
  ) { context, found in
    for document in context.syntax.documents where document.syntax.header.kind != .tests {
      let id = document.syntax.header.id
      // Of a file that cannot be read nobody knows what it is called.
      guard !id.value.isEmpty else { continue }
      let path = context.files[document.file].path.split(separator: "/")
      let names = path.map { String($0.prefix { $0 != "." }) }
      guard !names.contains(where: { Self.fits($0, id.value) }), names.last != document.syntax.header.kind.rawValue
      else { continue }
      found.report(
        "the document `\(id.value)` stands in the file `\(path.last ?? "")`", at: id.span,
        help: ["rename the file or its folder to `\(id.value)`; or the document, if nothing names it yet"])
    }
  }

  /// Whether one of the two holds the other, word by word.
  private static func fits(_ name: String, _ id: String) -> Bool {
    guard !name.isEmpty else { return false }
    let (name, id) = ("-\(name)-", "-\(id)-")
    return name.hasPrefix(id) || name.hasSuffix(id) || id.hasPrefix(name) || id.hasSuffix(name)
  }
}
