/// Drops parts of a library and of a patient one by one as long as the fault stays.
func shrink(
  _ library: GeneratedLibrary, _ patient: YAMLValue, while fails: (GeneratedLibrary, YAMLValue) -> Bool
) -> (GeneratedLibrary, YAMLValue) {
  var smallest = (library, patient)
  var attempts = 0
  var goesOn = true
  while goesOn {
    goesOn = false
    for candidate in smallest.0.shrunk where attempts < 4000 {
      attempts += 1
      guard fails(candidate, smallest.1) else { continue }
      smallest.0 = candidate
      goesOn = true
      break
    }
    for candidate in smallest.1.shrunk where attempts < 4000 {
      attempts += 1
      guard fails(smallest.0, candidate) else { continue }
      smallest.1 = candidate
      goesOn = true
      break
    }
  }
  return smallest
}

/// The texts of a pair, to be read by a person.
func describe(_ library: GeneratedLibrary, _ patient: YAMLValue) -> String {
  let documents = library.documents.map(\.text).joined(separator: "\n---\n")
  return "\(documents)\n--- given:\n\(patient.text)\n"
}
