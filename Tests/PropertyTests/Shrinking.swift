/// Drops parts of a library and of a patient one by one as long as the fault stays.
func shrink(
  _ library: GeneratedLibrary, _ patient: YAMLValue, while fails: (GeneratedLibrary, YAMLValue) -> Bool
) -> (GeneratedLibrary, YAMLValue) {
  var attempts = 800
  var smallest = (library, patient)
  smallest.1 = shrink(smallest.1, \.shrunk, &attempts) { fails(smallest.0, $0) }
  smallest.0 = shrink(smallest.0, \.shrunk, &attempts) { fails($0, smallest.1) }
  smallest.1 = shrink(smallest.1, \.shrunk, &attempts) { fails(smallest.0, $0) }
  return smallest
}

/// One walk over the parts: what can be dropped is dropped, and the walk goes on from there.
private func shrink<Whole>(
  _ whole: Whole, _ parts: (Whole) -> [Whole], _ attempts: inout Int, while fails: (Whole) -> Bool
) -> Whole {
  var smallest = whole
  var candidates = parts(whole)
  var index = 0
  while index < candidates.count, attempts > 0 {
    attempts -= 1
    if fails(candidates[index]) {
      smallest = candidates[index]
      candidates = parts(smallest)
    } else {
      index += 1
    }
  }
  return smallest
}

/// The texts of a pair, to be read by a person.
func describe(_ library: GeneratedLibrary, _ patient: YAMLValue) -> String {
  let documents = library.documents.map(\.text).joined(separator: "\n---\n")
  return "\(documents)\n--- given:\n\(patient.text)\n"
}
