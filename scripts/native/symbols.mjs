/*
 * What kernels/ must not bring along. A linker keeps one copy of a function that several objects define (inline
 * functions, templates): were it the copy compiled for AVX-512, every processor would run it. And an initialiser
 * that runs at load would run before anyone has asked what the processor has.
 */

import { spawnSync } from "node:child_process";

/** Data that the compiler itself shares, and a call of std::terminate: the same bytes in every object. */
const HARMLESS = /^(DW\.ref\.|__clang_call_terminate$)/;

/** One line a symbol that an object of instruction set `set` may not define; undefined where there is no nm. */
export function foreignSymbols(objects, set) {
  const { status, stdout, error } = spawnSync("nm", ["-o", "--defined-only", ...objects], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined || status !== 0) return undefined;
  const found = [];
  for (const line of stdout.split("\n")) {
    const parts = /^(.*):[0-9a-f]* ([A-Za-z]) (\S+)$/.exec(line);
    if (parts === null) continue;
    const [, object, type, symbol] = parts;
    const file = object.split("/").at(-1);
    if (symbol.startsWith("_GLOBAL__sub_I"))
      found.push(`${file} runs code when it is loaded (${symbol})`);
    else if (isShared(type) && !isNamedFor(symbol, set) && !HARMLESS.test(symbol))
      found.push(
        `${file} defines ${symbol}, which objects of other instruction sets may define too`,
      );
  }
  return found;
}

/** Whether other objects see the symbol: upper case, weak, or unique. */
function isShared(type) {
  return /[A-Zuvw]/.test(type);
}

/** Whether the mangled name has the set's namespace in it, which no other object's has. */
function isNamedFor(symbol, set) {
  return symbol.includes(`${set.length}${set}`);
}
