internal import LocatedYAML

extension Check {
  static let fileTooLarge = Check(
    YAMLCode.fileTooLarge, .text, isSafety: true,
    CheckPage(
      summary: "A file is larger than 5 MiB, or has more than a million values.",
      why: """
        Reading it could exhaust the machine of a hospital that only wanted to know one dose. The file is refused \
        before anything of it is used.
        """,
      example: """
        tables:
          diplotypes:
            columns: {id: text, diplotype: text, phenotype: one of phenotype}
            rows:
              - [D1, "*1/*1", normal_metabolizer]
              # … and two hundred thousand more
        """,
      mended: """
        tables:
          diplotypes:
            columns: {id: text, diplotype: text, phenotype: one of phenotype}
            from: diplotypes.csv
        # file: diplotypes.csv
        id,diplotype,phenotype
        D1,*1/*1,normal_metabolizer
        """,
      notes: "Long tables belong into a CSV file beside the guideline; several topics into several files."))
}
