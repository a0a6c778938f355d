/**
 * Progress on stderr: one line that is drawn over on a terminal, else a line every ten seconds and the last one.
 * No colours and no escape sequences, so NO_COLOR holds by itself; CI and TERM=dumb get lines.
 */

import type { Progress } from "../../pipelines/io.ts";
import { formatCount, formatDigits, formatDuration, formatOneLine } from "../util/format.ts";
import type { Host, OutputStream } from "./host.ts";

const BAR_CELLS = 20;
const REDRAW_MS = 100;
const LINE_EVERY_MS = 10_000;

/** A progress display that lets other lines through. */
export interface ProgressDisplay extends Progress {
  /** Writes a line above the bar. */
  print(line: string): void;
}

/** Whether the display is one line that is drawn over. */
export function isDrawnOver({ stderr, env }: Pick<Host, "stderr" | "env">): boolean {
  return stderr.isTTY === true && env.TERM !== "dumb" && (env.CI ?? "") === "";
}

/** Returns a display on `stream`; `now` is a clock in milliseconds. */
export function progressDisplay(
  stream: OutputStream,
  isBar: boolean,
  now: () => number,
): ProgressDisplay {
  let first: { readonly done: number; readonly at: number } | undefined;
  let last: Update | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  let isShown = false;
  let drawnCells = 0;

  const erase = (): void => {
    if (drawnCells > 0) stream.write(`\r${" ".repeat(drawnCells)}\r`);
    drawnCells = 0;
  };
  const draw = (): void => {
    if (last === undefined) return;
    const columns = (stream.columns ?? 80) - 1;
    const line = isBar ? `${bar(last)} ${describe(last)}`.slice(0, columns) : describe(last);
    if (isBar) {
      stream.write(`\r${line.padEnd(drawnCells)}`);
      drawnCells = line.length;
    } else stream.write(`${line}\n`);
    shownAt = now();
    isShown = true;
  };

  return {
    update(done, total, note) {
      const at = now();
      first ??= { done, at };
      last = { done, total, note, elapsedMs: at - first.at, before: first.done };
      isShown = false;
      const isLast = done >= total;
      if (isLast || at - shownAt >= (isBar ? REDRAW_MS : LINE_EVERY_MS)) draw();
    },
    finish() {
      if (last !== undefined && !isShown) draw();
      if (drawnCells > 0) stream.write("\n");
      [first, last, drawnCells, shownAt] = [undefined, undefined, 0, Number.NEGATIVE_INFINITY];
    },
    print(line) {
      const hadBar = drawnCells > 0;
      erase();
      stream.write(`${formatOneLine(line)}\n`);
      if (hadBar) draw();
    },
  };
}

interface Update {
  readonly done: number;
  readonly total: number;
  readonly note: string;
  /** Since the first update. */
  readonly elapsedMs: number;
  /** What the first update had done: a resumed run starts in the middle. */
  readonly before: number;
}

function bar({ done, total }: Update): string {
  const full = total > 0 ? Math.min(BAR_CELLS, Math.floor((done / total) * BAR_CELLS)) : 0;
  return `[${"#".repeat(full)}${"-".repeat(BAR_CELLS - full)}]`;
}

/** `120/2,000  6%  3.2/s  9m46s left  loss 1.93`. */
function describe({ done, total, note, elapsedMs, before }: Update): string {
  const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
  const parts = [`${formatCount(done)}/${formatCount(total)}`, `${percent}%`];
  if (elapsedMs > 0 && done > before) {
    const perSecond = ((done - before) / elapsedMs) * 1000;
    const left = Math.round(Math.max(0, total - done) / perSecond) * 1000;
    parts.push(`${formatDigits(perSecond)}/s`);
    if (done < total) parts.push(`${formatDuration(left)} left`);
  }
  if (note !== "") parts.push(formatOneLine(note));
  return parts.join("  ");
}
