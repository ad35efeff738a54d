internal import Foundation

/// The files of a folder of the repository, as bytes.
public enum FolderContent {
  /// All files with such an ending below a folder, sorted, with paths that count from the folder.
  public static func content(
    of folder: String, endings: [String] = [".yaml", ".csv"]
  ) throws -> [(path: String, bytes: [UInt8])] {
    let root = Repository.root + "/" + folder
    let paths = (FileManager.default.enumerator(atPath: root)?.allObjects ?? []).compactMap { $0 as? String }
    return try paths.sorted().filter { path in endings.contains { path.hasSuffix($0) } }.map { path in
      (path, [UInt8](try Data(contentsOf: URL(fileURLWithPath: root + "/" + path))))
    }
  }

  public static func bytes(of path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/" + path)))
  }
}
