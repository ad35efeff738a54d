internal import ArgumentParser
internal import CommandSupport
internal import GuidelineJSON
internal import GuidelineKit

/// Schemas that depend on the library.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Write JSON Schemas that depend on the library.",
    discussion: """
      The schemas of the documents themselves are files of this project; only
      the facts of a patient depend on the vocabularies.
      """,
    subcommands: [FactsSchemaCommand.self])
}

/// The schema of the facts of one patient.
struct FactsSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts",
    abstract: "Write the JSON Schema (2020-12) of a patient's facts.",
    discussion: """
      With it an editor completes and checks a file of facts:

        guideline schema facts > facts.schema.json

      and in the first line of the file of facts:

        # yaml-language-server: $schema=facts.schema.json
      """)

  @OptionGroup var options: LibraryOptions

  func run() throws {
    let library = try options.load()
    try OutputStream.output.write(factSchema(library.factListing()).prettyBytes)
  }
}
