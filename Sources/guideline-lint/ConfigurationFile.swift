internal import CommandSupport
internal import GuidelineLint
internal import SourceText

/// `.guideline-lint.yaml`, as it was found.
struct ConfigurationFile {
  static let name = ".guideline-lint.yaml"

  let file: InputFile
  /// What its paths count from.
  var folder: String { Folders.parent(of: file.path) }

  /// The one that is named, or the first above the first path.
  static func find(_ options: LintOptions) throws(Stop) -> ConfigurationFile? {
    guard !options.noConfig else { return nil }
    if let path = options.config { return try ConfigurationFile(path) }
    let first = options.paths.first { $0 != "-" } ?? (options.paths.isEmpty ? "" : options.stdinFilename)
    let start = Folders.isFolder(first) ? first : Folders.parent(of: first)
    let places = Folders.upwards(from: start).map { Folders.join($0, name) }
    guard let path = places.first(where: Folders.exists) else { return nil }
    return try ConfigurationFile(path)
  }

  private init(_ path: String) throws(Stop) { file = InputFile(path: path, bytes: try readFile(path)) }

  func read(on settings: LintSettings) -> Configuration {
    var files = SourceFiles()
    let id = files.add(path: file.path, bytes: file.bytes)
    return readConfiguration(files[id], on: settings.today)
  }

  func paths(_ configuration: Configuration) -> [String] { configuration.paths.map { Folders.join(folder, $0) } }

  func baseline(_ configuration: Configuration) -> String? { configuration.baseline.map { Folders.join(folder, $0) } }
}
