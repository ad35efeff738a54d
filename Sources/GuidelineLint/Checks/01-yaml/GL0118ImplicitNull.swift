internal import LocatedYAML

extension Check {
  static let implicitNull = Check(
    YAMLCode.implicitNull, .text,
    CheckPage(
      summary: "A key has no value, an item of a list is empty, or a comma has ended a value inside `{…}`.",
      why: """
        An empty `when:` could mean "always", "never" or "not written yet". The file has to say which.
        """,
      example: """
        rules:
          low-white-cells:
            when: [leukopenia]
            then:
              - {warn: low_white_cells, about: hold azathioprine, repeat the count}
        """,
      mended: """
        rules:
          low-white-cells:
            when: [leukopenia]
            then:
              - {warn: low_white_cells, about: "hold azathioprine, repeat the count"}
        """,
      notes: """
        Inside `{…}` a comma ends the value: `{about: wait, then test}` has a key `then test` without a value. Quotes \
        around the text help.
        """))
}
