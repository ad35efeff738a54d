internal import LocatedYAML

extension Check {
  static let emptyFile = Check(
    YAMLCode.emptyFile, .text,
    CheckPage(
      summary: "A file has no content but comments.",
      why: "It may be a guideline whose content was lost when it was saved. A library must not shrink unseen.",
      example: """
        # guideline: thiopurines
        # (moved elsewhere)
        """,
      mended: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        """))
}
