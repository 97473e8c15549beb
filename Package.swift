// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]
let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "swift-autograd",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Autograd", targets: ["Autograd"]),
    .library(name: "NN", targets: ["NN"]),
    .library(name: "Optim", targets: ["Optim"]),
  ],
  targets: [
    .target(name: "CKernels", cSettings: strictC),
    .target(name: "Autograd", dependencies: ["CKernels"], swiftSettings: strict),
    .target(name: "NN", dependencies: ["Autograd"], swiftSettings: strict),
    .target(name: "Optim", dependencies: ["Autograd"], swiftSettings: strict),
    .executableTarget(
      name: "Digits", dependencies: ["Autograd", "NN", "Optim"], path: "Examples/Digits",
      exclude: ["Data/README.md"], resources: [.copy("Data/digits.csv")], swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Autograd", "CKernels"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "AutogradTests", dependencies: ["Autograd", "CKernels", "TestSupport"],
      resources: [.copy("Kernels/Data")], swiftSettings: strict),
    .testTarget(name: "FormulaTests", dependencies: ["Autograd"], swiftSettings: strict),
    .testTarget(
      name: "NNTests", dependencies: ["Autograd", "NN", "TestSupport"],
      resources: [.copy("Networks/Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "MisuseTests", dependencies: ["Autograd", "NN", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "OptimTests", dependencies: ["Autograd", "NN", "Optim", "TestSupport"],
      swiftSettings: strict),
    .target(
      name: "ConformanceKit", dependencies: ["Autograd", "NN", "Optim"],
      path: "Tests/ConformanceKit", swiftSettings: strict),
    .executableTarget(
      name: "Conformance", dependencies: ["ConformanceKit"], path: "Tests/Conformance",
      swiftSettings: strict),
    .testTarget(
      name: "ConformanceTests", dependencies: ["ConformanceKit", "TestSupport"],
      exclude: ["Generator", "README.md"], resources: [.copy("Fixtures")], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu11
)
