/** Decodes a BGZF file by threads, and says in JSON what came: `FILE THREADS WAIT [stop]`. */

import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { byteChunks } from "../../dist/src/genome/byte-chunks.js";
import { openFileSource } from "../../dist/src/genome/node-file-source.js";
import { parallelBgzf } from "../../dist/src/genome/node-parallel-bgzf.js";

const [path, threads, wait, stop] = process.argv.slice(2);
const source = openFileSource(path);
const md5 = createHash("md5");
let bytes = 0;
let refusal = "";
try {
  for await (const piece of parallelBgzf(byteChunks(source, 100_003), "x.gz", Number(threads))) {
    if (bytes === 0) await setTimeout(Number(wait)); // threads begin meanwhile
    md5.update(piece);
    bytes += piece.length;
    if (stop === "stop") break;
  }
} catch (error) {
  refusal = `${error.name}: ${error.message}`;
}
await source.close();
process.stdout.write(JSON.stringify({ bytes, md5: md5.digest("hex"), refusal }));
