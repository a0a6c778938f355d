#include "../kernels.h"
#include "unit.h"

#define GDIFF_TEXT_OF(name) #name
#define GDIFF_TEXT(name) GDIFF_TEXT_OF(name)

namespace gdiff::GDIFF_ISA {

extern const NormKernels norm;
extern const ActivationKernels activation;
extern const CrossEntropyKernels crossEntropy;
extern const ElementaryKernels elementary;
extern const EmbeddingKernels embedding;
extern const MeanPoolKernels meanPool;
extern const MaxPoolKernels maxPool;
extern const BatchNormKernels batchNorm;
extern const Conv1dKernels conv1d;
extern const PhiloxKernels philox;
extern const SoftmaxKernels softmax;
extern const MlpKernels mlp;
extern const GemmKernels gemm;
extern const MeasureKernels measure;
extern const AttentionKernels attention;
extern const AdamWKernels adamw;
extern const TreeKernels tree;
extern const AttentionSublayerKernels attentionSublayer;
extern const UnaryKernels unaryKernels;
extern const BinaryKernels binaryKernels;
extern const ConvertKernels convertKernels;
extern const CopyKernels copyKernels;
extern const ReduceKernels reduceKernels;
extern const IndexedKernels indexedKernels;
extern const BasesKernels bases;
extern const InflateKernels inflate;

// constexpr: filled by the linker. An initialiser that runs at load would run on processors that lack its instructions.
extern const Kernels table;
constexpr Kernels table = {
    GDIFF_TEXT(GDIFF_ISA),
    Bfloat16::step == 2,
    norm,
    activation,
    crossEntropy,
    elementary,
    embedding,
    meanPool,
    maxPool,
    batchNorm,
    conv1d,
    philox,
    softmax,
    mlp,
    gemm,
    measure,
    attention,
    adamw,
    tree,
    attentionSublayer,
    unaryKernels,
    binaryKernels,
    convertKernels,
    copyKernels,
    reduceKernels,
    indexedKernels,
    bases,
    inflate,
};

}  // namespace gdiff::GDIFF_ISA
