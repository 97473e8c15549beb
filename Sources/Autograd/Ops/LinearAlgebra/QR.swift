// QR decomposition.

/// The parts of a QR decomposition to compute.
public enum QRMode: Sendable {
  /// Q [m, k] and R [k, n] with k = min(m, n).
  case reduced
  /// Q [m, m] and R [m, n].
  case complete
  /// R [k, n] only; Q is empty.
  case r
}

extension Tensor {
  /// The QR decomposition A = Q·R of matrices [..., m, n]: orthonormal columns and an upper
  /// triangular matrix.
  ///
  /// Computed by Householder reflections; the signs are LAPACK's, so the diagonal of R may be
  /// negative. The derivative exists where the first min(m, n) columns are linearly independent,
  /// but not for `complete` with m > n.
  ///
  /// - Parameter mode: the parts to compute. `r` has a derivative here, unlike in PyTorch.
  public func qr(mode: QRMode = .reduced) -> (q: Tensor, r: Tensor) {
    qrDecomposition(mode, op: #function)
  }

  /// ``qr(mode:)`` on behalf of `op`, which messages name.
  func qrDecomposition(
    _ mode: QRMode = .reduced, op: StaticString
  ) -> (q: Tensor, r: Tensor) {
    requireMatrix(op: op)
    let (m, n) = (size(-2), size(-1))
    let k = Swift.min(m, n)
    let isComplete = mode == .complete
    let rows = isComplete ? m : k
    // The derivative needs Q.
    let columns = mode == .r && !isRecording ? 0 : rows
    let packed = detach().qrFactors(columns: columns, rows: rows, op: op)
    let parts = { (x: Tensor) in
      (
        q: x.narrow(dim: -1, start: 0, length: m * columns).unflatten(
          dim: -1, sizes: [m, columns]),
        r: x.narrow(dim: -1, start: m * columns, length: rows * n)
          .unflatten(dim: -1, sizes: [rows, n])
      )
    }
    packed.wrt(self, op: op) { g, y in
      require(
        !isComplete || m <= n,
        """
        qr: the mode .complete has no derivative for more rows than columns, got [\(m), \(n)]; use \
        .reduced
        """)
      let (y, g) = (parts(y), parts(g))
      return Tensor.qrGradient(y.q, y.r, g.q, g.r.triu())
    }
    let (q, r) = parts(packed)
    return (mode == .r ? Tensor.empty([0], dtype: dtype) : q, r)
  }

  /// The gradient of A = Q·R from those of Q and R (S. Walter and L. Lehmann, "Algorithmic
  /// differentiation of linear algebra functions", 2010).
  private static func qrGradient(_ q: Tensor, _ r: Tensor, _ gq: Tensor, _ gr: Tensor) -> Tensor {
    let (k, n) = (r.size(-2), r.size(-1))
    if k < n {
      // A = (X, Y), where X = Q·R₁ is square and R₂ = Qᵀ·Y.
      let part = { (x: Tensor, first: Bool) in
        x.narrow(dim: -1, start: first ? 0 : k, length: first ? k : n - k)
      }
      let g2 = part(gr, false)
      let y = q.matmul(part(r, false))
      let gx = qrGradient(q, part(r, true), gq + y.matmul(g2.mT), part(gr, true))
      return Autograd.cat([gx, q.matmul(g2)], dim: -1)
    }
    // (gQ + Q·M)·R⁻ᵀ, where M is the symmetric matrix with the lower triangle of R·gRᵀ − gQᵀ·Q.
    let m = r.matmul(gr.mT) - gq.mT.matmul(q)
    let symmetric = m.tril() + m.tril(diagonal: -1).mT
    return r.mT.solveTriangular(gq + q.matmul(symmetric), upper: false, left: false)
  }
}
