// Convolution: sums over sliding windows of signals, images and volumes.

#ifndef CK_CONVOLUTION_H
#define CK_CONVOLUTION_H

#include <stdint.h>

/// y[n, g, f, o] = bias[g, f] + Σ w[g, f, c, t] · x[n, g, c, o·stride + tap[t]], over the channels c
/// of a group and the taps t. Positions have three coordinates; those outside of x count as 0.
///
/// Convolution and its gradient with respect to x both have this form, with other taps.
///
/// The outputs are computed in boxes, one after the other: `box` = {images, depth, rows}, of which
/// each is 1 or complete unless all before it are 1, so that a box is either several images, several
/// slices of one image, or several rows of one slice. Rows are complete.
typedef struct {
  int64_t images, groups, channels, filters;  // channels and filters of one group
  int64_t input[3], output[3], stride[3];
  int64_t box[3];
  int64_t taps;
  const int64_t *tap;     // [taps, 3]; any sign
  int64_t low[3], high[3];  // the least and the greatest coordinate of a tap
  const void *x;     // [images, groups, channels, input…]
  const void *w;     // [groups, filters, channels, taps]
  const void *bias;  // [groups, filters], or NULL
  void *y;           // an output (n, g·filters + f, o) is at n·y_image + (…)·y_filter + o·y_step
  int64_t y_image, y_filter, y_step[3];
  int64_t chunk[2];  // for the gradient of w: the filters and the channels of a unit
} ck_convolution;

/// The gradient of w for the gradient g of y:
///   w[g, f, c, t] = Σ g[n, g, f, o] · x[n, g, c, o·stride + tap[t]] over images and outputs,
/// where `y` is g, read with the same steps.
typedef ck_convolution ck_convolution_weight;

/// Units [first, last) of the work: for each group its boxes, or its chunks of filters and, within
/// these, of channels. The workspace holds the bytes that the function of its name says.
typedef void (*ck_convolution_fn)(
  const ck_convolution *, int64_t first, int64_t last, void *workspace);
typedef int64_t (*ck_convolution_workspace_fn)(const ck_convolution *);

#endif
