internal import CommandSupport
internal import GuidelineLint
internal import SourceText

/// One look at the files: what is read, and with which settings.
struct LintRun {
  let options: LintOptions
  /// What was asked for: as arguments, or by the configuration.
  let paths: [String]
  let files: SourceFiles
  let unreadable: [UnreadableFile]
  let configuration: Configuration
  /// Where the configuration says that the known findings are.
  let baselinePath: String?
  var settings: LintSettings

  init(_ options: LintOptions) throws(Stop) {
    self.options = options
    var settings = LintSettings(today: options.today ?? localToday())
    settings.select = options.select
    settings.ignore = options.ignore
    let found = try ConfigurationFile.find(options)
    settings.configuration = found?.file
    let configuration = found?.read(on: settings) ?? Configuration()
    let paths = options.paths.isEmpty ? found?.paths(configuration) ?? [] : options.paths
    guard !paths.isEmpty else {
      throw Stop(.misuse, "there is no path to check\nname the folder that holds the guidelines, or set `paths`")
    }
    let content = try Self.read(paths, options)
    let baselinePath = found?.baseline(configuration)
    settings.baseline = try baselinePath.flatMap { path throws(Stop) in try Self.readIfThere(path) }
    settings.isIncomplete = !content.unreadable.isEmpty
    self.paths = paths
    files = content.files
    unreadable = content.unreadable.map { UnreadableFile(path: $0.path, reason: $0.reason) }
    self.configuration = configuration
    self.baselinePath = baselinePath
    self.settings = settings
  }

  static func readIfThere(_ path: String) throws(Stop) -> InputFile? {
    Folders.exists(path) ? InputFile(path: path, bytes: try readFile(path)) : nil
  }

  /// Standard input comes first, so that the saved file of the same name is left aside.
  private static func read(_ paths: [String], _ options: LintOptions) throws(Stop) -> ContentFiles {
    var content = ContentFiles(goesOn: true)
    if paths.contains("-") { content.add(path: options.stdinFilename, bytes: try readFile("-")) }
    for path in paths where path != "-" { try content.add(path: path) }
    for link in content.skippedLinks {
      OutputStream.errors.tell("note: `\(link)` is a symbolic link and is not followed\n")
    }
    guard content.files.all.isEmpty, content.unreadable.isEmpty else { return content }
    throw Stop(.misuse, "there are no *.yaml or *.csv files below \(paths.joined(separator: ", "))")
  }

  /// Mends what may be mended, in memory.
  func fix(_ level: FixLevel) -> FixedLibrary {
    let workers = Threads(options.threads)
    let only: Set<String>? = paths.contains("-") ? [options.stdinFilename] : nil
    var fixed = withProgress("checking and mending \(files.all.count) files") {
      GuidelineLint.fix(files, settings, level, only: only, on: workers)
    }
    fixed.reportBefore.unreadable = unreadable
    fixed.report.unreadable = unreadable
    return fixed
  }

  /// `words`: what a terminal is told when it takes longer than a second.
  func lint(_ words: String? = nil) -> LintReport {
    let workers = Threads(options.threads)
    let cache = AnswerCache(options, paths: paths)
    var settings = settings
    settings.answers = cache?.read() ?? []
    var report = withProgress(words ?? "checking \(files.all.count) files") {
      [settings] in GuidelineLint.lint(files, settings, on: workers)
    }
    report.unreadable = unreadable
    cache?.write(report.answers, over: settings.answers)
    return report
  }
}
