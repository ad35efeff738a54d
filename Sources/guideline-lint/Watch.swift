internal import CommandSupport
internal import GuidelineLint
internal import SourceText

/// Does something now, and again whenever a file below the paths comes, goes or changes.
///
/// It ends when the command is interrupted.
func watchForever(_ options: LintOptions, _ work: () throws -> Void) throws -> Never {
  allowInterrupts()
  var last: [String: FileState]?
  while true {
    let now = states(options)
    if now != last {
      last = now
      if OutputStream.output.isTerminal { try OutputStream.output.write("\u{1B}[2J\u{1B}[H") }
      // A path that vanished while an editor saved it comes back: only the words are shown.
      do { try work() } catch let stop as Stop { OutputStream.errors.tell("error: \(stop.message)\n") }
    }
    pause(milliseconds: 300)
  }
}

private func states(_ options: LintOptions) -> [String: FileState] {
  let configuration = try? ConfigurationFile.find(options)
  var paths = options.paths
  if paths.isEmpty, let found = configuration {
    paths = found.paths(found.read(on: LintSettings(today: options.today ?? localToday())))
  }
  var found: [String: FileState] = [:]
  for path in contentPaths(below: paths) + [configuration?.file.path].compactMap(\.self) {
    found[path] = FileState(path)
  }
  return found
}
