internal import LocatedYAML

extension Check {
  static let confusableLetters = Check(
    YAMLCode.confusableLetters, .text, isFixable: true,
    CheckPage(
      summary: "A word mixes Latin letters with letters of another alphabet that look the same.",
      why: """
        A Cyrillic `а` in the name of a medicine cannot be seen. The name is another one all the same, so an \
        interaction or contraindication that names it would never be found.
        """,
      example: """
        rules:
          interaction:
            when: [exists medication where agent is \u{430}llopurinol and status is active]
            then:
              - {warn: interaction, agent: azathioprine}
        """,
      mended: """
        rules:
          interaction:
            when: [exists medication where agent is allopurinol and status is active]
            then:
              - {warn: interaction, agent: azathioprine}
        """,
      notes: """
        Only look-alikes are reported; the Greek letters of `TNFα` and `µg` deceive nobody. A text in quotes may mix.
        """))
}
