internal import LocatedYAML

extension Check {
  static let invisibleCharacter = Check(
    YAMLCode.invisibleCharacter, .text, isFixable: true,
    CheckPage(
      summary: """
        A text contains a character that nobody sees, such as a blank without width or a mark that turns the direction \
        of writing.
        """,
      why: """
        Such characters come in when words are copied from a web page or a PDF. Two names then look alike and are not \
        the same, so a rule about azathioprine would not find azathioprine; a mark of direction can even show a text \
        other than the one that is stored.
        """,
      example: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: aza\u{200B}thioprine, line: first_line}
        """,
      mended: """
        rules:
          avoid-azathioprine:
            when: [tpmt.phenotype is poor_metabolizer]
            then:
              - {against: azathioprine, line: first_line}
        """,
      notes: """
        Inside quotes, in running text, such a character may be needed. Control characters are refused everywhere.
        """))
}
