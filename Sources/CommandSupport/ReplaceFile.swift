internal import FoundationEssentials

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Puts new content in place of what was read from a file: whoever reads it finds the old or the new one.
///
/// A symbolic link stays one, and the file keeps its permissions. A file that is no longer what was read stays as it is.
package func replaceFile(_ path: String, _ before: [UInt8], with after: [UInt8]) throws(Stop) {
  guard try readFile(path) == before else {
    throw Stop(.unreadable, "`\(path)` was changed by somebody else in the meantime and is left as it is\nrun it again")
  }
  let place = URL(filePath: path).resolvingSymlinksInPath().path
  var status = stat()
  guard unsafe stat(place, &status) == 0, unsafe access(place, W_OK) == 0 else { throw unwritable(path, errno) }
  let draft = Folders.join(Folders.parent(of: place), ".\(getpid()).guideline-lint.tmp")
  let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else { throw unwritable(path, errno) }
  var code = writeAll(after, to: descriptor)
  if code == 0, fchmod(descriptor, status.st_mode & 0o7777) != 0 { code = errno }
  // Only the superuser may give a file to its owner; for everybody else it is his already.
  _ = fchown(descriptor, status.st_uid, status.st_gid)
  if code == 0, fsync(descriptor) != 0 { code = errno }
  close(descriptor)
  if code == 0, unsafe rename(draft, place) != 0 { code = errno }
  guard code == 0 else {
    unsafe unlink(draft)
    throw unwritable(path, code)
  }
}

/// The number of the fault; 0: all was written.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  var place = 0
  while place < bytes.count {
    let rest = bytes[place...]
    let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return errno == 0 ? EIO : errno }
    place += count
  }
  return 0
}

func unwritable(_ path: String, _ code: Int32) -> Stop {
  Stop(.unreadable, "`\(path)` cannot be written: \(describeError(code))")
}
