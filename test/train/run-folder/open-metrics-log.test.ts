import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { FileError } from "../../../src/errors.ts";
import { openMetricsLog } from "../../../src/train/run-folder/open-metrics-log.ts";
import { readMetrics } from "../../../src/train/run-folder/read-metrics.ts";
import { temporaryRunFolder, temporarySmallDisk } from "../../support/run-folders.ts";

/** Codes that the next writes to a file fail with; `partial` bytes are written before. */
const disk = vi.hoisted(() => ({
  fault: undefined as { code: string; partial: number } | undefined,
}));

vi.mock("node:fs", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs")>();
  const writeSync = (file: number, bytes: Uint8Array, offset: number): number => {
    if (disk.fault === undefined) return real.writeSync(file, bytes, offset);
    const { code, partial } = disk.fault;
    if (partial > 0) {
      disk.fault = { code, partial: 0 };
      return real.writeSync(file, bytes, offset, partial);
    }
    disk.fault = undefined;
    throw Object.assign(new Error(`${code}: injected`), { code, syscall: "write" });
  };
  return { ...real, writeSync };
});

const newPath = (): string => join(temporaryRunFolder(), "metrics.jsonl");
const lossAt = (step: number): { step: number; kind: string; loss: number } => ({
  step,
  kind: "train",
  loss: 1 / step,
});

async function logSteps(
  path: string,
  from: number,
  to: number,
  resumeAfterStep?: number,
): Promise<void> {
  const log = await openMetricsLog(path, { resumeAfterStep });
  for (let step = from; step <= to; step++) {
    log.append(lossAt(step));
    if (step % 4 === 0) log.append({ ...lossAt(step), kind: "evaluation" });
  }
  log.close();
}

describe("openMetricsLog", () => {
  it("writes one JSON line a record, at once", async () => {
    const path = newPath();
    const log = await openMetricsLog(path, {});
    log.append(lossAt(1));
    expect(readFileSync(path, "utf8")).toBe('{"step":1,"kind":"train","loss":1}\n');
    log.append({ step: 2, loss: Number.NaN, note: "a\nb" });
    log.sync();
    expect(readFileSync(path, "utf8")).toBe(
      '{"step":1,"kind":"train","loss":1}\n{"step":2,"loss":null,"note":"a\\nb"}\n',
    );
    log.close();
  });

  it("starts a new run with an empty log", async () => {
    const path = newPath();
    await logSteps(path, 1, 9);
    await logSteps(path, 1, 2);
    expect(await readMetrics(path)).toEqual([lossAt(1), lossAt(2)]);
  });

  it("leaves, wherever a run is interrupted and resumed, the bytes of a run that was not", async () => {
    const whole = newPath();
    await logSteps(whole, 1, 9);
    const expected = readFileSync(whole, "utf8");
    for (let cut = 0; cut <= expected.length; cut++) {
      const path = newPath();
      writeFileSync(path, expected.slice(0, cut));
      const logged = (await readMetrics(path)).at(-1)?.step ?? 0;
      const checkpoint = Math.max(0, Math.floor((logged - 1) / 4) * 4); // its records are whole before it is written
      await logSteps(path, checkpoint + 1, 9, checkpoint);
      expect(readFileSync(path, "utf8")).toBe(expected);
    }
  });

  it("keeps a last record that lacks only its line feed", async () => {
    const path = newPath();
    writeFileSync(path, '{"step":1}\n{"step":2}');
    const log = await openMetricsLog(path, { resumeAfterStep: 2 });
    log.append({ step: 3 });
    log.close();
    expect(readFileSync(path, "utf8")).toBe('{"step":1}\n{"step":2}\n{"step":3}\n');
  });

  it("resumes where there is no log yet", async () => {
    const path = newPath();
    await logSteps(path, 3, 3, 2);
    expect(await readMetrics(path)).toEqual([lossAt(3)]);
  });

  it("leaves no other file behind", async () => {
    const path = newPath();
    await logSteps(path, 1, 9);
    await logSteps(path, 6, 9, 5);
    expect(readdirSync(join(path, ".."))).toEqual(["metrics.jsonl"]);
  });

  it.each([
    [
      "ENOSPC",
      0,
      "no space left to write it (ENOSPC): nothing was overwritten; free space and run again with --resume",
    ],
    [
      "ENOSPC",
      5,
      "no space left to write it (ENOSPC): nothing was overwritten; free space and run again with --resume",
    ],
    ["EIO", 5, "the disk failed to write it (EIO)"],
  ])(
    "says what to do on %s after %i bytes of a line, and leaves no part of it",
    async (code, partial, message) => {
      const path = newPath();
      const log = await openMetricsLog(path, {});
      log.append(lossAt(1));
      disk.fault = { code, partial };
      expect(() => log.append(lossAt(2))).toThrow(new FileError(`${path}: ${message}`));
      log.append(lossAt(3));
      log.close();
      expect(await readMetrics(path)).toEqual([lossAt(1), lossAt(3)]);
    },
  );

  it("says that a real disk is full, with whole lines on it", async (context) => {
    const folder = temporarySmallDisk("16k");
    if (folder === undefined) return context.skip();
    const path = join(folder, "metrics.jsonl");
    const log = await openMetricsLog(path, {});
    let step = 1;
    expect(() => {
      for (; ; step++) log.append(lossAt(step));
    }).toThrow("no space left to write it (ENOSPC)");
    log.close();
    expect(await readMetrics(path)).toHaveLength(step - 1);
    expect(readFileSync(path, "utf8").endsWith("}\n")).toBe(true);
  });

  it("says when the log cannot be opened", async () => {
    const path = join(newPath(), "nowhere");
    await expect(openMetricsLog(path, {})).rejects.toThrow(
      new FileError(`${path}: nothing there to write (ENOENT)`),
    );
    const folder = temporaryRunFolder();
    await expect(openMetricsLog(folder, { resumeAfterStep: 1 })).rejects.toThrow(
      new FileError(`${folder}: the disk failed to read it (EISDIR)`),
    );
  });
});

describe("readMetrics", () => {
  it("leaves out a last line that is being written", async () => {
    const path = newPath();
    await logSteps(path, 1, 2);
    appendFileSync(path, '{"step":3,"lo');
    expect(await readMetrics(path)).toEqual([lossAt(1), lossAt(2)]);
  });

  it("says when there is no log", async () => {
    const path = newPath();
    await expect(readMetrics(path)).rejects.toThrow(
      new FileError(`${path}: nothing there to read (ENOENT)`),
    );
  });

  it.each([
    ["", "nothing"],
    ["{", '"{"'],
    ["[1]", '"[1]"'],
    ['{"loss":1}', '"{\\"loss\\":1}"'],
    ['{"step":"1"}', '"{\\"step\\":\\"1\\"}"'],
  ])("refuses the line %j, and resuming on it", async (line, got) => {
    const path = newPath();
    writeFileSync(path, `{"step":1}\n${line}\n{"step":2}\n`);
    const error = new FileError(
      `${path} line 2: expected a JSON mapping with a step, got ${got} (delete the line, or move the file away)`,
    );
    await expect(readMetrics(path)).rejects.toThrow(error);
    await expect(openMetricsLog(path, { resumeAfterStep: 1 })).rejects.toThrow(error);
  });
});
