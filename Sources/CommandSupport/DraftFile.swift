#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A file that grows under another name, and takes its own when it is whole.
package struct DraftFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  package private(set) var length: Int

  package static func name(for path: String) -> String { path + ".partial" }

  /// Begins a draft; with `length`, continues one behind so many bytes and forgets what stands there.
  package init(for path: String, continuingAt length: Int? = nil) throws(Stop) {
    self.path = path
    self.length = length ?? 0
    let draft = Self.name(for: path)
    let mode = length == nil ? O_CREAT | O_EXCL : 0
    descriptor = unsafe open(draft, O_RDWR | O_CLOEXEC | mode, 0o666)
    guard descriptor >= 0 else { throw unwritable(draft, errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Stop(.unreadable, "`\(draft)` is being written by another run")
    }
    guard let length else { return }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, Int(status.st_size) >= length, endsLine(at: length) else {
      throw Stop(
        .misuse, "`\(draft)` is not what the run that is to be continued has written\ndelete it, and begin anew")
    }
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw unwritable(draft, errno)
    }
  }

  deinit { close(descriptor) }

  package mutating func write(_ bytes: [UInt8]) throws(Stop) {
    let code = writeAll(bytes, to: descriptor)
    guard code == 0 else { throw unwritable(Self.name(for: path), code) }
    length += bytes.count
  }

  /// Gives the draft its name: whoever reads it finds the old file or all of the new one.
  package func finish() throws(Stop) {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw unwritable(path, errno) }
    guard unsafe rename(Self.name(for: path), path) == 0 else { throw unwritable(path, errno) }
  }

  private func endsLine(at length: Int) -> Bool {
    guard length > 0 else { return true }
    var last: UInt8 = 0
    return unsafe pread(descriptor, &last, 1, off_t(length - 1)) == 1 && last == 0x0A
  }
}

package func deleteFile(_ path: String) { unsafe unlink(path) }
