import Autograd
import NN

extension Adapter {
  /// Padding and arrangements of images as layers.
  static let imageModules: [String: Make] = [
    "CircularPad1d": { c, _ in CircularPad1d(try c[0, "padding"] as [Int]) },
    "ReflectionPad1d": { c, _ in ReflectionPad1d(try c[0, "padding"] as [Int]) },
    "ReplicationPad1d": { c, _ in ReplicationPad1d(try c[0, "padding"] as [Int]) },
    "ZeroPad1d": { c, _ in ZeroPad1d(try c[0, "padding"] as [Int]) },
    "ConstantPad1d": { c, _ in
      ConstantPad1d(try c[0, "padding"] as [Int], try c[1, "value"])
    },
    "CircularPad2d": { c, _ in CircularPad2d(try c[0, "padding"] as [Int]) },
    "ReflectionPad2d": { c, _ in ReflectionPad2d(try c[0, "padding"] as [Int]) },
    "ReplicationPad2d": { c, _ in ReplicationPad2d(try c[0, "padding"] as [Int]) },
    "ZeroPad2d": { c, _ in ZeroPad2d(try c[0, "padding"] as [Int]) },
    "ConstantPad2d": { c, _ in
      ConstantPad2d(try c[0, "padding"] as [Int], try c[1, "value"])
    },
    "CircularPad3d": { c, _ in CircularPad3d(try c[0, "padding"] as [Int]) },
    "ReflectionPad3d": { c, _ in ReflectionPad3d(try c[0, "padding"] as [Int]) },
    "ReplicationPad3d": { c, _ in ReplicationPad3d(try c[0, "padding"] as [Int]) },
    "ZeroPad3d": { c, _ in ZeroPad3d(try c[0, "padding"] as [Int]) },
    "ConstantPad3d": { c, _ in
      ConstantPad3d(try c[0, "padding"] as [Int], try c[1, "value"])
    },
    "ChannelShuffle": { c, _ in ChannelShuffle(try c[0, "groups"]) },
    "PixelShuffle": { c, _ in PixelShuffle(try c[0, "upscale_factor"]) },
    "PixelUnshuffle": { c, _ in PixelUnshuffle(try c[0, "downscale_factor"]) },
  ]
}
