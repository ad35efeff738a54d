internal import ClinicalValues
internal import CommandSupport
internal import GuidelineKit
internal import SourceText

/// Answers all lines of a file, in their order, with a bounded part of it in memory.
struct BatchRun: ~Copyable {
  private let task: BatchTask
  private let threads: Threads
  private let workers: Shelf<BatchWorker>
  private var source: LineSource
  private var file: BatchFile?
  private let watch: InterruptWatch?
  private var tally = BatchTally()
  private var meter: ProgressMeter

  init(task: BatchTask, source: consuming LineSource, threads: Threads, output: BatchOutput) throws {
    self.task = task
    self.threads = threads
    workers = Shelf { BatchWorker(task) }
    self.source = source
    if case .file(let path, _, _) = output, self.source.isFile(at: path) {
      throw Stop(.misuse, "the answers cannot go to `\(path)`: the patients are read from it")
    }
    if case .file(let path, let choice, let resuming) = output, task.format != .summary {
      let run = "\(task.source.fingerprint(seenFrom: task.folder)) \(choice)"
      var begun = try BatchFile.open(path, run: run, head: task.head, resuming: resuming)
      guard try self.source.skip(to: begun.state.input) else {
        throw Stop(
          .misuse,
          "`\(task.file)` is not the file whose first \(begun.state.input.lines) lines were answered already\n"
            + "give the same file, or delete `\(DraftFile.name(for: path))` and begin anew")
      }
      tally.patients = begun.state.patients
      tally.refused = begun.state.refused
      try begun.save()
      file = consume begun
      watch = InterruptWatch()
    } else {
      watch = nil
      self.source.makesFingerprints = false
    }
    meter = ProgressMeter(unit: "patients", from: self.source.place.offset)
    summaryPath = if case .file(let path, _, _) = output { path } else { nil }
  }

  private let summaryPath: String?

  mutating func go() throws {
    if file == nil { try OutputStream.output.write(task.head) }
    let before = tally.patients + tally.refused
    while true {
      let blocks = try read()
      guard !blocks.isEmpty else { break }
      let workers = workers
      let results = threads.map(blocks.count) { index in workers.withTool { $0.answer(blocks[index]) } }
      for result in results {
        try take(result)
        if result.isStopped { return try stop() }
      }
      let done = results.last?.end.offset ?? 0
      meter.update(done: done, of: source.size, count: tally.patients + tally.refused - before)
      if watch?.isInterrupted == true { return try interrupt() }
    }
    meter.clear()
    try finish()
  }

  private mutating func read() throws(Stop) -> [LineBlock] {
    var blocks: [LineBlock] = []
    while blocks.count < threads.count * task.piecesPerThread, let block = try source.next(lines: task.linesPerPiece) {
      blocks.append(block)
    }
    return blocks
  }

  private mutating func take(_ result: BatchResult) throws(Stop) {
    if !result.complaints.isEmpty {
      meter.clear()
      OutputStream.errors.tell(result.complaints)
    }
    // The line that ends the work is not answered: a run that is resumed comes to it again.
    var counted = result.tally
    if result.isStopped { counted.refused = 0 }
    tally.add(counted)
    if file == nil {
      try OutputStream.output.write(result.output)
    } else {
      try file?.write(result.output, upTo: result.end, counted)
    }
  }

  // MARK: Endings

  private mutating func finish() throws(Stop) {
    if task.format == .summary {
      if let plan = task.cohort { tally.name(by: plan) }
      let text = BatchSummary(tally: tally, today: task.guidelines.today.iso).render()
      if let summaryPath {
        try writeFile(summaryPath, Array(text.utf8))
      } else {
        try OutputStream.output.write(text)
      }
    }
    try file?.finish()
    guard tally.refused > 0 else { return }
    let lines = tally.patients + tally.refused
    OutputStream.errors.tell("\(tally.refused) of \(lines) patients were refused\n")
    throw Stop(.failure, "")
  }

  private mutating func stop() throws(Stop) {
    meter.clear()
    try file?.save()
    throw Stop(
      .failure,
      "the line above cannot be used, and `--strict` ends the run here" + (file == nil ? "" : hint))
  }

  private mutating func interrupt() throws(Stop) {
    meter.clear()
    try file?.save()
    throw Stop(.interrupted, "interrupted after \(tally.patients + tally.refused) patients" + hint)
  }

  private var hint: String { "\nthe same command with `--resume` goes on from here" }
}
