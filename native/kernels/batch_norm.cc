#include "batch_norm.h"

#include "../parallel.h"
#include "simd.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr size_t kRowsPerBlock = 256;

/** Calls work(first row, end) for each fixed block of rows. */
template <class Work>
void blocksOfRows(size_t rows, const Work& work) {
  parallelFor((rows + kRowsPerBlock - 1) / kRowsPerBlock, [&](size_t block) {
    const size_t first = block * kRowsPerBlock;
    work(first, rows - first < kRowsPerBlock ? rows : first + kRowsPerBlock);
  });
}

/**
 * totals[i] = Σ over rows of what add(row, sums) adds to `width` sums in float64: block by block, then the blocks in
 * their order.
 */
template <class Add>
void sumOverRows(size_t rows, size_t width, double* totals, const Add& add) {
  const size_t blocks = (rows + kRowsPerBlock - 1) / kRowsPerBlock;
  Scratch scratch;
  double* partials = scratch.take<double>(blocks * width);
  blocksOfRows(rows, [&](size_t first, size_t end) {
    double* sums = partials + first / kRowsPerBlock * width;
    for (size_t i = 0; i < width; i++) sums[i] = 0;
    for (size_t row = first; row < end; row++) add(row, sums);
  });
  for (size_t i = 0; i < width; i++) totals[i] = 0;
  for (size_t block = 0; block < blocks; block++)
    for (size_t i = 0; i < width; i++) totals[i] += partials[block * width + i];
}

void forward(const float* x, const float* gain, const float* bias, float* y, float* mean, float* variance, size_t rows,
             size_t channels, float epsilon) {
  Scratch scratch;
  double* totals = scratch.take<double>(channels);
  double* means = scratch.take<double>(channels);
  float* scale = scratch.take<float>(channels);
  const double count = static_cast<double>(rows);
  sumOverRows(rows, channels, totals, [=](size_t row, double* sums) {
    for (size_t c = 0; c < channels; c++) sums[c] += static_cast<double>(x[row * channels + c]);
  });
  for (size_t c = 0; c < channels; c++) mean[c] = static_cast<float>(means[c] = totals[c] / count);
  sumOverRows(rows, channels, totals, [=](size_t row, double* sums) {
    for (size_t c = 0; c < channels; c++) {
      const double centred = static_cast<double>(x[row * channels + c]) - means[c];
      sums[c] += centred * centred;
    }
  });
  for (size_t c = 0; c < channels; c++) {
    variance[c] = static_cast<float>(totals[c] / count);
    scale[c] = gain[c] / __builtin_sqrtf(variance[c] + epsilon);
  }
  blocksOfRows(rows, [=](size_t first, size_t end) {
    for (size_t row = first; row < end; row++)
      for (size_t c = 0; c < channels; c++)
        y[row * channels + c] = (x[row * channels + c] - mean[c]) * scale[c] + bias[c];
  });
}

/** dx = gain / deviation · (dy − mean(dy) − x̂ · mean(dy x̂)),   x̂ = (x − mean) / deviation */
void backward(const float* x, const float* gain, const float* mean, const float* variance, const float* dy, float* dx,
              float* dGain, float* dBias, size_t rows, size_t channels, float epsilon) {
  Scratch scratch;
  double* totals = scratch.take<double>(2 * channels);  // Σ dy, Σ dy x̂
  float* factors = scratch.take<float>(3 * channels);
  float *scale = factors, *meanDy = factors + channels, *meanProduct = factors + 2 * channels;
  for (size_t c = 0; c < channels; c++) scale[c] = 1.0f / __builtin_sqrtf(variance[c] + epsilon);
  sumOverRows(rows, 2 * channels, totals, [=](size_t row, double* sums) {
    for (size_t c = 0; c < channels; c++) {
      const float slope = dy[row * channels + c], normed = (x[row * channels + c] - mean[c]) * scale[c];
      sums[c] += static_cast<double>(slope);
      sums[channels + c] += static_cast<double>(slope) * static_cast<double>(normed);
    }
  });
  for (size_t c = 0; c < channels; c++) {
    dBias[c] = static_cast<float>(totals[c]);
    dGain[c] = static_cast<float>(totals[channels + c]);
    meanDy[c] = static_cast<float>(totals[c] / static_cast<double>(rows));
    meanProduct[c] = static_cast<float>(totals[channels + c] / static_cast<double>(rows));
  }
  blocksOfRows(rows, [=](size_t first, size_t end) {
    for (size_t row = first; row < end; row++)
      for (size_t c = 0; c < channels; c++) {
        const float normed = (x[row * channels + c] - mean[c]) * scale[c];
        dx[row * channels + c] =
            gain[c] * scale[c] * (dy[row * channels + c] - meanDy[c] - normed * meanProduct[c]);
      }
  });
}

}  // namespace

extern const BatchNormKernels batchNorm;
const BatchNormKernels batchNorm = {forward, backward};

}  // namespace gdiff::GDIFF_ISA
