internal import GuidelineModel

extension Check {
  static let nameTaken = Check(
    ModelFault.nameTaken.code, .library,
    CheckPage(
      summary: "A fact, definition or variable has a name that already means something else here.",
      why: "In `x is mild` nobody could tell a term from a fact, and the condition could be read in two ways.",
      example: """
        define:
          mild: {means: latest pft.fvc > 80 %}
        """,
      mended: """
        define:
          mild_by_fvc: {means: latest pft.fvc > 80 %}
        """))
}
