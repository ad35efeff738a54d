internal import Foundation
internal import TestSupport

/// The command `guideline-lint`, or another one, as it was built beside the tests, in a folder of its own.
final class Door {
  struct Outcome {
    var output: String
    var errors: String
    var code: Int32
  }

  let folder: URL
  private let command: String

  /// Nil: the command is not built.
  init?(_ sample: Sample = .clinic(), command name: String = "guideline-lint") throws {
    let running = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let places = [running.deletingLastPathComponent(), Bundle.main.bundleURL].map {
      $0.appendingPathComponent(name).path
    }
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    guard let found = places.first(where: FileManager.default.isExecutableFile) else {
      print("SKIPPED: \(name) is not in \(places); build the whole package to test it")
      return nil
    }
    command = found
    for file in sample.files { try write("content/" + file.path, file.text) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ path: String, _ text: String) throws { try write(path, bytes: Array(text.utf8)) }

  func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appendingPathComponent(path))) }

  func write(_ path: String, bytes: [UInt8]) throws {
    let url = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// The names of what is in a folder.
  func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path).sorted()
  }

  func read(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  /// Runs the command with words that are separated by blanks, seen from the day of the samples.
  func run(_ words: String, input: String = "", environment: [String: String] = [:]) throws -> Outcome {
    let process = try start(words, input: input, environment: environment)
    process.waitUntilExit()
    return Outcome(output: try read(".out"), errors: try read(".err"), code: process.terminationStatus)
  }

  /// Starts the command; what it writes goes to the files `.out` and `.err` of the folder.
  func start(_ words: String, input: String = "", environment: [String: String] = [:]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command)
    process.arguments = words.split(separator: " ").map(String.init)
    process.currentDirectoryURL = folder
    process.environment = environment.merging(["TZ": "UTC"]) { first, _ in first }
    for name in [".in", ".out", ".err"] { try write(name, name == ".in" ? input : "") }
    process.standardInput = try FileHandle(forReadingFrom: folder.appendingPathComponent(".in"))
    process.standardOutput = try FileHandle(forWritingTo: folder.appendingPathComponent(".out"))
    process.standardError = try FileHandle(forWritingTo: folder.appendingPathComponent(".err"))
    try process.run()
    return process
  }
}
