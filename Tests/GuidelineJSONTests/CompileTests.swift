import Foundation
import Testing

/// What the commands say with `--program` has the bytes of what they say with `--library`.
@Suite struct `A compiled library` {
  private static let asked = [
    "eval --facts patients/textbook.yaml --today 2025-06-01",
    "eval --facts patients/textbook.yaml --today 2025-06-01 --format json",
    "eval --facts patients/low-counts.yaml --today 2025-06-01 --explain",
    "eval --facts patients/low-counts.yaml --today 2025-07-01 --format json",
    "eval --facts patients/little-known.json --today 1999-01-01",
    "eval --facts patients/child.yaml --today 2025-06-01 --explain",
    "eval --facts patients/child.yaml --today 2025-06-01 --use lung@2024",
    "eval --facts patients/child.yaml --today 2025-06-01 --use nothing",
    "eval --facts patients/none.yaml --today 2025-06-01",
    "explain --facts patients/low-counts.yaml --today 2025-06-01 --rule low-cells",
    "explain --facts patients/textbook.yaml --today 2025-06-01 --rule lung/low-cells --format json",
    "explain --facts patients/child.yaml --today 2025-06-01 --rule dose",
    "explain --facts patients/child.yaml --today 2025-06-01 --rule doze",
    "batch --facts - --today 2025-06-01", "batch --facts - --today 2025-06-01 --brief",
    "batch --facts - --today 2025-06-01 --format csv", "batch --facts - --today 2025-06-01 --format summary",
    "batch --facts - --today 2025-06-01 --explain 17",
  ]

  private static let patients = """
    {"@id": "17", "patient.age": "55 a"}
    {"@id": "18", "patient.ag": "55 a"}
    {}
    """

  @Test func `answers as the library does`() throws {
    guard let command = Command.find("guideline") else { return }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).glprogram").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    let made = try command.run(["compile", "--library", "library", "--output", file])
    #expect(made.output == file + "\n")
    #expect(made.errors == "")
    #expect(made.code == 0)
    for line in Self.asked {
      let arguments = line.split(separator: " ").map(String.init)
      let library = try command.run(arguments + ["--library", "library"], input: Self.patients)
      let program = try command.run(arguments + ["--program", file], input: Self.patients)
      #expect(program.output == library.output, "\(line)")
      #expect(program.errors == library.errors, "\(line)")
      #expect(program.code == library.code, "\(line)")
    }
  }

  @Test func `is named for its content and made the same again`() throws {
    guard let command = Command.find("guideline") else { return }
    let first = try command.run(["compile", "--library", "one-dose"])
    let name = first.output.trimmingCharacters(in: .newlines)
    let place = Fixture.folder + "/" + name
    defer { try? FileManager.default.removeItem(atPath: place) }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: place))
    #expect(name.wholeMatch(of: /[0-9a-f]{16}\.glprogram/) != nil)
    let second = try command.run(["compile", "--library", "one-dose"])
    #expect(second.output == first.output)
    #expect(try Data(contentsOf: URL(fileURLWithPath: place)) == bytes)
  }

  @Test func `is refused in words when it is none`() throws {
    guard let command = Command.find("guideline") else { return }
    let facts = ["--facts", "patients/child.yaml", "--today", "2025-06-01"]
    let none = try command.run(["eval", "--program", "patients/child.yaml"] + facts)
    #expect(none.code == 2)
    #expect(
      none.errors == """
        error: `patients/child.yaml` cannot be run: it is no program that `guideline compile` has made
        name a program, or a library with `--library`

        """)
    let both = try command.run(["batch", "--program", "x", "--library", "library"] + facts)
    #expect(both.code == 2)
    #expect(both.errors.contains("`--program` takes the place of `--library`: give one of the two"))
    let missing = try command.run(["explain", "--rule", "dose", "--program", "missing"] + facts)
    #expect(missing.code == 3)
    #expect(missing.errors == "error: `missing` cannot be read: there is no such file\n")
  }

  @Test func `needs guidelines that are valid`() throws {
    guard let command = Command.find("guideline") else { return }
    #expect(try command.run(["compile", "--library", "broken-library"]).code == 2)
    let unknown = try command.run(["compile", "--library", "library", "--use", "nothing@1"])
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("the library has no guideline `nothing`"))
  }
}
