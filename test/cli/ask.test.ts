import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { asker } from "../../src/cli/ask.ts";

function terminal(isTTY = true) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const shown = (): string => String(stderr.read() ?? "");
  return { stdin, stderr, shown };
}

const never = new AbortController().signal;

test.each([
  ["y\n", true],
  ["YES\n", true],
  [" yes \r\n", true],
  ["n\n", false],
  ["\n", false],
  ["yesterday\n", false],
])("%j is %s", async (typed, expected) => {
  const { shown, ...host } = terminal();
  const answer = asker(host, never)?.("download\u001b[31m it?");
  host.stdin.write(typed);
  expect(await answer).toBe(expected);
  expect(shown()).toBe("download\\x1b[31m it? [y/N] ");
});

test("the end of the input is a no", async () => {
  const { shown: _, ...host } = terminal();
  const answer = asker(host, never)?.("sure?");
  host.stdin.end();
  expect(await answer).toBe(false);
});

test("nobody is asked who is not at a terminal", () => {
  const { stdin } = terminal(false);
  const { stderr } = terminal();
  expect(asker({ stdin, stderr }, never)).toBeUndefined();
  expect(asker({ stdin: terminal().stdin, stderr: terminal(false).stderr }, never)).toBeUndefined();
});

test("a stop ends the question with its reason", async () => {
  const { shown: _, ...host } = terminal();
  const stop = new AbortController();
  const reason = { signal: "SIGINT" };
  const answer = asker(host, stop.signal)?.("sure?");
  stop.abort(reason);
  await expect(answer).rejects.toBe(reason);
  await expect(asker(host, stop.signal)?.("again?")).rejects.toBe(reason);
});
