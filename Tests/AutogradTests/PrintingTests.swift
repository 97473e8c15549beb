import Autograd
import Testing

// The expected texts are PyTorch's, with Swift's spelling of labels and bools.

/// 0, 1, 2, … as float32.
private func counting(_ shape: [Int]) -> Tensor {
  Tensor((0..<shape.reduce(1, *)).map(Float.init), shape: shape)
}

@Test func descriptions() {
  #expect(
    Tensor([[1.0, 2.0], [3.0, 4.0]]).description == """
      tensor([[1., 2.],
              [3., 4.]])
      """)
  #expect(
    Tensor([1.5, -2.25, 100.0]).description == """
      tensor([  1.5000,  -2.2500, 100.0000])
      """)
  #expect(
    Tensor([1e-5, 1.0]).description == """
      tensor([1.0000e-05, 1.0000e+00])
      """)
  #expect(
    Tensor([1.0, 20000.0]).description == """
      tensor([1.0000e+00, 2.0000e+04])
      """)
  #expect(
    Tensor([0.0, -0.0]).description == """
      tensor([0., -0.])
      """)
  #expect(
    Tensor([Double.nan, 1.0, -Double.infinity]).description == """
      tensor([nan, 1., -inf])
      """)
  #expect(
    Tensor([Double.nan, 1.5]).description == """
      tensor([   nan, 1.5000])
      """)
  #expect(
    Tensor([Double.nan, Double.infinity]).description == """
      tensor([nan, inf])
      """)
  #expect(
    Tensor(1.5).description == """
      tensor(1.5000)
      """)
  #expect(
    Tensor(3).description == """
      tensor(3)
      """)
  #expect(
    Tensor([Double]()).description == """
      tensor([])
      """)
  #expect(
    Tensor.zeros([0, 3]).description == """
      tensor([], size: [0, 3])
      """)
  #expect(
    Tensor.zeros([2, 0], dtype: .int64).description == """
      tensor([], size: [2, 0], dtype: int64)
      """)
  #expect(
    Tensor([1, -20, 300]).description == """
      tensor([  1, -20, 300])
      """)
  #expect(
    Tensor([1, 2], dtype: .int32).description == """
      tensor([1, 2], dtype: int32)
      """)
  #expect(
    Tensor([true, false]).description == """
      tensor([ true, false])
      """)
  #expect(
    Tensor([1.0, 2.5], dtype: .float64).description == """
      tensor([1.0000, 2.5000], dtype: float64)
      """)
  #expect(
    Tensor([1.0, 2.5], requiresGrad: true).description == """
      tensor([1.0000, 2.5000], requiresGrad: true)
      """)
  #expect(
    Tensor([0.0, 1.0], requiresGrad: true).exp().description == """
      tensor([1.0000, 2.7183], gradFn: exp)
      """)
  #expect(
    counting([30]).description == """
      tensor([ 0.,  1.,  2.,  3.,  4.,  5.,  6.,  7.,  8.,  9., 10., 11., 12., 13.,
              14., 15., 16., 17., 18., 19., 20., 21., 22., 23., 24., 25., 26., 27.,
              28., 29.])
      """)
  #expect(
    (counting([30]) * 0.5).description == """
      tensor([ 0.0000,  0.5000,  1.0000,  1.5000,  2.0000,  2.5000,  3.0000,  3.5000,
               4.0000,  4.5000,  5.0000,  5.5000,  6.0000,  6.5000,  7.0000,  7.5000,
               8.0000,  8.5000,  9.0000,  9.5000, 10.0000, 10.5000, 11.0000, 11.5000,
              12.0000, 12.5000, 13.0000, 13.5000, 14.0000, 14.5000])
      """)
  #expect(
    counting([2, 3, 4]).description == """
      tensor([[[ 0.,  1.,  2.,  3.],
               [ 4.,  5.,  6.,  7.],
               [ 8.,  9., 10., 11.]],

              [[12., 13., 14., 15.],
               [16., 17., 18., 19.],
               [20., 21., 22., 23.]]])
      """)
  #expect(
    (counting([2, 2, 2, 2]) / 3).description == """
      tensor([[[[0.0000, 0.3333],
                [0.6667, 1.0000]],

               [[1.3333, 1.6667],
                [2.0000, 2.3333]]],


              [[[2.6667, 3.0000],
                [3.3333, 3.6667]],

               [[4.0000, 4.3333],
                [4.6667, 5.0000]]]])
      """)
  #expect(
    counting([1001]).description == """
      tensor([   0.,    1.,    2.,  ...,  998.,  999., 1000.])
      """)
  #expect(
    (counting([1000, 2]) - 1000).description == """
      tensor([[-1000.,  -999.],
              [ -998.,  -997.],
              [ -996.,  -995.],
              ...,
              [  994.,   995.],
              [  996.,   997.],
              [  998.,   999.]])
      """)
  #expect(
    counting([2, 30, 40]).to(.int64).description == """
      tensor([[[   0,    1,    2,  ...,   37,   38,   39],
               [  40,   41,   42,  ...,   77,   78,   79],
               [  80,   81,   82,  ...,  117,  118,  119],
               ...,
               [1080, 1081, 1082,  ..., 1117, 1118, 1119],
               [1120, 1121, 1122,  ..., 1157, 1158, 1159],
               [1160, 1161, 1162,  ..., 1197, 1198, 1199]],

              [[1200, 1201, 1202,  ..., 1237, 1238, 1239],
               [1240, 1241, 1242,  ..., 1277, 1278, 1279],
               [1280, 1281, 1282,  ..., 1317, 1318, 1319],
               ...,
               [2280, 2281, 2282,  ..., 2317, 2318, 2319],
               [2320, 2321, 2322,  ..., 2357, 2358, 2359],
               [2360, 2361, 2362,  ..., 2397, 2398, 2399]]])
      """)
  #expect(
    Tensor([1e9, 1.5]).description == """
      tensor([1.0000e+09, 1.5000e+00])
      """)
  #expect(
    Tensor([123456789.0]).description == """
      tensor([1.2346e+08])
      """)
  #expect(
    Tensor([99999.5, 12345.678]).description == """
      tensor([99999.5000, 12345.6777])
      """)
  #expect(
    Tensor([1e-4, 5e-4]).description == """
      tensor([1.0000e-04, 5.0000e-04])
      """)
  #expect(
    Tensor([1e300, 1e-300], dtype: .float64).description == """
      tensor([1.0000e+300, 1.0000e-300], dtype: float64)
      """)
  #expect(
    ((counting([8]) * 0.25).to(.float64)).description == """
      tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000, 1.2500, 1.5000, 1.7500],
             dtype: float64)
      """)
  #expect(
    Tensor([[-0.5, 10.0], [0.0, 3.0]]).description == """
      tensor([[-0.5000, 10.0000],
              [ 0.0000,  3.0000]])
      """)
  #expect(
    counting([3, 2]).permute([1, 0]).description == """
      tensor([[0., 2., 4.],
              [1., 3., 5.]])
      """)
  #expect(
    counting([2, 9]).to(.int32).description == """
      tensor([[ 0,  1,  2,  3,  4,  5,  6,  7,  8],
              [ 9, 10, 11, 12, 13, 14, 15, 16, 17]], dtype: int32)
      """)
  #expect(
    Tensor(Double.nan).description == """
      tensor(nan)
      """)
  #expect(
    Tensor([2.0]).expand([2, 2]).description == """
      tensor([[2., 2.],
              [2., 2.]])
      """)
}
