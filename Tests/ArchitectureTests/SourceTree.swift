internal import Foundation
internal import TestSupport

/// A file of the package, as text.
struct SourceText: Sendable {
  var path: String
  var lines: [String]

  var room: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// The modules that the file imports.
  var imports: [String] {
    lines.compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place < 2, words.count > place + 1 else { return nil }
      return String(words[place + 1])
    }
  }
}

/// All Swift files below a folder of the repository.
func swiftFiles(below folder: String) -> [SourceText] {
  let root = Repository.root
  guard let walk = FileManager.default.enumerator(atPath: root + "/" + folder) else { return [] }
  var files: [SourceText] = []
  for case let path as String in walk where path.hasSuffix(".swift") {
    guard let text = try? String(contentsOfFile: "\(root)/\(folder)/\(path)", encoding: .utf8) else { continue }
    files.append(
      SourceText(
        path: "\(folder)/\(path)", lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      ))
  }
  return files.sorted { $0.path < $1.path }
}
