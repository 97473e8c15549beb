import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, printed by the Python above each test.

@Suite(.ownGenerator) struct ConvolutionLayerTests {
  /// torch.manual_seed(0); nn.Conv1d(4, 2, 3, groups=2)
  /// torch.manual_seed(0); nn.Conv2d(1, 2, (2, 1))
  @Test func layersStartWherePyTorchDoes() {
    manualSeed(0)
    let signals = Conv1d(4, 2, 3, groups: 2)
    expectClose(
      signals.weight.detach(),
      [
        -0.003056481713429, 0.219002187252045, -0.336006790399551, -0.300445854663849,
        -0.157238617539406, 0.109474785625935, -0.008088696748018, 0.323695778846741,
        -0.036229606717825, 0.108027629554272, -0.123377971351147, -0.080247484147549,
      ], tolerance: 1e-6)
    expectClose(signals.bias!.detach(), [-0.390019416809082, -0.270375549793243], tolerance: 1e-6)
    manualSeed(0)
    let images = Conv2d(1, 2, [2, 1])
    expectClose(
      images.weight.detach(),
      [-0.005293981172144, 0.37932288646698, -0.581980764865875, -0.520387470722198],
      tolerance: 1e-6)
    expectClose(images.bias!.detach(), [-0.272345244884491, 0.18961589038372], tolerance: 1e-6)
    #expect(images.namedParameters.map(\.name) == ["weight", "bias"])
    #expect(images.weight.shape == [2, 1, 2, 1] && Conv1d(1, 2, 3, bias: false).bias == nil)
  }

  /// c = nn.Conv2d(1, 1, 2, padding="same", padding_mode=mode, bias=False)
  /// c.weight.data = seq(1, 1, 2, 2, k=5); c(seq(1, 1, 3, 3)).square().sum().backward()
  @Test func sameWithEveryPaddingMode() {
    let expected: [(ConvolutionPaddingMode, y: [Double], grad: [Double])] = [
      (
        .zeros,
        y: [
          0.329256198347107, -0.095537190082645, -0.030413223140496, 0.309421487603306,
          -0.115371900826446, 0.00099173553719, 0.146446280991736, -0.053553719008264,
          0.004628099173554,
        ],
        grad: [
          -0.083810668670173, 0.239831705484598, -0.05479188580015, -0.222437265214125,
          0.429235161532682, -0.107660405709993, -0.172297520661157, 0.306103681442524,
          -0.091203606311044,
        ]
      ),
      (
        .reflect,
        y: [
          0.329256198347107, -0.095537190082645, 0.23504132231405, 0.309421487603306,
          -0.115371900826446, 0.215206611570248, 0.292892561983471, -0.131900826446281,
          0.198677685950413,
        ],
        grad: [
          -0.083810668670173, 0.393676934635612, -0.122362133734035, -0.350244928625094,
          0.971143501126972, -0.427071374906086, -0.20957475582269, 0.653679939894816,
          -0.285355371900827,
        ]
      ),
      (
        .replicate,
        y: [
          0.329256198347107, -0.095537190082645, 0.030082644628099, 0.309421487603306,
          -0.115371900826446, 0.010247933884298, 0.291239669421488, -0.133553719008264,
          -0.007933884297521,
        ],
        grad: [
          -0.083810668670173, 0.239831705484598, -0.0505003756574, -0.222437265214125,
          0.429235161532682, -0.115486100676183, -0.336240420736289, 0.617196093163035,
          -0.208180315552216,
        ]
      ),
      (
        .circular,
        y: [
          0.329256198347107, -0.095537190082645, -0.123636363636364, 0.309421487603306,
          -0.115371900826446, -0.143471074380165, 0.294545454545455, -0.130247933884298,
          -0.158347107438016,
        ],
        grad: [
          -0.368120210368144, 0.435906836964688, -0.023537190082645, -0.37479188580015,
          0.429235161532682, -0.030208865514651, -0.381463561232156, 0.422563486100676,
          -0.036880540946657,
        ]
      ),
    ]
    for (mode, y, grad) in expected {
      let layer = Conv2d(
        1, 1, 2, padding: .same, bias: false, paddingMode: mode, dtype: .float64)
      layer.weight = seq([1, 1, 2, 2], k: 5)
      let x = seq([1, 1, 3, 3])
      let output = layer(x)
      expectClose(output, y, "\(mode)")
      output.square().sum().backward()
      expectClose(x.grad, grad, "\(mode)")
    }
  }

