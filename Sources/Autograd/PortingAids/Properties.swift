// Porting aids: what a PyTorch user types first and what is spelled otherwise here is declared
// unavailable, and the compiler names the right spelling. None of it can be called.
//
// Properties that PyTorch has as methods, and conversions.

// MARK: - Properties without parentheses

extension Tensor {
  @available(*, unavailable, message: "shape is a property: drop the ()")
  public func shape(_ none: Void = ()) -> [Int] { fatalError() }

  @available(*, unavailable, message: "ndim is a property: drop the ()")
  public func ndim(_ none: Void = ()) -> Int { fatalError() }

  @available(*, unavailable, message: "numel is a property: drop the ()")
  public func numel(_ none: Void = ()) -> Int { fatalError() }

  @available(*, unavailable, message: "dtype is a property: drop the ()")
  public func dtype(_ none: Void = ()) -> DType { fatalError() }

  @available(*, unavailable, message: "strides is a property: drop the ()")
  public func strides(_ none: Void = ()) -> [Int] { fatalError() }

  @available(*, unavailable, message: "T is a property: drop the ()")
  public func T(_ none: Void = ()) -> Tensor { fatalError() }

  @available(*, unavailable, message: "mT is a property: drop the ()")
  public func mT(_ none: Void = ()) -> Tensor { fatalError() }

  @available(*, unavailable, message: "isLeaf is a property: drop the ()")
  public func isLeaf(_ none: Void = ()) -> Bool { fatalError() }

  @available(*, unavailable, message: "isContiguous is a property: drop the ()")
  public func isContiguous(_ none: Void = ()) -> Bool { fatalError() }

  @available(*, unavailable, message: "storageOffset is a property: drop the ()")
  public func storageOffset(_ none: Void = ()) -> Int { fatalError() }

  @available(*, unavailable, message: "gradFn is a property: drop the ()")
  public func gradFn(_ none: Void = ()) -> String? { fatalError() }
}

// MARK: - Other names, conversions, devices

extension Tensor {
  @available(*, unavailable, message: "use shape")
  public func size(_ none: Void = ()) -> [Int] { fatalError() }

  @available(*, unavailable, message: "use ndim")
  public func dim(_ none: Void = ()) -> Int { fatalError() }

  @available(*, unavailable, message: "use numel")
  public func nelement() -> Int { fatalError() }

  @available(*, unavailable, message: "use ndim")
  public func ndimension() -> Int { fatalError() }

  @available(*, unavailable, message: "use numel, or shape[0] for the number of rows")
  public var count: Int { fatalError() }

  @available(*, unavailable, message: "use T")
  public func t() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use mT")
  public var mH: Tensor { fatalError() }

  @available(*, unavailable, message: "use T")
  public var H: Tensor { fatalError() }

  @available(*, unavailable, message: "use detach()")
  public var data: Tensor { fatalError() }

  @available(*, unavailable, message: "use to(_:)")
  public func type(_ dtype: DType) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use to(_:) without a label")
  public func to(dtype: DType) -> Tensor { fatalError() }

  @available(
    *, unavailable, message: "there are no devices: tensors are in main memory; leave it out"
  )
  public func to(_ device: String) -> Tensor { fatalError() }

  @available(*, unavailable, message: "there are no devices: tensors are in main memory")
  public var device: String { fatalError() }

  @available(
    *, unavailable, message: "there are no devices: tensors are in main memory; leave it out"
  )
  public func cuda(_ index: Int = 0) -> Tensor { fatalError() }

  @available(
    *, unavailable, message: "there are no devices: tensors are in main memory; leave it out"
  )
  public func cpu() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use array(of: Float.self)")
  public func numpy() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use array(of: Double.self)")
  public func tolist() -> [Double] { fatalError() }

  @available(*, unavailable, message: "use array(of: Double.self)")
  public func toList() -> [Double] { fatalError() }

  @available(*, unavailable, message: "use to(.float32)")
  public func float() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use to(.float64)")
  public func double() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use to(.int64)")
  public func long() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use to(.int32)")
  public func int() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use to(.uint8)")
  public func byte() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use to(.bool)")
  public func bool() -> Tensor { fatalError() }

  @available(*, unavailable, message: "there is no float16 yet; use to(.float32)")
  public func half() -> Tensor { fatalError() }

  @available(*, unavailable, message: "there is no bfloat16 yet; use to(.float32)")
  public func bfloat16() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use x = x.detach()")
  public func detach_() -> Tensor { fatalError() }

  @available(*, unavailable, message: "use x = x.squeeze(dim)")
  public func squeeze_(_ dim: Int = 0) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use x = x.unsqueeze(dim)")
  public func unsqueeze_(_ dim: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use x = x.transpose(dim0, dim1)")
  public func transpose_(_ dim0: Int, _ dim1: Int) -> Tensor { fatalError() }

  @available(*, unavailable, message: "use x = x.T")
  public func t_() -> Tensor { fatalError() }
}
