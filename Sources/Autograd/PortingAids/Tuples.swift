// Porting aids: shapes as tuples, which are lists here. See Properties.swift.

extension Tensor {
  @_disfavoredOverload
  @available(*, unavailable, message: "shapes are lists: zeros([2, 3]), or zeros(2, 3)")
  public static func zeros<each T>(_ size: (repeat each T), dtype: DType? = nil) -> Tensor {
    fatalError()
  }

  @_disfavoredOverload
  @available(*, unavailable, message: "shapes are lists: ones([2, 3]), or ones(2, 3)")
  public static func ones<each T>(_ size: (repeat each T), dtype: DType? = nil) -> Tensor {
    fatalError()
  }

  @_disfavoredOverload
  @available(*, unavailable, message: "shapes are lists: empty([2, 3]), or empty(2, 3)")
  public static func empty<each T>(_ size: (repeat each T), dtype: DType? = nil) -> Tensor {
    fatalError()
  }

  @_disfavoredOverload
  @available(*, unavailable, message: "shapes are lists: rand([2, 3]), or rand(2, 3)")
  public static func rand<each T>(_ size: (repeat each T), dtype: DType? = nil) -> Tensor {
    fatalError()
  }

  @_disfavoredOverload
  @available(*, unavailable, message: "shapes are lists: randn([2, 3]), or randn(2, 3)")
  public static func randn<each T>(_ size: (repeat each T), dtype: DType? = nil) -> Tensor {
    fatalError()
  }

  @_disfavoredOverload
  @available(*, unavailable, message: "shapes are lists: full([2, 3], value)")
  public static func full<each T>(_ size: (repeat each T), _ value: some TensorScalar) -> Tensor {
    fatalError()
  }

  @_disfavoredOverload
  @available(*, unavailable, message: "shapes are lists: view([2, 3]), or view(2, 3)")
  public func view<each T>(_ size: (repeat each T)) -> Tensor { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "shapes are lists: reshape([2, 3]), or reshape(2, 3)")
  public func reshape<each T>(_ size: (repeat each T)) -> Tensor { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "shapes are lists: expand([2, 3]), or expand(2, 3)")
  public func expand<each T>(_ size: (repeat each T)) -> Tensor { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "dimensions are lists: permute([1, 0]), or permute(1, 0)")
  public func permute<each T>(_ size: (repeat each T)) -> Tensor { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "dimensions are lists: sum(dim: [0, 1])")
  public func sum<each T>(dim: (repeat each T), keepdim: Bool = false) -> Tensor { fatalError() }

  @_disfavoredOverload
  @available(*, unavailable, message: "dimensions are lists: mean(dim: [0, 1])")
  public func mean<each T>(dim: (repeat each T), keepdim: Bool = false) -> Tensor { fatalError() }
}
