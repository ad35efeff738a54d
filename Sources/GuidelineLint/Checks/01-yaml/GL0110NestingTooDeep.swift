internal import LocatedYAML

extension Check {
  static let nestingTooDeep = Check(
    YAMLCode.nestingTooDeep, .text, isSafety: true,
    CheckPage(
      summary: "Lists or groups stand inside each other more than 64 deep.",
      why: """
        No guideline needs such depth; it comes from brackets that are never closed, or from a file made to exhaust \
        the reader. The file is refused as a whole.
        """,
      example: """
        scope: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ild.present]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
        """,
      mended: """
        scope: [ild.present]
        """))
}
