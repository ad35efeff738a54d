internal import GuidelineModel

extension Check {
  static let unknownFact = Check(
    ModelFault.unknownFact.code, .library, isFixable: true,
    CheckPage(
      summary: "A condition or a test names a fact, definition or field that nobody has declared.",
      why: """
        The condition could never be decided: whatever is known of the patient, the rule would wait for a fact that no \
        record can deliver.
        """,
      example: """
        rules:
          adults:
            when: [patient.agge >= 18 a]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      mended: """
        rules:
          adults:
            when: [patient.age >= 18 a]
            then:
              - {monitor: cbc, every: 7 d}
        """,
      notes: "Rules that read the name are left out of later checks until it is right."))
}
