#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// More than any content may have; so a device that never ends does not fill the memory.
private let largestFile = 64 << 20

/// The bytes of a file, or of standard input for `-`.
package func readFile(_ path: String) throws(Stop) -> [UInt8] {
  if path == "-" { return try readAll(from: 0, path: "standard input") }
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw unreadable(path, errno) }
  defer { close(descriptor) }
  var status = stat()
  let size = unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  return try readAll(from: descriptor, path: path, expecting: size)
}

/// How a file that was named on the command line is called in messages.
package func shownName(_ path: String) -> String { path == "-" ? "<stdin>" : path }

private func readAll(from descriptor: Int32, path: String, expecting size: Int = 0) throws(Stop) -> [UInt8] {
  // A file is read at once into the room that it takes, with a byte more to see that it ends there.
  var first = 0
  var code: Int32 = 0
  var bytes = unsafe [UInt8](unsafeUninitializedCapacity: min(max(size, 0), largestFile) + 1) { room, count in
    first = unsafe read(descriptor, room.baseAddress, room.count)
    code = errno
    count = max(0, first)
  }
  guard first >= 0 || code == EINTR else { throw unreadable(path, code) }
  if first == size, size > 0 { return bytes }
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw unreadable(path, errno) }
    guard count > 0 else { return bytes }
    bytes += buffer.prefix(count)
    guard bytes.count <= largestFile else {
      throw Stop(.unreadable, "`\(path)` cannot be read: it is larger than \(largestFile >> 20) MiB")
    }
  }
}

func unreadable(_ path: String, _ code: Int32) -> Stop {
  Stop(.unreadable, "`\(path)` cannot be read: \(describeError(code))")
}

/// The usual faults in plain words.
func describeError(_ code: Int32) -> String {
  switch code {
  case ENOENT: "there is no such file"
  case EACCES, EPERM: "permission denied"
  case EISDIR: "it is a directory"
  case ENOTDIR: "a part of the path is not a directory"
  case ENAMETOOLONG: "the name is too long"
  case ELOOP: "its symbolic links lead round in a circle"
  case ENOSPC: "no space is left"
  case EPIPE: "nobody is reading it"
  case EIO: "the device reports an error"
  default: "system error \(code)"
  }
}
