#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Settings from the process environment.
enum Environment {
  static func int(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}

/// The number of processors that are online.
func processorCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
