// The system's simdjson is C++: CSimdJSON includes it, and this module says only what is linked.
