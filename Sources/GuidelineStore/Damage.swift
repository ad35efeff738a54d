/// Something in a program that no compiler has written.
package struct Damage: Error, Hashable, Sendable {
  /// Where in the file, in bytes from its beginning.
  package var offset: Int
  /// What is wrong there, in a few words.
  package var what: String
}

/// Why bytes are not run as a program.
package enum ProgramRefusal: Error, Hashable, Sendable {
  /// They do not begin as a program does.
  case noProgram
  /// Written in another form than this one.
  case otherFormat(Int)
  /// Written by another version of the engine.
  case otherEngine(String)
  /// Shorter or longer than it says.
  case otherLength(is: Int, says: Int)
  /// Its checksum says that bytes have changed.
  case changed
  case damaged(Damage)
}

extension ProgramRefusal {
  /// The form of programs that is read here.
  package static var format: Int { Int(ProgramFile.format) }
}
