internal import CLibYAML

/// Runs libyaml over bytes and hands each event on; the only code of the room that touches C memory.
enum YAMLReader {
  /// Reads until the end, a failure, or until `builder` has enough.
  static func read(_ bytes: ArraySlice<UInt8>, into builder: inout TreeBuilder) {
    unsafe bytes.withUnsafeBufferPointer { input in
      // libyaml keeps a pointer from the parser to itself: the parser may not move.
      let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
      defer { unsafe parser.deallocate() }
      guard unsafe yaml_parser_initialize(parser) == 1 else { return }
      defer { unsafe yaml_parser_delete(parser) }
      // With the encoding given, libyaml does not look for a byte order mark.
      unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
      while unsafe step(parser, &builder) {}
    }
  }

  private static func step(_ parser: UnsafeMutablePointer<yaml_parser_t>, _ builder: inout TreeBuilder) -> Bool {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else {
      unsafe builder.fail(failure(parser.pointee))
      return false
    }
    defer { unsafe yaml_event_delete(&event) }
    guard var read = unsafe translated(event) else { return false }
    if unsafe event.type == YAML_SCALAR_EVENT {
      let scalar = unsafe event.data.scalar
      unsafe (read.hasAnchor, read.hasTag) = (scalar.anchor != nil, scalar.tag != nil)
      let start = builder.texts.count
      unsafe builder.texts.append(contentsOf: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
      return builder.take(read, textStart: start)
    }
    return builder.take(read, textStart: builder.texts.count)
  }

  private static func translated(_ event: yaml_event_t) -> YAMLEvent? {
    guard let kind = unsafe kind(event) else { return nil }
    var result = unsafe YAMLEvent(
      kind: kind, start: Int(clamping: event.start_mark.index), end: Int(clamping: event.end_mark.index))
    if unsafe event.type == YAML_SEQUENCE_START_EVENT {
      unsafe result.hasAnchor = event.data.sequence_start.anchor != nil
      unsafe result.hasTag = event.data.sequence_start.tag != nil
    } else if unsafe event.type == YAML_MAPPING_START_EVENT {
      unsafe result.hasAnchor = event.data.mapping_start.anchor != nil
      unsafe result.hasTag = event.data.mapping_start.tag != nil
    }
    return result
  }

  private static func kind(_ event: yaml_event_t) -> YAMLEvent.Kind? {
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: return .streamStart
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT:
      let start = unsafe event.data.document_start
      let hasTags = unsafe start.tag_directives.start != start.tag_directives.end
      return unsafe .documentStart(hasDirectives: hasTags || start.version_directive != nil)
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias
    case YAML_SCALAR_EVENT: return unsafe .scalar(style(event.data.scalar.style))
    case YAML_SEQUENCE_START_EVENT:
      return unsafe .sequenceStart(isFlow: event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_MAPPING_START_EVENT:
      return unsafe .mappingStart(isFlow: event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .collectionEnd
    default: return nil
    }
  }

  private static func style(_ style: yaml_scalar_style_t) -> ScalarStyle {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private static func failure(_ parser: yaml_parser_t) -> ParserFailure {
    let problem = unsafe parser.problem.map { unsafe String(cString: $0) } ?? ""
    let context = unsafe parser.context.map { unsafe String(cString: $0) } ?? ""
    return unsafe ParserFailure(
      problem: problem, context: context, place: Int(clamping: parser.problem_mark.index),
      contextPlace: Int(clamping: parser.context_mark.index))
  }
}
