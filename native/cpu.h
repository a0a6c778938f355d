/** What this processor can do, and which compiled set of kernels therefore runs. */
#pragma once

#include "kernels.h"

namespace gdiff {

/** The kernels in use: the best set that was compiled and runs here, or the one that was chosen. */
const Kernels& kernels();

/** Chooses by name; throws ArgumentError when it was not compiled or does not run here. */
void selectKernels(const char* name);

struct KernelSet {
  const Kernels* kernels;
  bool (*runsHere)();
};
/** Null-terminated, the best first. */
const KernelSet* kernelSets();

}  // namespace gdiff
