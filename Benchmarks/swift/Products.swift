// (b) Matrix products, with each factor transposed or not.

import Autograd

func products() -> [Workload] {
  let squares = [32, 64, 128, 256, 512, 1024, 2048].map { Shape(rows: $0, inner: $0, columns: $0) }
  let ofNetworks = [
    Shape(rows: 32, inner: 784, columns: 128), Shape(rows: 256, inner: 1024, columns: 4096),
    Shape(rows: 1, inner: 4096, columns: 4096), Shape(rows: 8192, inner: 64, columns: 64),
    Shape(rows: 37, inner: 53, columns: 71), Shape(rows: 511, inner: 513, columns: 509),
    Shape(batch: 64, rows: 64, inner: 64, columns: 64),
    Shape(batch: 128, rows: 64, inner: 32, columns: 64),
  ]
  return [DType.float32, .float64].flatMap { dtype in
    (squares + ofNetworks).flatMap { shape in
      ["nn", "nt", "tn", "tt"].map { shape.workload(dtype, transposed: $0) }
    }
  }
}

/// [rows, inner] · [inner, columns], or a batch of these.
private struct Shape {
  var batch: Int?
  let rows: Int
  let inner: Int
  let columns: Int

  /// - Parameter transposed: for each factor, whether it is a transposed view.
  func workload(_ dtype: DType, transposed: String) -> Workload {
    let size = (batch.map { "\($0)@" } ?? "") + "\(rows)x\(inner)x\(columns)"
    return Workload("b/\(dtype)/\(size)/\(transposed)") {
      func factor(_ rows: Int, _ columns: Int, isTransposed: Bool) -> Tensor {
        let shape = isTransposed ? [columns, rows] : [rows, columns]
        let x = Tensor.randn((batch.map { [$0] } ?? []) + shape, dtype: dtype)
        return isTransposed ? x.mT : x
      }
      let a = factor(rows, inner, isTransposed: transposed.first == "t")
      let b = factor(inner, columns, isTransposed: transposed.last == "t")
      return { _ = a.matmul(b) }
    }
  }
}
