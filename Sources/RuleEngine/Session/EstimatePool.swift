import ClinicalValues

/// Estimates by number: those of the program, then those a session meets.
///
/// Equal estimates have one number, so that rows can be compared and found by their numbers alone.
struct EstimatePool: Sendable {
  private(set) var estimates: ContiguousArray<Estimate>
  private var ids: [Estimate: EstimateID]

  init(_ constants: ContiguousArray<Estimate>) {
    estimates = constants
    ids = Dictionary(minimumCapacity: constants.count)
    for (index, estimate) in constants.enumerated() { ids[estimate] = EstimateID(index) }
  }

  subscript(id: EstimateID) -> Estimate { estimates[id.index] }

  mutating func intern(_ estimate: Estimate) -> EstimateID {
    if let known = ids[estimate] { return known }
    let id = EstimateID(estimates.count)
    estimates.append(estimate)
    ids[estimate] = id
    return id
  }

  /// The number of an estimate that has been met.
  func find(_ estimate: Estimate) -> EstimateID? { ids[estimate] }
}
