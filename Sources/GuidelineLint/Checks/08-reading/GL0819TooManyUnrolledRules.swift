internal import GuidelineCompiler

extension Check {
  static let tooManyUnrolledRules = Check(
    CompilerCode.tooManyRows, .library,
    CheckPage(
      summary: "A rule ranges over more combinations of rows of tables than can be made into rules.",
      why: """
        Tables are unrolled when the library is read: a rule over three tables of a hundred rows would become a \
        million rules.
        """,
      example: """
        tables:
          step:
            columns: {id: text, agent: one of agent}
            rows: [[a, azathioprine], [b, mycophenolate], [c, rituximab], [d, azathioprine], [e, mycophenolate]]
        rules:
          every-plan:
            for_each: {first: step, second: step, third: step, fourth: step, fifth: step, sixth: step, seventh: step}
            when: [ild.present]
            then:
              - {recommend: first.agent, line: first_line}
        """,
      mended: """
        tables:
          step:
            columns: {id: text, agent: one of agent}
            rows: [[a, azathioprine], [b, mycophenolate], [c, rituximab], [d, azathioprine], [e, mycophenolate]]
        rules:
          every-plan:
            for_each: {first: step, second: step}
            when: [ild.present]
            then:
              - {recommend: first.agent, line: first_line}
        """,
      notes: "All rules together may become 65,535."))
}
