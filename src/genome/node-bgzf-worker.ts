/** A thread that decodes batches of BGZF blocks: memory is shared, messages say which part of it. */

import { parentPort, workerData } from "node:worker_threads";
import { CompressionError } from "../errors.ts";
import { decodeBlocks } from "./decode-blocks.ts";
import {
  type DecodeReply,
  type DecodeRequest,
  type DecodeWorkerData,
  READY,
} from "./node-bgzf-pool.ts";
import { genomeLoops } from "./node-native-loops.ts";

const { file } = workerData as DecodeWorkerData;
const { inflate } = genomeLoops();

function decode({ blocks, text, offset }: DecodeRequest): DecodeReply {
  try {
    return { length: decodeBlocks(blocks, text, offset, file, inflate) };
  } catch (error) {
    if (error instanceof CompressionError) return { refusal: error.message };
    throw error; // ends the thread, which its owner hears
  }
}

parentPort?.postMessage(READY);
parentPort?.on("message", (request: DecodeRequest) => parentPort?.postMessage(decode(request)));
