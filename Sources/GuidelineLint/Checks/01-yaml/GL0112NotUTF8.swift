internal import LocatedYAML

extension Check {
  static let notUTF8 = Check(
    YAMLCode.notUTF8, .text,
    CheckPage(
      summary: "The file is not stored as UTF-8.",
      why: """
        Signs beyond the English alphabet (Sjögren, µg, ≥) would be read as something else, or differently on two \
        machines.
        """,
      example: """
        rules:
          avoid-azathioprine:
            title: Not in Sj�gren disease with TPMT deficiency
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """,
      mended: """
        rules:
          avoid-azathioprine:
            title: Not in Sjögren disease with TPMT deficiency
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """,
      notes: """
        Editors call the setting "encoding"; older ones on Windows store Latin-1 or UTF-16 unless told otherwise.
        """))
}
