import ClinicalValues

/// Estimates by number: those of the program, then those a session meets.
///
/// Equal estimates have one number, so that rows can be compared and found by their numbers alone.
struct EstimatePool: Sendable {
  private(set) var estimates: ContiguousArray<Estimate>
  /// The same in a word each.
  private(set) var packed: ContiguousArray<PackedEstimate>
  private let constantIDs: [Estimate: EstimateID]
  private var ids: [Estimate: EstimateID] = [:]
  /// Whole numbers from 0 on.
  private var numbers: ContiguousArray<EstimateID> = []

  /// The estimates of the program are shared by all sessions, and so are their numbers.
  init(_ constants: ContiguousArray<Estimate>, _ constantIDs: [Estimate: EstimateID]) {
    estimates = constants
    packed = ContiguousArray(constants.map { PackedEstimate($0) })
    self.constantIDs = constantIDs
  }

  @inline(__always)
  subscript(id: EstimateID) -> Estimate { estimates[id.index] }

  /// Neither one value nor none.
  func isUnknown(_ id: EstimateID) -> Bool { packed[id.index].isUnknown }

  mutating func intern(_ estimate: Estimate) -> EstimateID {
    if let known = find(estimate) { return known }
    let id = EstimateID(estimates.count)
    estimates.append(estimate)
    packed.append(PackedEstimate(estimate))
    ids[estimate] = id
    return id
  }

  /// The number of a whole number.
  mutating func number(_ number: Int64) -> EstimateID {
    guard 0 <= number, number < 64 else { return intern(.exactly(Rational(number))) }
    while numbers.count <= number { numbers.append(intern(.exactly(Rational(Int64(numbers.count))))) }
    return numbers[Int(number)]
  }

  /// The number of an estimate that has been met.
  func find(_ estimate: Estimate) -> EstimateID? { ids[estimate] ?? constantIDs[estimate] }
}
