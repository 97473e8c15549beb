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
    .executableTarget(
      name: "Benchmarks", dependencies: ["Autograd", "NN", "Optim"], path: "Benchmarks/swift",
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Autograd"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "AutogradTests", dependencies: ["Autograd", "CKernels", "NN", "TestSupport"],
      resources: [.copy("Data")], swiftSettings: strict),
    .testTarget(name: "FormulaTests", dependencies: ["Autograd"], swiftSettings: strict),
    .testTarget(
      name: "NNTests", dependencies: ["NN", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "OptimTests", dependencies: ["Optim", "NN", "TestSupport"], swiftSettings: strict),
    .target(
      name: "ConformanceKit", dependencies: ["Autograd", "NN", "Optim"],
      path: "Tests/ConformanceKit", swiftSettings: strict),
    .executableTarget(
      name: "Conformance", dependencies: ["ConformanceKit"], path: "Tests/Conformance",
      swiftSettings: strict),
    .testTarget(
      name: "ConformanceTests", dependencies: ["ConformanceKit"],
      exclude: ["Generator", "README.md"], resources: [.copy("Fixtures")], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu11
)
