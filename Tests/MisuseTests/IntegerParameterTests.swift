import Foundation
import TestSupport
import Testing

/// Every integer parameter of every function, with integers that make no sense: the call returns, or
/// it stops with a sentence that names the function. It neither traps, nor runs on, nor takes the
/// machine's memory.
@Suite struct IntegerParameterTests {
  @Test(.disabled(if: isSanitized, "the sanitizer takes more memory than the test allows"))
  func anyIntegerReturnsOrStopsWithASentence() async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent],
      performing: {
        let failures = MisuseCase.failures(MisuseCase.all).joined(separator: "\n")
        FileHandle.standardError.write(Data(failures.utf8))
      })
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.isEmpty, "\(message)")
  }

  @Test func everyIntegerParameterHasARow() throws {
    let rows = Set(MisuseCase.all.map(\.description))
    let files = try ["Autograd", "NN"].flatMap { try SourceFile.all(under: "Sources/\($0)") }
    let missing = files.filter { !$0.path.contains("PortingAids") }
      .flatMap(integerParameters).filter { !rows.contains($0) && !exceptions.contains($0) }
    #expect(missing.isEmpty, "\(missing.joined(separator: ", "))")
  }

  /// Requirements of Swift's `Collection`, which trap as an array does, and of `TensorElement`, which
  /// only `Tensor` calls.
  private let exceptions: Set = [
    "StateDict(position)", "appendNumbers(list)", "appendNumbers(shape)",
  ]
}

private var isSanitized: Bool {
  let program = dlopen(nil, RTLD_NOW)
  func exists(_ name: String) -> Bool { dlsym(program, name) != nil }
  return exists("__asan_init") || exists("__tsan_init")
}
