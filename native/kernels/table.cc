#include "../kernels.h"
#include "unit.h"

#define GDIFF_TEXT_OF(name) #name
#define GDIFF_TEXT(name) GDIFF_TEXT_OF(name)

namespace gdiff::GDIFF_ISA {

extern const NormKernels norm;
extern const MlpKernels mlp;
extern const GemmKernels gemm;
extern const MeasureKernels measure;
extern const AttentionKernels attention;

// constexpr: filled by the linker. An initialiser that runs at load would run on processors that lack its instructions.
extern const Kernels table;
constexpr Kernels table = {
    GDIFF_TEXT(GDIFF_ISA),
    Bfloat16::step == 2,
    norm,
    mlp,
    gemm,
    measure,
    attention,
};

}  // namespace gdiff::GDIFF_ISA
