internal import FoundationEssentials
package import SourceText

/// The content files that were found below some paths.
package struct ContentFiles {
  package private(set) var files = SourceFiles()
  /// Symbolic links below a folder, which are not followed: content is what lies in the folder.
  package private(set) var skippedLinks: [String] = []
  private var taken: Set<String> = []

  package init() {}

  /// Reads every `*.yaml`, `*.yml` and `*.csv` below a folder, by path; a file is taken whatever its name.
  package mutating func add(path: String) throws(Stop) {
    switch kind(of: path, followingLinks: true) {
    case .folder: try add(folder: path)
    case .file, .other: try add(file: path)
    case .link, nil: throw unreadable(path, 2)
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

  private mutating func add(folder: String) throws(Stop) {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    var names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      throw Stop(.unreadable, "the folder `\(folder)` cannot be read")
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in names where !name.hasPrefix(".") {
      let path = (prefix == "./" ? "" : prefix) + name
      switch kind(of: path, followingLinks: false) {
      case .folder: try add(folder: path)
      case .file: if Self.isContent(name) { try add(file: path) }
      case .link: skippedLinks.append(path)
      case .other, nil: continue
      }
    }
  }

  private mutating func add(file path: String) throws(Stop) {
    let resolved = URL(filePath: path).standardized.path
    guard taken.insert(resolved).inserted else { return }
    files.add(path: path, bytes: try readFile(path))
  }

  /// Adds what a door holds in memory.
  package mutating func add(path: String, bytes: [UInt8]) { files.add(path: path, bytes: bytes) }

  private static func isContent(_ name: String) -> Bool {
    [".yaml", ".yml", ".csv"].contains { name.hasSuffix($0) }
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
  guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
    let type = attributes[.type] as? FileAttributeType
  else { return nil }
  switch type {
  case .typeRegular: return .file
  case .typeDirectory: return .folder
  case .typeSymbolicLink: return .link
  default: return .other
  }
}
