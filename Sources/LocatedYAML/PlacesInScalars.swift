package import SourceText

/// Where the parts of the decoded text of a scalar stand in the file.
package struct ScalarPlaces: Sendable {
  private let whole: Span
  /// In the order of the text.
  private let pieces: [ScalarPiece]

  fileprivate init(whole: Span, pieces: [ScalarPiece]) {
    self.whole = whole
    self.pieces = pieces
  }

  /// Where a part of the text stands.
  ///
  /// Exact for plain and quoted scalars, escapes included; in block scalars exact within each line. What cannot be
  /// found is the whole scalar.
  package func span(_ decodedBytes: Range<Int>) -> Span {
    guard let start = place(of: decodedBytes.lowerBound) else { return whole }
    guard !decodedBytes.isEmpty else { return clamped(start.lowerBound..<start.lowerBound) }
    let end = place(of: decodedBytes.upperBound - 1) ?? start
    return clamped(start.lowerBound..<max(start.lowerBound, end.upperBound))
  }

  /// The bytes in the file that give one byte of the decoded text.
  private func place(of offset: Int) -> Range<Int>? {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if offset < pieces[middle].decoded.upperBound { high = middle } else { low = middle + 1 }
    }
    guard low < pieces.count else { return pieces.last.map { $0.source.upperBound..<$0.source.upperBound } }
    let piece = pieces[low]
    guard piece.source.count == piece.decoded.count else { return piece.source }
    let place = piece.source.lowerBound + max(0, offset - piece.decoded.lowerBound)
    return place..<(place + 1)
  }

  private func clamped(_ range: Range<Int>) -> Span {
    let start = min(max(UInt32(clamping: range.lowerBound), whole.start), whole.end)
    return Span(file: whole.file, start: start, end: min(max(UInt32(clamping: range.upperBound), start), whole.end))
  }
}

extension YAMLTree {
  /// For whoever asks for many parts of one scalar.
  package func places(in scalar: NodeID) -> ScalarPlaces {
    ScalarPlaces(whole: span(scalar), pieces: pieces(of: scalar))
  }

  /// Where a part of the decoded text of a scalar stands in the file.
  package func spanInFile(of scalar: NodeID, decodedBytes: Range<Int>) -> Span {
    places(in: scalar).span(decodedBytes)
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
