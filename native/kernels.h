/**
 * What every instruction set provides. The files of kernels/ are compiled once for each, with its own flags and
 * namespace; table.cc of that namespace fills one of these. No code here: it is included by all of them.
 */
#pragma once

#include "kernels/bases.h"
#include "kernels/batch_norm.h"
#include "kernels/conv1d.h"
#include "kernels/copy.h"
#include "kernels/elementwise.h"
#include "kernels/gemm.h"
#include "kernels/inflate.h"
#include "kernels/measure.h"
#include "kernels/attention.h"
#include "kernels/activation.h"
#include "kernels/cross_entropy.h"
#include "kernels/elementary.h"
#include "kernels/embedding.h"
#include "kernels/max_pool.h"
#include "kernels/mean_pool.h"
#include "kernels/attention_sublayer.h"
#include "kernels/mlp.h"
#include "kernels/norm.h"
#include "kernels/philox.h"
#include "kernels/softmax.h"
#include "kernels/adamw.h"
#include "kernels/tree.h"
#include "kernels/indexed.h"
#include "kernels/reduce.h"

namespace gdiff {

struct Kernels {
  /** As GDIFF_ISA spells it. */
  const char* name;
  /** Whether products in bfloat16 have an instruction of their own; else operands are rounded and kept in float32. */
  bool hasBf16;
  const NormKernels& norm;
  const ActivationKernels& activation;
  const CrossEntropyKernels& crossEntropy;
  const ElementaryKernels& elementary;
  const EmbeddingKernels& embedding;
  const MeanPoolKernels& meanPool;
  const MaxPoolKernels& maxPool;
  const BatchNormKernels& batchNorm;
  const Conv1dKernels& conv1d;
  const PhiloxKernels& philox;
  const SoftmaxKernels& softmax;
  const MlpKernels& mlp;
  const GemmKernels& gemm;
  const MeasureKernels& measure;
  const AttentionKernels& attention;
  const AdamWKernels& adamw;
  const TreeKernels& tree;
  const AttentionSublayerKernels& attentionSublayer;
  const UnaryKernels& unary;
  const BinaryKernels& binary;
  const ConvertKernels& convert;
  const CopyKernels& copy;
  const ReduceKernels& reduce;
  const IndexedKernels& indexed;
  const BasesKernels& bases;
  const InflateKernels& inflate;
};

}  // namespace gdiff
