import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../../genome/fixtures.ts";

/** An empty data folder that $GDIFF_DATA names for the time of the test. */
export function dataFolder(): string {
  const folder = temporaryFolder();
  vi.stubEnv("GDIFF_DATA", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  return folder;
}

/** Writes a file into `folder`; its path. */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A manifest of two contigs, as text; `md5` of each in two flavours. */
export function manifestText(
  contigs: readonly { readonly name: string; readonly length: number; readonly md5: object }[],
  more: object = {},
): string {
  return JSON.stringify({
    schema: 1,
    name: "toy",
    aliases: ["t1"],
    about: "of a test",
    flavours: { plain: "as it is", masked: "hard-masked" },
    contigs: contigs.map(({ name, length, md5 }) => ({
      name,
      aliases: { other: `other-${name}` },
      class: "primary",
      lengthBases: length,
      md5,
    })),
    ...more,
  });
}
