package import SourceText

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The content of some paths as a revision of git has it.
package struct GitRevision {
  package let name: String

  package init(name: String) { self.name = name }

  /// All content below the paths; a path that the revision does not have is passed over.
  package func content(below paths: [String]) throws(Stop) -> SourceFiles {
    guard !name.hasPrefix("-"), try run(["rev-parse", "--verify", "--quiet", name + "^{commit}"]) != nil else {
      throw Stop(
        .misuse,
        "`\(name)` is neither a folder nor a revision of git\nname a folder, a branch, a tag or a commit")
    }
    var files = SourceFiles()
    for path in paths {
      guard let archive = try run(["archive", "--format=tar", name, "--", path]) else { continue }
      for entry in TarArchive(archive).files where Self.isContent(entry.path) {
        files.add(path: entry.path, bytes: entry.bytes)
      }
    }
    guard !files.all.isEmpty else {
      throw Stop(.misuse, "the revision `\(name)` has no *.yaml or *.csv files below \(paths.joined(separator: ", "))")
    }
    return files
  }

  private static func isContent(_ path: String) -> Bool {
    [".yaml", ".yml", ".csv"].contains { path.hasSuffix($0) }
      && !path.split(separator: "/").contains { $0.first == "." }
  }

  /// What git prints; nil: it refused.
  private func run(_ arguments: [String]) throws(Stop) -> [UInt8]? {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw Stop(.broken, "no pipe could be made") }
    defer { close(ends[0]) }
    let child = unsafe spawn(["git"] + arguments, output: ends[1])
    close(ends[1])
    guard let child else { throw Stop(.unreadable, "`git` could not be started\nname a folder instead") }
    let bytes = readAll(ends[0])
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status == 0 ? bytes : nil
  }

  private func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += buffer.prefix(count)
    }
  }
}

/// Starts a program that writes to a descriptor, and whose complaints nobody sees.
@unsafe
private func spawn(_ arguments: [String], output: Int32) -> pid_t? {
  #if canImport(Darwin)
  var actions: posix_spawn_file_actions_t?
  #else
  var actions = unsafe posix_spawn_file_actions_t()
  #endif
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
  unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
  defer { unsafe release(words) }
  var child: pid_t = 0
  let code = unsafe posix_spawnp(&child, arguments[0], &actions, nil, &words, environ)
  return code == 0 ? child : nil
}

@unsafe
private func release(_ words: [UnsafeMutablePointer<CChar>?]) {
  var index = 0
  while unsafe index < words.count {
    unsafe free(words[index])
    index += 1
  }
}

/// The plain files of an archive as `git archive` writes it.
struct TarArchive {
  private(set) var files: [(path: String, bytes: [UInt8])] = []

  init(_ bytes: [UInt8]) {
    var place = 0
    var longName: String?
    while place + 512 <= bytes.count {
      let header = bytes[place..<place + 512]
      guard header.contains(where: { $0 != 0 }) else { return }
      let size = Self.octal(header.dropFirst(124).prefix(12))
      let content = place + 512
      guard size <= bytes.count - content else { return }
      let data = bytes[content..<content + size]
      let kind = header[header.startIndex + 156]
      switch kind {
      case UInt8(ascii: "x"): longName = Self.path(inRecords: data)
      case UInt8(ascii: "0"), 0:
        files.append((longName ?? Self.name(header), Array(data)))
        longName = nil
      case UInt8(ascii: "g"): break
      default: longName = nil
      }
      place = content + (size + 511) / 512 * 512
    }
  }

  private static func name(_ header: ArraySlice<UInt8>) -> String {
    let name = text(header.prefix(100))
    let folder = text(header.dropFirst(345).prefix(155))
    return folder.isEmpty ? name : folder + "/" + name
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func octal(_ field: ArraySlice<UInt8>) -> Int {
    Int(text(field).filter { ("0"..."7").contains($0) }, radix: 8) ?? 0
  }

  /// `30 path=a/very/long/name` and a line end.
  private static func path(inRecords data: ArraySlice<UInt8>) -> String? {
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      guard let equals = line.firstIndex(of: "="), line[..<equals].hasSuffix(" path") else { continue }
      return String(line[line.index(after: equals)...])
    }
    return nil
  }
}
