internal import GuidelineSyntax
internal import LocatedYAML
internal import SourceText

extension GuidelineLibrary {
  /// A document in its canonical writing: keys in the order of the grammar, conditions with plain blanks, comments kept.
  ///
  /// It means the same. What cannot be read as a document is refused with its places.
  public static func canonicalText(path: String, bytes: [UInt8]) throws(InvalidContent) -> String {
    var files = SourceFiles()
    let id = files.add(path: path, bytes: bytes)
    var found = Diagnostics()
    let tree = readYAML(files[id], into: &found)
    if !found.hasErrors { _ = readDocument(tree, file: files[id], into: &found) }
    guard !found.hasErrors else { throw InvalidContent(diagnostics: found.sorted(in: files), files: files) }
    return printDocument(tree, file: files[id])
  }
}
