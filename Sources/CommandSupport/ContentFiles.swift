internal import FoundationEssentials
package import SourceText

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The content files that were found below some paths.
package struct ContentFiles {
  package private(set) var files = SourceFiles()
  /// Symbolic links below a folder, which are not followed: content is what lies in the folder.
  package private(set) var skippedLinks: [String] = []
  /// What a file is called, by its plain path: a file that is named twice is read once.
  private var names: [String: String] = [:]
  /// What could not be read, when one goes on without it.
  package private(set) var unreadable: [Unreadable] = []
  private let goesOn: Bool
  private let threads: Threads

  /// A file or folder that could not be read.
  package struct Unreadable: Sendable {
    package let path: String
    package let reason: String
  }

  /// With `goesOn` what cannot be read is noted, and the rest is read; the files of a folder are read by threads.
  package init(goesOn: Bool = false, threads: Threads = Threads(nil)) {
    self.goesOn = goesOn
    self.threads = threads
  }

  /// Takes what is not, or not yet, in a file of that name; a file of that name is not read any more.
  package mutating func add(path: String, bytes: [UInt8]) {
    let plain = URL(filePath: path).standardized.path
    guard names[plain] == nil else { return }
    files.add(path: path, bytes: bytes)
    names[plain] = path
  }

  /// Reads every `*.yaml`, `*.yml` and `*.csv` below a folder, by path; a file is taken whatever its name.
  ///
  /// The answer is what the files are called in `files`.
  @discardableResult
  package mutating func add(path: String) throws(Stop) -> [String] {
    switch kind(of: path, followingLinks: true) {
    case .folder: return try add(folder: path)
    case .file, .other: return try add(file: path)
    case .link, nil:
      try fail(path, CommandSupport.unreadable(path, ENOENT))
      return []
    }
  }

  /// The path of the library's folder; anything else is no library.
  package mutating func add(library: String) throws(Stop) {
    guard kind(of: library, followingLinks: true) == .folder else {
      throw Stop(
        .unreadable,
        "there is no folder `\(library)`\nname the folder that holds the guidelines with `--library FOLDER`")
    }
    try add(folder: library)
  }

  /// What was found in a folder.
  private enum Found: Sendable {
    case file(path: String, plain: String)
    case unreadable(String)
  }

  @discardableResult
  private mutating func add(folder: String) throws(Stop) -> [String] {
    var found: [Found] = []
    list(folder, into: &found)
    let (listed, known) = (found, names)
    let read = threads.map(listed.count) { index -> Result<[UInt8], Stop>? in
      guard case .file(let path, let plain) = listed[index], known[plain] == nil else { return nil }
      do throws(Stop) { return .success(try readFile(path)) } catch { return .failure(error) }
    }
    var paths: [String] = []
    var contents: [(path: String, bytes: [UInt8])] = []
    for (item, result) in zip(listed, read) {
      switch (item, result) {
      case (.unreadable(let folder), _):
        try fail(folder, Stop(.unreadable, "the folder `\(folder)` cannot be read"))
      case (.file(let path, let plain), .success(let bytes)?):
        contents.append((path, bytes))
        names[plain] = path
        paths.append(path)
      case (.file(let path, _), .failure(let stop)?): try fail(path, stop)
      case (.file(_, let plain), nil): paths.append(names[plain] ?? plain)
      }
    }
    files.add(contents, on: threads)
    return paths
  }

  private mutating func list(_ folder: String, into found: inout [Found]) {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    var entries: [String]
    do { entries = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      return found.append(.unreadable(folder))
    }
    entries.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let plain = URL(filePath: folder).standardized.path
    for name in entries where !name.hasPrefix(".") {
      let path = (prefix == "./" ? "" : prefix) + name
      switch kind(of: path, followingLinks: false) {
      case .folder: list(path, into: &found)
      case .file:
        if Self.isContent(name) {
          found.append(.file(path: path, plain: plain + (plain.hasSuffix("/") ? "" : "/") + name))
        }
      case .link: skippedLinks.append(path)
      case .other, nil: continue
      }
    }
  }

  private mutating func add(file path: String) throws(Stop) -> [String] {
    let plain = URL(filePath: path).standardized.path
    if let name = names[plain] { return [name] }
    do throws(Stop) { files.add(path: path, bytes: try readFile(path)) } catch {
      try fail(path, error)
      return []
    }
    names[plain] = path
    return [path]
  }

  private mutating func fail(_ path: String, _ stop: Stop) throws(Stop) {
    guard goesOn else { throw stop }
    unreadable.append(Unreadable(path: path, reason: stop.message))
  }

  fileprivate static func isContent(_ name: String) -> Bool {
    [".yaml", ".yml", ".csv"].contains { name.hasSuffix($0) }
  }
}

/// The content files below some paths, unread.
package func contentPaths(below paths: [String]) -> [String] {
  paths.flatMap { path -> [String] in
    guard Folders.isFolder(path) else { return [path] }
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return names.filter { ContentFiles.isContent($0) }.map { Folders.join(path, $0) }
  }
}

private enum FileKind {
  case file
  case folder
  case link
  case other
}

private func kind(of path: String, followingLinks: Bool) -> FileKind? {
  if followingLinks {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    return isFolder ? .folder : .file
  }
  var status = stat()
  guard unsafe lstat(path, &status) == 0 else { return nil }
  switch status.st_mode & S_IFMT {
  case S_IFREG: return .file
  case S_IFDIR: return .folder
  case S_IFLNK: return .link
  default: return .other
  }
}
