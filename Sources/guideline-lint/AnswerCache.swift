internal import CommandSupport
internal import GuidelineLint
internal import SourceText

/// What was proved about all patients, kept between runs.
///
/// What is kept is believed only by the build that wrote it, and only of content that means the same; whatever cannot be
/// read counts for nothing.
struct AnswerCache {
  private let path: String
  private let head: String

  /// Nil: nothing is kept.
  init?(_ options: LintOptions, paths: [String]) {
    guard !options.noCache, let identity = RunningProgram.identity,
      let folder = options.cache ?? CacheFolder.ofUser(command: "guideline-lint")
    else { return nil }
    var place = FNV()
    place.add(CacheFolder.workingFolder)
    for path in paths { place.add(path) }
    path = Folders.join(folder, "answers-\(place.text)")
    head = "written by \(identity)\n"
  }

  func read() -> [UInt8] {
    guard Folders.exists(path), let bytes = try? readFile(path), bytes.starts(with: head.utf8) else { return [] }
    return Array(bytes.dropFirst(head.utf8.count))
  }

  /// Without room for it a run is as good, and the next one as slow.
  func write(_ answers: [UInt8], over before: [UInt8]) {
    guard answers != before else { return }
    do throws(Stop) {
      try CacheFolder.make(Folders.parent(of: path))
      try writeFile(path, Array(head.utf8) + answers)
    } catch {
      OutputStream.errors.tell("note: nothing is kept for the next run: \(error.message)\n")
    }
  }
}
