internal import Foundation
internal import Testing

/// `--watch`, from outside.
@Suite struct WatchTests {
  @Test func `every change is looked at again, until the command is interrupted`() throws {
    guard let door = try Door() else { return }
    let process = try door.start("content --watch --format short")
    defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    #expect(waits(door) { $0.contains("GL0305") && $0.contains("Not decided") })

    let rules = try door.read("content/tick-bite.yaml")
    try door.write("content/tick-bite.yaml", rules.replacing("patient.age", with: "patient.aeg"))
    #expect(waits(door) { $0.contains("content/tick-bite.yaml:13:12: error GL0301") })

    // A file that comes, and one that goes.
    try door.write("content/tick-bite.yaml", rules)
    try door.write("content/more.yaml", "vocabulary: more\nversion: 1.0.0\nfatcs: {}\n")
    #expect(waits(door) { $0.contains("content/more.yaml:3:1: error GL0201") })
    let before = try count("Not decided", door)
    try FileManager.default.removeItem(at: door.folder.appendingPathComponent("content/more.yaml"))
    #expect(waits(door) { $0.components(separatedBy: "Not decided").count - 1 > before })

    process.interrupt()
    for _ in 0..<600 where process.isRunning { Thread.sleep(forTimeInterval: 0.1) }
    try #require(!process.isRunning)
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGINT)
  }

  @Test func `standard input cannot be watched`() throws {
    guard let door = try Door() else { return }
    let outcome = try door.run("- --watch")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("standard input cannot be watched"))
  }

  private func count(_ words: String, _ door: Door) throws -> Int {
    try door.read(".out").components(separatedBy: words).count - 1
  }

  /// Whether the output comes to be so; it is given up only when nothing more can be hoped for.
  private func waits(_ door: Door, _ isSo: (String) -> Bool) -> Bool {
    for _ in 0..<1200 {
      if let output = try? door.read(".out"), isSo(output) { return true }
      Thread.sleep(forTimeInterval: 0.1)
    }
    return false
  }
}
