internal import GuidelineModel

extension Check {
  static let unknownCitation = Check(
    ModelFault.unknownCitation.code, .library, isFixable: true,
    CheckPage(
      summary: "A rule cites a source that is not listed under `sources`.",
      why: "A reader who asks where an advice comes from would find nothing.",
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            source: handbok#H1
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
            source: handbook#H1
        """,
      notes: "A source of another document is cited as `document-id/source-id`."))
}
