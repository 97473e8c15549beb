#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Settings from the process environment, read when first needed.
enum Environment {
  static func int(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}

/// The processors that this process may use.
func processorCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
