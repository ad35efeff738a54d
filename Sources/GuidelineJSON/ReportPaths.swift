public import GuidelineKit

extension Report {
  /// The report with the places in its reasons seen from a folder, so that it does not matter where a library lies.
  public func seen(from folder: String) -> Report {
    let prefix = folder.hasSuffix("/") || folder.isEmpty ? folder : folder + "/"
    var report = self
    for index in report.conclusions.indices where !report.conclusions[index].because.isEmpty {
      report.conclusions[index].because = report.conclusions[index].because.map { $0.seen(from: prefix) }
    }
    for index in report.outOfScope.indices where !report.outOfScope[index].because.isEmpty {
      report.outOfScope[index].because = report.outOfScope[index].because.map { $0.seen(from: prefix) }
    }
    return report
  }
}

extension Reason {
  fileprivate func seen(from prefix: String) -> Reason {
    var reason = self
    if file.hasPrefix(prefix) { reason.file = String(file.dropFirst(prefix.count)) }
    reason.parts = parts.map { $0.seen(from: prefix) }
    return reason
  }
}
