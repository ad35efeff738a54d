internal import LocatedYAML

extension Check {
  static let multipleDocuments = Check(
    YAMLCode.multipleDocuments, .text,
    CheckPage(
      summary: "A second document begins in the file, behind a line `---`.",
      why: """
        One file holds one guideline: then a change of the file is a change of that guideline, and its fingerprint \
        says which version answered. What stands behind the line would otherwise be overlooked.
        """,
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        ---
        scope: [ild.present]
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """))
}
