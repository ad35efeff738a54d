internal import SourceText

/// The bytes of a file, made fit for the parser without moving any of them.
struct PreparedBytes {
  /// What the parser reads: as long as the file.
  private(set) var bytes: [UInt8]
  /// Where the text begins: 3 behind a byte order mark.
  let base: Int
  /// What decoded texts have to undo; nil: nothing.
  private(set) var disguise: Disguise?
  /// Control characters, which no text may contain; the first is enough to say so.
  private(set) var firstControl: Int?

  let survey: ByteSurvey

  init(_ bytes: [UInt8], _ survey: ByteSurvey) {
    self.bytes = bytes
    self.survey = survey
    base = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if survey.hasControls { replaceControls() }
    if survey.hasNonASCII || survey.hasBackslash { disguise = Disguise.put(on: &self.bytes) }
  }

  private mutating func replaceControls() {
    for index in base..<bytes.count {
      let byte = bytes[index]
      guard byte < 0x20 || byte == 0x7F, byte != 0x09, byte != 0x0A, byte != 0x0D else { continue }
      if firstControl == nil { firstControl = index }
      bytes[index] = UInt8(ascii: "?")
    }
  }
}
