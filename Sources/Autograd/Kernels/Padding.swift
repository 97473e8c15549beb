import CKernels

/// Padding of a tensor of one shape, by a kernel that writes each row of the result once.
package struct PaddedRows {
  /// The padding of a dimension.
  package struct Side {
    let dim, before, after: Int
    /// The index that position i of the padded dimension comes from, counted from the first element
    /// that is not padding, if it is outside; nil if it comes from none.
    let source: ((Int) -> Int)?

    package init(dim: Int, before: Int, after: Int, source: ((Int) -> Int)?) {
      (self.dim, self.before, self.after, self.source) = (dim, before, after, source)
    }

    /// Where the elements of the padded positions `range` come from; −1 for none.
    fileprivate func sources(_ range: Range<Int>, _ size: Int) -> [Int64] {
      range.map { i in
        let place = i - before
        return Int64(0..<size ~= place ? place : source?(place) ?? -1)
      }
    }
  }

  private let shape: [Int], padded: [Int]
  /// Of row maps and column maps: see `ck_padding`.
  private let rows: [Int64], edges: [Int64]?
  private let blocks: Int
  private let layout: ck_padding

  /// - Parameters:
  ///   - sides: the padding of at least one dimension.
  ///   - shape: the shape of the tensor to pad.
  package init(_ sides: [Side], _ shape: [Int]) {
    let last = sides.map(\.dim).max()!, first = sides.map(\.dim).min()!
    var padded = shape
    for side in sides { padded[side.dim] += side.before + side.after }
    let behind = shape[(last + 1)...].reduce(1, *)
    // The columns are the last padded dimension, or all dimensions behind it.
    let column = behind == 1 ? sides.first { $0.dim == last } : nil
    var layout = ck_padding()
    var rows: [Int64] = [0]
    layout.y_rows = 1
    layout.rows = 1
    for d in first..<(column == nil ? last + 1 : last) {
      let side = sides.first { $0.dim == d } ?? Side(dim: d, before: 0, after: 0, source: nil)
      let sources = side.sources(0..<padded[d], shape[d])
      rows = rows.flatMap { row in
        sources.map { row < 0 || $0 < 0 ? -1 : row * Int64(shape[d]) + $0 }
      }
      layout.rows *= Int64(shape[d])
      layout.y_rows *= Int64(padded[d])
    }
    if let column {
      let (size, whole) = (shape[last], padded[last])
      let (start, end) = (max(0, column.before), min(whole, size + column.before))
      edges =
        column.source == nil
        ? nil : column.sources(0..<start, size) + column.sources(max(start, end)..<whole, size)
      layout.first = Int64(start)
      layout.last = Int64(max(start, end))
      layout.start = Int64(max(0, -column.before))
      (layout.width, layout.y_width) = (Int64(size), Int64(whole))
    } else {
      edges = nil
      (layout.width, layout.y_width, layout.last) = (Int64(behind), Int64(behind), Int64(behind))
    }
    (self.shape, self.padded, self.rows, self.layout) = (shape, padded, rows, layout)
    blocks = shape[..<first].reduce(1, *)
  }

  /// `x` padded, in `y`; `value` where elements come from none. Off the tape.
  package func write(_ x: Tensor, to y: Tensor, value: Scalar) {
    if y.numel == 0 { return }
    let x = x.compacted()
    let item = Int64(x.dtype.itemSize)
    withMaps { layout in
      Tensor.withElement(value, x.dtype) { value in
        launch(
          (x, y), units: blocks * Int(layout.y_rows), cost: max(1, Int(layout.y_width))
        ) { part in
          withUnsafePointer(to: layout) {
            ck_pad($0, item, Int64(part.lowerBound), Int64(part.upperBound), value, x.base, y.base)
          }
        }
      }
    }
  }

  /// For a gradient `g` of the padded tensor, the sum of the elements that come from each element;
  /// off the tape.
  package func summed(_ g: Tensor) -> Tensor {
    let x = Tensor(uninitialized: shape, g.dtype)
    if x.numel == 0 { return x }
    let g = g.compacted()
    let function = Kernels.table(g.dtype).pointee.sum_padding!
    withMaps { layout in
      let (from, to) = (Int(layout.y_rows * layout.y_width), Int(layout.rows * layout.width))
      launch((g, x), units: blocks, cost: from) { part in
        withUnsafePointer(to: layout) {
          function(
            $0, Int64(part.count), g.address(part.lowerBound * from),
            x.address(part.lowerBound * to))
        }
      }
    }
    return x
  }

  private func withMaps(_ body: (ck_padding) -> Void) {
    rows.withUnsafeBufferPointer { rows in
      (edges ?? []).withUnsafeBufferPointer { columns in
        var layout = layout
        layout.row = rows.baseAddress
        layout.column = edges == nil ? nil : columns.baseAddress
        body(layout)
      }
    }
  }
}
