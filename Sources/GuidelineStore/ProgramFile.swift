/// The frame of a program file: what it is, who can run it, how long it is, and a sum over all of it.
///
/// ```
/// magic        8 bytes   GLPROG, 0, 1
/// format       4 bytes   the form of everything behind it
/// engine       1 byte    the length of the name, and the name
/// length       8 bytes   of the whole file
/// body
/// checksum     8 bytes   over all before it
/// ```
enum ProgramFile {
  static let magic: [UInt8] = Array("GLPROG".utf8) + [0, 1]
  /// Goes up whenever anything that is stored changes its form.
  static let format: UInt32 = 2
  private static let sumLength = 8

  /// A file around a body.
  static func wrap(_ body: [UInt8], engine: String) -> [UInt8] {
    let name = Array(engine.utf8.prefix(255))
    var bytes = magic
    append(UInt64(format), length: 4, to: &bytes)
    bytes.append(UInt8(name.count))
    bytes += name
    append(UInt64(bytes.count + 8 + body.count + sumLength), length: 8, to: &bytes)
    bytes += body
    append(checksum(bytes, to: bytes.count), length: 8, to: &bytes)
    return bytes
  }

  /// Where the body is.
  static func unwrap(_ bytes: [UInt8], engine: String) throws(ProgramRefusal) -> Range<Int> {
    guard bytes.starts(with: magic) else { throw .noProgram }
    var place = magic.count
    let format = try number(bytes, &place, length: 4)
    guard format == UInt64(Self.format) else { throw .otherFormat(Int(format)) }
    let length = Int(try number(bytes, &place, length: 1))
    guard length <= bytes.count - place else { throw .otherLength(is: bytes.count, says: place + length) }
    let name = bytes[place..<place + length]
    guard name.elementsEqual(engine.utf8.prefix(255)) else {
      throw .otherEngine(String(decoding: name, as: UTF8.self))
    }
    place += length
    let said = try number(bytes, &place, length: 8)
    guard said == UInt64(bytes.count), place + sumLength <= bytes.count else {
      throw .otherLength(is: bytes.count, says: Int(clamping: said))
    }
    let end = bytes.count - sumLength
    var sumPlace = end
    let sum = try number(bytes, &sumPlace, length: sumLength)
    guard sum == checksum(bytes, to: end) else { throw .changed }
    return place..<end
  }

  /// The lowest byte first.
  private static func number(_ bytes: [UInt8], _ place: inout Int, length: Int) throws(ProgramRefusal) -> UInt64 {
    guard length <= bytes.count - place else { throw .otherLength(is: bytes.count, says: place + length) }
    var number: UInt64 = 0
    for offset in (0..<length).reversed() { number = number << 8 | UInt64(bytes[place + offset]) }
    place += length
    return number
  }

  private static func append(_ number: UInt64, length: Int, to bytes: inout [UInt8]) {
    for offset in 0..<length { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * offset))) }
  }

  /// Tells a file that is whole from one that is not; it protects nothing against forgery.
  ///
  /// FNV-1a over words of eight bytes, in four lanes, so that the lanes do not wait for each other.
  static func checksum(_ bytes: [UInt8], to end: Int) -> UInt64 {
    let prime: UInt64 = 0x0000_0100_0000_01b3
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 1, 2, 3)
    let blocks = end / 32
    for block in 0..<blocks {
      let start = block * 32
      lanes.0 = (lanes.0 ^ word(bytes, start)) &* prime
      lanes.1 = (lanes.1 ^ word(bytes, start + 8)) &* prime
      lanes.2 = (lanes.2 ^ word(bytes, start + 16)) &* prime
      lanes.3 = (lanes.3 ^ word(bytes, start + 24)) &* prime
    }
    var sum = lanes.0
    for lane in [lanes.1, lanes.2, lanes.3] { sum = (sum ^ (lane ^ (lane >> 32))) &* prime }
    for index in blocks * 32..<end { sum = (sum ^ UInt64(bytes[index])) &* prime }
    return sum ^ UInt64(end)
  }

  @inline(__always)
  private static func word(_ bytes: [UInt8], _ start: Int) -> UInt64 {
    var word: UInt64 = 0
    for offset in 0..<8 { word |= UInt64(bytes[start + offset]) << UInt64(8 * offset) }
    return word
  }
}
