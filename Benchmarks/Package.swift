// swift-tools-version: 6.2
import PackageDescription

// A package beside the library, so that a build of the library builds no benchmark.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-autograd", path: "..")],
  targets: [
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        .product(name: "Autograd", package: "swift-autograd"),
        .product(name: "NN", package: "swift-autograd"),
        .product(name: "Optim", package: "swift-autograd"),
      ],
      path: "swift", swiftSettings: [.treatAllWarnings(as: .error)])
  ],
  swiftLanguageModes: [.v6]
)
