/** The loops under test: JavaScript's and, where it is built, the add-on's. */

import type { ByteLoops } from "../../src/genome/byte-loops.ts";
import { genomeLoops } from "../../src/genome/node-native-loops.ts";
import { plainByteLoops } from "../../src/genome/plain-byte-loops.ts";

export const EACH_LOOPS: readonly ByteLoops[] = [plainByteLoops, genomeLoops().bytes];
