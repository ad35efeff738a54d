package import SourceText

extension YAMLTree {
  /// Where a part of the decoded text of a scalar stands in the file.
  ///
  /// Exact for plain and quoted scalars, escapes included; in block scalars exact within each line. What cannot be
  /// found is the whole scalar.
  package func spanInFile(of scalar: NodeID, decodedBytes: Range<Int>) -> Span {
    let whole = span(scalar)
    let pieces = pieces(of: scalar)
    guard let start = Self.place(of: decodedBytes.lowerBound, in: pieces) else { return whole }
    guard !decodedBytes.isEmpty else {
      return clamped(start.lowerBound..<start.lowerBound, to: whole)
    }
    let end = Self.place(of: decodedBytes.upperBound - 1, in: pieces) ?? start
    return clamped(start.lowerBound..<max(start.lowerBound, end.upperBound), to: whole)
  }

  /// The bytes in the file that give one byte of the decoded text.
  private static func place(of offset: Int, in pieces: [ScalarPiece]) -> Range<Int>? {
    guard let piece = pieces.first(where: { offset < $0.decoded.upperBound }) else {
      return pieces.last.map { $0.source.upperBound..<$0.source.upperBound }
    }
    guard piece.source.count == piece.decoded.count else { return piece.source }
    let place = piece.source.lowerBound + max(0, offset - piece.decoded.lowerBound)
    return place..<(place + 1)
  }

  private func clamped(_ range: Range<Int>, to whole: Span) -> Span {
    let start = min(max(UInt32(clamping: range.lowerBound), whole.start), whole.end)
    return Span(file: file, start: start, end: min(max(UInt32(clamping: range.upperBound), start), whole.end))
  }

  private func pieces(of scalar: NodeID) -> [ScalarPiece] {
    let node = self[scalar]
    let start = min(Int(node.span.start), source.count)
    let end = max(start, min(Int(node.span.end), source.count))
    switch node.kind {
    case .scalar(.plain): return LinePieces.find(source, content: start..<end, text: textBytes(scalar))
    case .scalar(.literal), .scalar(.folded):
      let header = source[start..<end].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? end
      return LinePieces.find(source, content: header..<end, text: textBytes(scalar))
    case .scalar(.singleQuoted), .scalar(.doubleQuoted):
      guard end - start >= 2 else { return [] }
      let isDouble = node.kind == .scalar(.doubleQuoted)
      return QuotedScalar(source, content: (start + 1)..<(end - 1), isDouble: isDouble).pieces
    default: return []
    }
  }
}
