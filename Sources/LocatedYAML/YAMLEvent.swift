/// One step of reading, in our own words; places are in code points.
struct YAMLEvent {
  /// What was read.
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart(hasDirectives: Bool)
    case documentEnd
    case alias
    case scalar(ScalarStyle)
    case sequenceStart(isFlow: Bool)
    case mappingStart(isFlow: Bool)
    case collectionEnd
  }

  var kind: Kind
  var start: Int
  var end: Int
  var hasAnchor = false
  var hasTag = false
}

/// Why the parser stopped, in its own words; places are in code points.
struct ParserFailure {
  var problem: String
  var context: String
  var place: Int
  var contextPlace: Int
}
