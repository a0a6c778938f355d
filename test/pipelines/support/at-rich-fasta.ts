import { writeFileSync } from "node:fs";
import { uniforms } from "./seeded.ts";

/** Writes 20,000 bases as chr20, A or T nine times in ten: 1.47 bits a base on either strand. */
export function writeAtRichFasta(path: string): void {
  const bases = uniforms(9, 20_000).map((u) => "ATATATATATATATATATCG"[Math.floor(20 * u)]);
  writeFileSync(path, `>chr20\n${bases.join("")}\n`);
}
