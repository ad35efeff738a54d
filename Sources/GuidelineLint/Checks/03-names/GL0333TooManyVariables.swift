internal import GuidelineModel

extension Check {
  static let tooManyVariables = Check(
    ModelFault.tooManyVariables.code, .library,
    CheckPage(
      summary: "A rule ranges over more than 8 variables at once.",
      why: """
        Each variable multiplies the combinations of rows that have to be looked at, and no reviewer can follow so \
        many.
        """,
      example: """
        rules:
          all-at-once:
            for_each: {a: medication, b: medication, c: medication, d: medication, e: medication, f: medication,
              g: medication, h: medication, i: medication}
            when: [a.agent is azathioprine]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          all-at-once:
            for_each: {a: medication, b: medication}
            when: [a.agent is azathioprine, b.agent is allopurinol]
            then:
              - {monitor: cbc, every: 7 d}
        """))
}