  /// c = nn.Conv1d(2, 2, 3, stride=2, padding=2, dilation=2, groups=2, padding_mode="circular")
  /// c.weight.data = seq(2, 1, 3, k=5); c.bias.data = seq(2)
  @Test func everyOption() {
    let layer = Conv1d(
      2, 2, 3, stride: 2, padding: 2, dilation: 2, groups: 2, paddingMode: .circular,
      dtype: .float64)
    layer.weight = seq([2, 1, 3], k: 5)
    layer.bias = seq([2])
    let x = seq([2, 2, 5])
    let y = layer(x)
    expectClose(
      y,
      [
        -0.172892561983471, -0.154710743801653, -0.12, 0.531239669421487, 0.362644628099174,
        0.665123966942149, -0.179504132231405, 0.056859504132231, -0.235702479338843,
        0.412231404958678, 0.698181818181818, 0.455206611570248,
      ])
    y.square().sum().backward()
    expectClose(
      x.grad,
      [
        -0.073785123966942, 0.052363636363636, 0.004724267468069, 0.044009015777611,
        -0.011035311795642, -0.156970698722765, 0.193490608564989, 0.244784372652141,
        0.251131480090158, -0.305670924117205, -0.13196694214876, 0.102851990984222,
        0.175543200601052, 0.04569196093163, -0.179089406461307, 0.075215627347859,
        0.132423741547708, -0.096492862509391, 0.194873027798648, -0.078293012772352,
      ])
    expectClose(
      layer.weight.grad,
      [
        -0.185412471825695, -0.025472577009767, -0.449454545454545, 1.008637114951165,
        -0.356712246431255, -0.609514650638618,
      ])
    expectClose(layer.bias!.grad, [-1.611900826446282, 6.249256198347107])
    let single = layer(seq([2, 5]))
    #expect(single.shape == [2, 3])
    expectClose(
      single,
      [
        -0.172892561983471, -0.154710743801653, -0.12, 0.531239669421487, 0.362644628099174,
        0.665123966942149,
      ])
  }

  @Test func sizesMayBeVariables() {
    let (one, pair) = (1, [2, 1])
    let layer = Conv2d(1, 1, pair, stride: one, padding: pair, dilation: one)
    #expect(layer(Tensor.zeros([1, 1, 3, 3])).shape == [1, 1, 6, 5])
    #expect(Conv2d(1, 1, 2, padding: .valid)(Tensor.zeros([1, 1, 3, 3])).shape == [1, 1, 2, 2])
  }

  @Test func layersPrintTheirSettings() {
    #expect("\(Conv2d(3, 8, 3))" == "Conv2d(3, 8, kernelSize: [3, 3], stride: [1, 1])")
    #expect(
      "\(Conv1d(1, 2, 3, padding: .same))"
        == "Conv1d(1, 2, kernelSize: [3], stride: [1], padding: same)")
    let layer = Conv2d(
      4, 6, 3, stride: 2, padding: [1, 2], dilation: 2, groups: 2, bias: false,
      paddingMode: .reflect)
    #expect(
      "\(layer)" == """
        Conv2d(4, 6, kernelSize: [3, 3], stride: [2, 2], padding: [1, 2], dilation: [2, 2], \
        groups: 2, bias: false, paddingMode: reflect)
        """)
  }

  @Test func settingsThatDoNotFitStop() async {
    let groups = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv2d(3, 4, 3, groups: 2)
    }
    expectMessage(groups, "Conv2d: 3 input channels and 4 output channels cannot be divided into")
    let strided = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv1d(1, 1, 3, stride: 2, padding: .same)
    }
    expectMessage(strided, "Conv1d: padding .same needs stride 1, but the stride is [2]")
    let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv2d(1, 1, [1, 2, 3])
    }
    expectMessage(sizes, "Conv2d: kernelSize has 3 sizes for 2 dimensions")
    let types = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv1d(1, 1, 1)(Tensor.zeros([1, 1], dtype: .float64))
    }
    expectMessage(types, "Conv1d: the input is float64, the weight float32, the bias float32")
  }
}
