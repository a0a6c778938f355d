import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import type { OutputStream } from "../../src/cli/host.ts";
import { isDrawnOver, type ProgressDisplay, progressDisplay } from "../../src/cli/progress.ts";

/** A display on a stream that is read back, and a clock that stands until it is told. */
function displayed(isBar: boolean, columns?: number) {
  let now = 0;
  const pipe = new PassThrough({ encoding: "utf8" });
  const stream: OutputStream = columns === undefined ? pipe : Object.assign(pipe, { columns });
  const display: ProgressDisplay = progressDisplay(stream, isBar, () => now);
  return {
    display,
    at(ms: number): ProgressDisplay {
      now = ms;
      return display;
    },
    written: (): string => pipe.read() ?? "",
  };
}

describe("lines", () => {
  test("come every ten seconds, and for the last step", () => {
    const { at, written } = displayed(false);
    at(0).update(0, 2000, "loss 2");
    at(9_999).update(99, 2000, "loss 1.9");
    at(10_000).update(100, 2000, "loss 1.9");
    at(15_000).update(150, 2000, "loss 1.8");
    at(20_000).update(2000, 2000, "loss 1.7");
    at(20_000).finish();
    expect(written()).toBe(
      [
        "0/2,000  0%  loss 2",
        "100/2,000  5%  10/s  3m10s left  loss 1.9",
        "2,000/2,000  100%  100/s  loss 1.7",
        "",
      ].join("\n"),
    );
  });

  test("the last update is written even when the run ends before its last step", () => {
    const { at, written } = displayed(false);
    at(0).update(0, 10, "");
    at(1000).update(5, 10, "");
    at(1000).finish();
    at(1000).finish();
    expect(written()).toBe("0/10  0%\n5/10  50%  5/s  1s left\n");
  });

  test("a resumed run's rate counts from where it began", () => {
    const { at, written } = displayed(false);
    at(0).update(500, 1000, "");
    at(10_000).update(600, 1000, "");
    expect(written()).toBe("500/1,000  50%\n600/1,000  60%  10/s  40s left\n");
  });

  test("notices stand by themselves, control characters made visible", () => {
    const { display, written } = displayed(false);
    display.print("chr1\u001b[2J\nlost");
    expect(written()).toBe("chr1\\x1b[2J\\nlost\n");
  });
});

describe("the bar", () => {
  test("is drawn over itself ten times a second at most", () => {
    const { at, written } = displayed(true);
    at(0).update(0, 4, "a longer note");
    at(50).update(1, 4, "unseen");
    at(1000).update(2, 4, "b");
    at(1001).update(4, 4, "c");
    at(1001).finish();
    const first = "[--------------------] 0/4  0%  a longer note";
    const second = "[##########----------] 2/4  50%  2/s  1s left  b";
    const third = "[####################] 4/4  100%  4/s  c";
    expect(written()).toBe(`\r${first}\r${second}\r${third.padEnd(second.length)}\n`);
  });

  test("makes way for a notice and comes back", () => {
    const { at, display, written } = displayed(true);
    at(0).update(1, 2, "");
    const bar = "[##########----------] 1/2  50%";
    display.print("saved");
    display.finish();
    expect(written()).toBe(`\r${bar}\r${" ".repeat(bar.length)}\rsaved\n\r${bar}\n`);
  });

  test("fits the terminal and writes no escape sequence", () => {
    const { display, written } = displayed(true, 30);
    display.update(1, 2, "x".repeat(100));
    const text = written();
    expect(text).toHaveLength(30); // a carriage return and 29 cells
    expect(text).not.toContain("\u001b");
  });
});

test.each([
  [true, {}, true],
  [true, { NO_COLOR: "1" }, true],
  [true, { TERM: "dumb" }, false],
  [true, { CI: "true" }, false],
  [true, { CI: "" }, true],
  [false, {}, false],
])("on a terminal: %s, with %j: a bar is %s", (isTTY, env, isBar) => {
  const stderr: OutputStream = Object.assign(new PassThrough(), { isTTY });
  expect(isDrawnOver({ stderr, env })).toBe(isBar);
});
