/// Where the repository lies, found from this file's own place, so that tests run from any folder.
public enum Repository {
  /// The root folder, without a trailing slash.
  public static let root: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return parts.joined(separator: "/")
  }()
}
