import CKernels
import Testing

@testable import Autograd

/// Φ, GELU and its gradients in float32 against float64, densely, down to the smallest normal values.
@Suite struct NormalTailTests {
  private static let kernels: [ck_map] = [.ndtr, .gelu, .geluTanh, .geluGrad, .geluTanhGrad]

  @Test(arguments: kernels, Column.all)
  func relativeError(_ kernel: ck_map, _ column: Column) {
    let isGradient = kernel == .geluGrad || kernel == .geluTanhGrad
    let isTanh = kernel == .geluTanh || kernel == .geluTanhGrad
    let x = stride(from: isTanh ? -9.8 : -12.9, through: 6, by: 0.0037).map { Float($0) }
    let y = Self.apply(kernel, .float32, x, isGradient, column)
    let exact = Self.apply(kernel, .float64, x.map(Double.init), isGradient, column)
    for i in x.indices {
      // The gradients have a zero near -0.75.
      let size = isGradient && abs(x[i] + 0.75) < 0.4 ? 0.3 : abs(exact[i])
      #expect(abs(Double(y[i]) - exact[i]) <= 1e-6 * size, "of \(x[i])")
    }
  }

  /// `kernel` of `x`, or the gradient for the gradient 1 of the output.
  private static func apply<T: BinaryFloatingPoint>(
    _ kernel: ck_map, _ dtype: DType, _ x: [T], _ isGradient: Bool, _ column: Column
  ) -> [T] {
    guard isGradient else { return column.apply(kernel, dtype, x) }
    var y = [T](repeating: 1, count: x.count)
    y.withUnsafeMutableBufferPointer { y in
      x.withUnsafeBufferPointer { x in
        ck_map2(
          column.map(kernel, dtype)!, Int64(x.count), y.baseAddress, y.baseAddress, 1,
          x.baseAddress, 1, ck_params())
      }
    }
    return y
  }
}
