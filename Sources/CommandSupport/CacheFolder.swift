internal import FoundationEssentials

/// Where commands keep what they would otherwise work out again.
package enum CacheFolder {
  /// The user's: `$XDG_CACHE_HOME`, else what the system says, with a folder for the command; nil: the user has none.
  ///
  /// Source: XDG Base Directory Specification 0.8.
  package static func ofUser(command: String) -> String? {
    if let folder = Environment.value("XDG_CACHE_HOME"), folder.hasPrefix("/") { return Folders.join(folder, command) }
    guard let home = Environment.value("HOME"), home.hasPrefix("/") else { return nil }
    #if canImport(Darwin)
    return Folders.join(home, "Library/Caches/\(command)")
    #else
    return Folders.join(home, ".cache/\(command)")
    #endif
  }

  package static func make(_ path: String) throws(Stop) {
    do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
      throw Stop(.unreadable, "the folder `\(path)` cannot be made")
    }
  }

  package static var workingFolder: String { FileManager.default.currentDirectoryPath }
}

/// Which build of the command runs: another one may judge otherwise.
package enum RunningProgram {
  /// Its version, and size and time of its file; nil: the file is not found.
  package static var identity: String? {
    let manager = FileManager.default
    let path = (try? manager.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments.first
    guard let path, let state = FileState(path) else { return nil }
    return "\(productVersion) \(state.words)"
  }
}
