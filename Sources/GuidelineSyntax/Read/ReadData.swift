package import LocatedYAML
internal import SourceText

/// Reads plain data: the facts of a patient, in YAML or JSON.
///
/// Every scalar is text.
package func readData(_ tree: YAMLTree) -> DataSyntax {
  guard let root = tree.root else { return DataSyntax(.broken, Span(file: tree.file, start: 0, end: 0)) }
  return Node(tree: tree, id: root).data
}

extension Node {
  /// The node and what is below it, untyped.
  var data: DataSyntax {
    switch form {
    case .scalar(let text, let quoted): DataSyntax(.scalar(text, quoted: quoted), span)
    case .list(let items): DataSyntax(.list(items.map(\.data)), span)
    case .mapping(let entries):
      DataSyntax(.mapping(entries.map { DataEntry(key: $0.key, value: $0.value.data) }), span)
    case .broken: DataSyntax(.broken, span)
    }
  }
}
