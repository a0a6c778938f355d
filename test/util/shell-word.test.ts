import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { shellWord } from "../../src/util/shell-word.ts";

it.each(["runs/a-1.2", "my runs/a", "it's", "$HOME", "a;b", "", "'", "*", "~x"])(
  "a shell takes %j for one word",
  (text) => {
    expect(
      execFileSync("sh", ["-c", `printf '<%s>' ${shellWord(text)}`], { encoding: "utf8" }),
    ).toBe(`<${text}>`);
  },
);

it("leaves a plain path as it is", () => {
  expect(shellWord("runs/a-1.2")).toBe("runs/a-1.2");
});
