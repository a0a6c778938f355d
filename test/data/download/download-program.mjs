// Downloads argv[2] to argv[3] with the SHA-256 argv[4], as the built library does it; says when it is complete.

import { download } from "../../../dist/src/data/download/download.js";
import { openHttpClient } from "../../../dist/src/util/http/client.js";

const [, , url, path, sha256] = process.argv;
const client = openHttpClient({ env: {} });
const onProgress = (bytes) => process.send?.(bytes);
const facts = await download(url, path, { client, expected: { sha256 }, onProgress });
await client.close();
console.log(JSON.stringify(facts));
process.disconnect?.();
