internal import GuidelineModel

extension Check {
  static let classCycle = Check(
    ModelFault.classCycle.code, .library,
    CheckPage(
      summary: "Terms belong to each other in a circle.",
      why: "A class contains its members. In a circle everything would contain everything.",
      example: """
        terms:
          procedure:
            biopsy: {is: invasive}
            invasive: {is: biopsy}
        """,
      mended: """
        terms:
          procedure:
            biopsy: {is: invasive}
            invasive: {}
        """))
}
