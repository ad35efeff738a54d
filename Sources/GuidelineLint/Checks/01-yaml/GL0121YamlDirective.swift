internal import LocatedYAML

extension Check {
  static let yamlDirective = Check(
    YAMLCode.directive, .text,
    CheckPage(
      summary: "A line at the head of the file begins with `%`.",
      why: """
        Such a line tells the reader of the file to read it in another way, for example as another version of YAML in \
        which `no` and `1.10` mean something else. All guidelines are read in one way.
        """,
      example: """
        %YAML 1.1
        ---
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        """,
      mended: """
        guideline: thiopurines
        title: Thiopurines
        version: 1.0.0
        edition: "2026"
        """))
}
