internal import GuidelineModel

extension Check {
  static let draftLeftOut = Check(
    ModelFault.draftLeftOut.code, .library,
    CheckPage(
      summary: "A guideline is a draft and speaks for no patient.",
      why: "Whoever expects its advice should know why there is none.",
      example: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        status: draft
        """,
      mended: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        status: active
        """))
}
