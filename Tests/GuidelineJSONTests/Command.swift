import Foundation
import TestSupport
import Testing

/// One of the commands, as it was built beside the tests.
struct Command {
  struct Outcome {
    var output: String
    var errors: String
    var code: Int32
  }

  let path: String

  /// The folder of the running tests holds the commands too; without them there is nothing to run.
  static func find(_ name: String) -> Command? {
    let running = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let places = [running.deletingLastPathComponent(), Bundle.main.bundleURL]
    let paths = places.map { $0.appendingPathComponent(name).path }
    guard let path = paths.first(where: FileManager.default.isExecutableFile) else {
      print("SKIPPED: the command \(name) is not in \(paths); build the whole package to test it")
      return nil
    }
    return Command(path: path)
  }

  /// Runs in the folder of the fixtures, with only the variables given.
  func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: Fixture.folder)
    process.environment = environment.merging(["TZ": "UTC"]) { first, _ in first }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: a pipe that is not read while the other is can stop the command.
    let names = ["input", "output", "errors"].map { folder.appendingPathComponent($0) }
    try Data(input.utf8).write(to: names[0])
    for name in names.dropFirst() { try Data().write(to: name) }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      output: try String(contentsOf: names[1], encoding: .utf8),
      errors: try String(contentsOf: names[2], encoding: .utf8), code: process.terminationStatus)
  }
}

/// Compares with a file in `Tests/Golden`; `GUIDELINE_BLESS=1` writes it anew.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let url = URL(fileURLWithPath: Repository.root + "/Tests/Golden/" + name)
  if ProcessInfo.processInfo.environment["GUIDELINE_BLESS"] == "1" {
    try Data(text.utf8).write(to: url)
    return
  }
  let expected = try String(contentsOf: url, encoding: .utf8)
  #expect(text == expected, "\(name) has changed", sourceLocation: sourceLocation)
}
