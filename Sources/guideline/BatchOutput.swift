internal import CommandSupport
internal import GuidelineKit

/// Where the answers go.
enum BatchOutput {
  /// To standard output, as they come.
  case stream
  /// To a file, once they are complete; `choice` says in words what was asked for.
  case file(String, choice: String, resuming: Bool)
}

/// How far a run has come, kept beside its unfinished answers.
struct BatchState: Hashable {
  /// The library and all that was asked for.
  var run: String
  var input = InputPlace()
  /// The bytes of the answers so far.
  var output = 0
  var patients = 0
  var refused = 0

  static func path(for output: String) -> String { DraftFile.name(for: output) + ".state" }

  var text: String {
    """
    guideline batch, unfinished answers; `--resume` goes on with them
    run \(run)
    input \(input.offset) \(input.lines) \(input.fingerprint)
    output \(output)
    patients \(patients) \(refused)

    """
  }

  init(run: String) { self.run = run }

  /// Nil: it is no state.
  init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 6, lines[1].hasPrefix("run ") else { return nil }
    func numbers(_ line: String, _ word: String, _ count: Int) -> [UInt64]? {
      let parts = line.split(separator: " ").map(String.init)
      let numbers = parts.dropFirst().compactMap { UInt64($0) }
      return parts.first == word && numbers.count == count && parts.count == count + 1 ? numbers : nil
    }
    guard let input = numbers(lines[2], "input", 3), let output = numbers(lines[3], "output", 1),
      let counts = numbers(lines[4], "patients", 2)
    else { return nil }
    run = String(lines[1].dropFirst("run ".count))
    self.input = InputPlace(offset: Int(clamping: input[0]), lines: Int(clamping: input[1]), fingerprint: input[2])
    self.output = Int(clamping: output[0])
    patients = Int(clamping: counts[0])
    refused = Int(clamping: counts[1])
  }
}

/// The file that the answers go to, with its state; nothing is lost when the command is ended in between.
struct BatchFile: ~Copyable {
  let path: String
  private(set) var state: BatchState
  private var draft: DraftFile
  private var saved = ContinuousClock.now

  private init(_ path: String, _ state: BatchState, _ draft: consuming DraftFile) {
    self.path = path
    self.state = state
    self.draft = draft
  }

  /// Begins the file, or goes on behind what an earlier run of the same kind wrote.
  static func open(_ path: String, run: String, head: [UInt8], resuming: Bool) throws(Stop) -> BatchFile {
    let hasDraft = Folders.exists(DraftFile.name(for: path))
    if hasDraft, resuming { return try BatchFile.continued(path, run: run) }
    guard !hasDraft else {
      throw Stop(
        .misuse,
        "`\(DraftFile.name(for: path))` holds the answers of an unfinished run\ngo on with `--resume`, or delete it")
    }
    var file = BatchFile(path, BatchState(run: run), try DraftFile(for: path))
    try file.write(head, upTo: InputPlace(), BatchTally())
    try file.save()
    return file
  }

  private static func continued(_ path: String, run: String) throws(Stop) -> BatchFile {
    let draft = DraftFile.name(for: path)
    let name = BatchState.path(for: path)
    guard Folders.exists(name), let known = BatchState(String(decoding: try readFile(name), as: UTF8.self)) else {
      throw Stop(.misuse, "`\(name)` does not say how far the run has come\ndelete `\(draft)` and begin anew")
    }
    guard known.run == run else {
      throw Stop(
        .misuse,
        "`\(draft)` was begun with another library or another choice: \(known.run); now it is \(run)\n"
          + "ask as before, or delete it and begin anew")
    }
    return BatchFile(path, known, try DraftFile(for: path, continuingAt: known.output))
  }

  /// Adds answers; the state follows at least every second.
  mutating func write(_ bytes: [UInt8], upTo input: InputPlace, _ tally: BatchTally) throws(Stop) {
    try draft.write(bytes)
    state.input = input
    state.output = draft.length
    state.patients += tally.patients
    state.refused += tally.refused
    if saved.duration(to: .now) > .seconds(1) { try save() }
  }

  mutating func save() throws(Stop) {
    try writeFile(BatchState.path(for: path), Array(state.text.utf8))
    saved = .now
  }

  func finish() throws(Stop) {
    try draft.finish()
    deleteFile(BatchState.path(for: path))
  }
}
