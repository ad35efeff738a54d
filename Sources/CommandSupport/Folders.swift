internal import FoundationEssentials

/// Paths as texts: only their form is looked at.
package enum Folders {
  /// The folder of a file; empty: where the command runs.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A path that was written in a file of a folder.
  package static func join(_ folder: String, _ path: String) -> String {
    if folder.isEmpty || folder == "." || path.hasPrefix("/") { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// The folder, and those above it up to the one where the command runs.
  ///
  /// Of a folder that lies elsewhere: it alone, then the one where the command runs.
  package static func upwards(from folder: String) -> [String] {
    var parts = folder.split(separator: "/").map(String.init).filter { $0 != "." }
    guard !folder.hasPrefix("/"), !parts.contains("..") else { return [folder, ""] }
    var found: [String] = []
    while !parts.isEmpty {
      found.append(parts.joined(separator: "/"))
      parts.removeLast()
    }
    return found + [""]
  }

  package static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path.isEmpty ? "." : path, isDirectory: &isFolder) && isFolder
  }

  package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}

/// When something was last changed, and how large it is: enough to see that it is not what it was.
package struct FileState: Hashable, Sendable {
  private let time: Double
  private let size: Int

  package var words: String { "\(size) \(time)" }

  /// Nil: there is no such file.
  package init?(_ path: String) {
    guard let found = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
    time = (found[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    // Which integer it is depends on the system.
    size = (found[.size] as? Int) ?? (found[.size] as? UInt64).map { Int(clamping: $0) } ?? 0
  }
}

/// Writes a file as a whole: who reads it finds the old or the new one.
package func writeFile(_ path: String, _ bytes: [UInt8]) throws(Stop) {
  do { try Data(bytes).write(to: URL(filePath: path), options: .atomic) } catch {
    throw Stop(.unreadable, "`\(path)` cannot be written")
  }
}

/// Writes behind what a file holds already.
package func appendFile(_ path: String, _ bytes: [UInt8]) throws(Stop) {
  let before = try FileManager.default.fileExists(atPath: path) ? readFile(path) : []
  try writeFile(path, before + bytes)
}
