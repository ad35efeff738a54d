internal import GuidelineCompiler

extension Check {
  static let unstratifiedNegation = Check(
    CompilerCode.unstratifiedNegation, .library, isSafety: true,
    CheckPage(
      summary: "Rules wait for each other's absence, in a circle through a negation, a value or an override.",
      why: """
        If each of two rules fires when the other does not, the advice would depend on which is looked at first. There \
        is no order of rules here, so there would be no answer.
        """,
      example: """
        rules:
          mycophenolate-first:
            when: [ild.present, not rule azathioprine-first applies]
            then:
              - {recommend: mycophenolate, line: first_line}
          azathioprine-first:
            when: [ild.present, not rule mycophenolate-first applies]
            then:
              - {recommend: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          mycophenolate-first:
            when: [ild.present, patient.pregnancy is not_pregnant]
            then:
              - {recommend: mycophenolate, line: first_line}
          azathioprine-first:
            when: [ild.present, not rule mycophenolate-first applies]
            then:
              - {recommend: azathioprine, line: first_line}
        """,
      notes: "A circle without a negation, a value or an override is allowed, and worked out to its end."))
}
