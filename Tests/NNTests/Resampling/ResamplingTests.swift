import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13 in float64, printed by the Python above each test.

@Suite struct ResamplingTests {
  private let x = seq([1, 1, 3, 4])

  @Test func interpolatedImages() {
    // F.interpolate(x, size=(2, 5), mode='bilinear')
    expectClose(
      interpolate(x, size: [2, 5], mode: .bilinear),
      [
        0.00909090909091, 0.279545454545, 0.213636363636, -0.00227272727273, -0.0818181818182,
        0.0772727272727, -0.177272727273, -0.0931818181818, 0.0659090909091, -0.0136363636364,
      ], tolerance: 1e-11)
    // F.interpolate(x, size=(2, 3), mode='bilinear', antialias=True)
    expectClose(
      interpolate(x, size: [2, 3], mode: .bilinear, antialias: true),
      [
        0.155681818182, 0.156818181818, -0.0170454545455, 0.025, -0.0988636363636, 0.0397727272727,
      ], tolerance: 1e-11)
    // F.interpolate(x, scale_factor=(1.5, 0.8), mode='bicubic', align_corners=True)
    expectClose(
      interpolate(x, scaleFactor: [1.5, 0.8], mode: .bicubic, alignCorners: true),
      [
        -0.127272727273, 0.421022727273, -0.218181818182, 0.29696969697, -0.0343644781145,
        0.206060606061, 0.33569023569, -0.248537457912, 0.244781144781, -0.0363636363636,
        -0.0818181818182, -0.127272727273,
      ], tolerance: 1e-11)
    // F.interpolate(seq(1, 1, 5), size=3, mode='nearest-exact')
    expectClose(
      interpolate(seq([1, 1, 5]), size: 3, mode: .nearestExact),
      [-0.127272727273, 0.145454545455, 0.418181818182], tolerance: 1e-11)
    // F.interpolate(seq(1, 1, 5), scale_factor=1.7, mode='linear')
    expectClose(
      interpolate(seq([1, 1, 5]), scaleFactor: 1.7, mode: .linear),
      [
        -0.127272727273, 0.116042780749, 0.490374331551, 0.305882352941, 0.0919786096257,
        -0.12192513369, -0.0122994652406, 0.362032085561,
      ], tolerance: 1e-11)
  }

  /// F.interpolate(torch.arange(23.)[None, None], scale_factor=2.6): positions are rounded in float32.
  @Test func nearestPositionsAreRoundedAsInPyTorch() {
    let line = Tensor.arange(23.0, dtype: .float32).reshape(1, 1, 23)
    #expect(
      interpolate(line, scaleFactor: 2.6).array(of: Int.self) == [
        0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 10, 10,
        11,
        11, 11, 12, 12, 13, 13, 13, 14, 14, 15, 15, 15, 16, 16, 16, 17, 17, 18, 18, 18, 19, 19, 20,
        20, 20, 21, 21, 21, 22,
      ])
  }

  @Test func layersAreTheirFunctions() {
    #expect(
      Upsample(scaleFactor: 2, mode: .bilinear)(x).equal(
        interpolate(x, scaleFactor: 2, mode: .bilinear)))
    #expect(UpsamplingNearest2d(scaleFactor: 2)(x).equal(interpolate(x, scaleFactor: 2)))
    #expect(
      UpsamplingBilinear2d(size: 5)(x).equal(
        interpolate(x, size: 5, mode: .bilinear, alignCorners: true)))
    #expect(interpolate(x, size: [1, 2], mode: .area).equal(adaptiveAvgPool2d(x, [1, 2])))
    #expect("\(Upsample(size: 3))" == "Upsample(size: [3], mode: nearest)")
  }

  /// g = torch.tensor([[[[0.3, -1.2], [1., 1.]]]]).double(); F.grid_sample(x, g, …)
  @Test func samplesOfGrids() {
    let grid = Tensor([[[[0.3, -1.2], [1, 1]]]], dtype: .float64)
    func sample(_ mode: GridSampleMode, _ padding: GridPaddingMode) -> Tensor {
      gridSample(x, grid, mode: mode, paddingMode: padding)
    }
    let tolerance = 1e-11
    expectClose(
      sample(.bilinear, .zeros), [0.0218181818182, -0.0318181818182], tolerance: tolerance)
    expectClose(
      sample(.bilinear, .border), [0.109090909091, -0.127272727273], tolerance: tolerance)
    expectClose(
      sample(.nearest, .reflection), [0.145454545455, -0.127272727273], tolerance: tolerance)
    expectClose(
      sample(.bicubic, .zeros), [0.0250575272727, -0.0789595170455], tolerance: tolerance)
    expectClose(
      sample(.bicubic, .reflection), [0.138250909091, -0.315838068182], tolerance: tolerance)
  }

  /// F.affine_grid(seq(1, 2, 3), (1, 1, 2, 3), align_corners=False)
  @Test func gridsOfTransformations() {
    expectClose(
      affineGrid(seq([1, 2, 3]), [1, 1, 2, 3]),
      [
        -0.0242424242424, -0.00909090909091, -0.109090909091, -0.154545454545, -0.193939393939,
        -0.3, 0.484848484848, 0.409090909091, 0.4, 0.263636363636, 0.315151515152, 0.118181818182,
      ], tolerance: 1e-11)
  }

  @Test func wrongSettingsStop() async {
    let mode = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = interpolate(.ones(1, 1, 3), size: 2, mode: .bilinear)
    }
    expectMessage(mode, "interpolate: mode .bilinear expects [batch, channels, size…] with 2 sizes")
    let corners = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = interpolate(.ones(1, 1, 3), size: 2, alignCorners: true)
    }
    expectMessage(corners, "interpolate: alignCorners has no meaning in mode .nearest")
    let both = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = interpolate(.ones(1, 1, 3), size: 2, scaleFactor: 2)
    }
    expectMessage(both, "interpolate: give either size or scaleFactor")
    let smooth = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = interpolate(.ones(1, 1, 3), size: 2, antialias: true)
    }
    expectMessage(
      smooth, "interpolate: antialias is for the modes .bilinear, .bicubic and .lanczos")
    let grid = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gridSample(.ones(1, 1, 3, 3), .ones(1, 2, 2, 3))
    }
    expectMessage(grid, "gridSample: expected images [batch, channels, height, width] and a grid")
    let theta = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = affineGrid(.ones(1, 2, 2), [1, 1, 2, 2])
    }
    expectMessage(theta, "affineGrid: expected theta of the shape [batch, 2, 3]")
  }
}
