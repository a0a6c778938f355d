import { spawnSync } from "node:child_process";

/** What `samtools dict` says of a FASTA's contigs: name, bases, and MD5 of the upper-case bases. */
export function samtoolsDict(path: string): { name: string; length: number; md5: string }[] {
  const { status, stdout, stderr } = spawnSync("samtools", ["dict", path], { encoding: "utf8" });
  if (status !== 0) throw new Error(`samtools dict failed: ${stderr}`);
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("@SQ"))
    .map((line) => {
      const field = (tag: string): string => new RegExp(`\t${tag}:([^\t]*)`).exec(line)?.[1] ?? "";
      return { name: field("SN"), length: Number(field("LN")), md5: field("M5") };
    });
}
