/** TensorFlow.js' own operations, by family. */

import type { NativeKernel } from "../kernel.ts";
import { ADD_N } from "./add-n.ts";
import { ARG_EXTREMES } from "./arg-extreme.ts";
import { BINARY } from "./binary.ts";
import { CAST } from "./cast.ts";
import { COMPARISONS } from "./compare.ts";
import { CONCATENATIONS } from "./concat.ts";
import { CUMSUM } from "./cumsum.ts";
import { FILLS } from "./fill.ts";
import { GATHER } from "./gather.ts";
import { ONE_HOT } from "./one-hot.ts";
import { PAD } from "./pad.ts";
import { REDUCTIONS } from "./reduce.ts";
import { REVERSE } from "./reverse.ts";
import { SEGMENT_SUM } from "./segment-sum.ts";
import { SELECT } from "./select.ts";
import { SLICES } from "./slice.ts";
import { STRIDED_SLICE } from "./strided-slice.ts";
import { TILE } from "./tile.ts";
import { TRANSPOSE } from "./transpose.ts";
import { UNARY } from "./unary.ts";

export const GENERIC: readonly NativeKernel[] = [
  ...UNARY,
  ...BINARY,
  ...COMPARISONS,
  ...REDUCTIONS,
  ...ARG_EXTREMES,
  ...FILLS,
  ...SLICES,
  ...CONCATENATIONS,
  ADD_N,
  CAST,
  CUMSUM,
  GATHER,
  ONE_HOT,
  PAD,
  REVERSE,
  SEGMENT_SUM,
  SELECT,
  STRIDED_SLICE,
  TILE,
  TRANSPOSE,
];
