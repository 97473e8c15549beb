// Elements that move between channels and positions.

import Autograd

// MARK: - Pixel shuffle

/// Moves blocks of channels into positions: [..., channels · r², height, width] → [..., channels,
/// height · r, width · r], PyTorch's `pixel_shuffle` (Shi et al. 2016).
public func pixelShuffle(_ x: Tensor, _ upscaleFactor: Int) -> Tensor {
  let r = upscaleFactor
  require(
    x.ndim >= 3, "pixelShuffle: expected [..., channels, height, width], got the shape \(x.shape)")
  let (block, isTooLarge) = r.multipliedReportingOverflow(by: r)
  require(
    r > 0 && !isTooLarge && x.size(-3) % block == 0,
    """
    pixelShuffle: the \(x.size(-3)) channels of the shape \(x.shape) cannot be divided by the square of \
    upscaleFactor \(r)
    """)
  let leading = Array(x.shape.dropLast(3))
  let (channels, height, width) = (x.size(-3) / block, x.size(-2), x.size(-1))
  let n = leading.count
  return x.reshape(leading + [channels, r, r, height, width])
    .permute(Array(0...n) + [n + 3, n + 1, n + 4, n + 2])
    .reshape(leading + [channels, height * r, width * r])
}

/// Moves blocks of positions into channels: the inverse of ``pixelShuffle(_:_:)``, PyTorch's
/// `pixel_unshuffle`.
public func pixelUnshuffle(_ x: Tensor, _ downscaleFactor: Int) -> Tensor {
  let r = downscaleFactor
  require(
    x.ndim >= 3,
    "pixelUnshuffle: expected [..., channels, height, width], got the shape \(x.shape)")
  require(
    r > 0 && x.size(-2) % r == 0 && x.size(-1) % r == 0,
    """
    pixelUnshuffle: height and width of the shape \(x.shape) cannot be divided by downscaleFactor \(r)
    """)
  let leading = Array(x.shape.dropLast(3))
  let (channels, height, width) = (x.size(-3), x.size(-2) / r, x.size(-1) / r)
  let n = leading.count
  // Of an image without elements the factor may be as large as any number.
  require(
    x.numel > 0 || r < 1 << 20,
    "pixelUnshuffle: downscaleFactor \(r) is too large for the shape \(x.shape)")
  return x.reshape(leading + [channels, height, r, width, r])
    .permute(Array(0...n) + [n + 2, n + 4, n + 1, n + 3])
    .reshape(leading + [channels * r * r, height, width])
}

/// ``pixelShuffle(_:_:)`` as a module.
public final class PixelShuffle: Module {
  let upscaleFactor: Int

  /// A layer that makes images `upscaleFactor` times as high and as wide.
  public init(_ upscaleFactor: Int) { self.upscaleFactor = upscaleFactor }

  public override var extraRepr: String { "upscaleFactor: \(upscaleFactor)" }

  public override func forward(_ x: Tensor) -> Tensor { pixelShuffle(x, upscaleFactor) }
}

/// ``pixelUnshuffle(_:_:)`` as a module.
public final class PixelUnshuffle: Module {
  let downscaleFactor: Int

  /// A layer that divides height and width of images by `downscaleFactor`.
  public init(_ downscaleFactor: Int) { self.downscaleFactor = downscaleFactor }

  public override var extraRepr: String { "downscaleFactor: \(downscaleFactor)" }

  public override func forward(_ x: Tensor) -> Tensor { pixelUnshuffle(x, downscaleFactor) }
}

// MARK: - Channel shuffle

/// Takes the channels, [batch, channels, …], from `groups` groups in turn: PyTorch's
/// `channel_shuffle` (Zhang et al. 2018).
public func channelShuffle(_ x: Tensor, _ groups: Int) -> Tensor {
  require(
    x.ndim >= 3, "channelShuffle: expected [batch, channels, …], got the shape \(x.shape)")
  require(
    groups > 0 && x.shape[1] % groups == 0,
    """
    channelShuffle: the \(x.shape[1]) channels of the shape \(x.shape) cannot be divided into \(groups) \
    groups of one size
    """)
  return x.reshape([x.shape[0], groups, x.shape[1] / groups] + x.shape.dropFirst(2))
    .transpose(1, 2).reshape(x.shape)
}

/// ``channelShuffle(_:_:)`` as a module.
public final class ChannelShuffle: Module {
  let groups: Int

  /// A layer that takes channels from `groups` groups in turn.
  public init(_ groups: Int) { self.groups = groups }

  public override var extraRepr: String { "groups: \(groups)" }

  public override func forward(_ x: Tensor) -> Tensor { channelShuffle(x, groups) }
}
