internal import GuidelineCompiler

extension Check {
  static let computedInRecursion = Check(
    CompilerCode.computedInRecursion, .library,
    CheckPage(
      summary: "A rule computes a field of a row from rows that it derives itself.",
      why: """
        Each row would give rise to the next with a new number, without end. What is derived again and again may copy \
        values, and not compute new ones.
        """,
      example: """
        rules:
          next-dose:
            for_each: {m: medication}
            when: [m.status is planned]
            then:
              - {derive: medication, agent: m.agent, status: planned, dose: m.dose + 25 mg/d}
        """,
      mended: """
        rules:
          same-dose:
            for_each: {m: medication}
            when: [m.status is planned]
            then:
              - {derive: medication, agent: m.agent, status: active, dose: m.dose}
        """))
}
