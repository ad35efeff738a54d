package import ClinicalValues

/// Texts that are put together from values: each distinct combination is one text.
///
/// The engine does not know the words; whoever asks gets the template's number and the values that go into it.
package struct CompositeTexts: Sendable {
  /// What a composite text is made of.
  package struct Content: Hashable, Sendable {
    package var template: UInt32
    package var parts: [Estimate]
  }

  private var contents: [Content] = []
  private var ids: [Content: TextID] = [:]

  /// Texts of programs and patients are numbered below, composites from here on.
  package static let first: UInt32 = 1 << 31

  mutating func id(_ content: Content) -> TextID {
    if let known = ids[content] { return known }
    let id = TextID(index: Self.first + UInt32(contents.count))
    contents.append(content)
    ids[content] = id
    return id
  }

  package func content(_ id: TextID) -> Content? {
    guard id.index >= Self.first else { return nil }
    let index = Int(id.index - Self.first)
    return contents.indices.contains(index) ? contents[index] : nil
  }
}
