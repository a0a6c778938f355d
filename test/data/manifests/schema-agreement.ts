/** Manifests that are wrong in one place, for tests that a parser and a schema agree on them. */

/** Values that stand where others should. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  1.5,
  2 ** 53,
  2 ** 53 - 1,
  1e300,
  "",
  " ",
  "a b",
  "a",
  "A\u0000",
  "é",
  "\u{1f9ec}",
  "\ud800",
  "a\u00a0b",
  "\u2028",
  "x".repeat(64),
  "x".repeat(65),
  "\u{1f9ec}".repeat(200),
  "\u{1f9ec}".repeat(201),
  "*",
  "**",
  "a*b",
  "https://a",
  "https://a\u0007",
  "http://a",
  "constructor",
  "0".repeat(32),
  "0".repeat(64),
  "G".repeat(32),
  [],
  {},
  [null],
  { a: 1 },
  { constructor: "0".repeat(32) },
  { toString: "a" },
  ["chr1", "chr1"],
];

type Json = { [key: string]: unknown } | unknown[];

/** Every place in a value, as the keys that lead to it. */
export function places(value: unknown, path: readonly string[] = []): string[][] {
  const below =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) => places(item, [...path, key]))
      : [];
  return [[...path], ...below];
}

/** A copy of `good` with one place replaced, removed, or given one key more. */
export function changed(
  good: unknown,
  place: readonly string[],
  act: "replace" | "remove" | "add",
  value: unknown,
): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(good));
  const last = place.at(-1);
  if (last === undefined) return act === "replace" ? value : copy;
  let holder = copy as Json;
  for (const key of place.slice(0, -1)) holder = Reflect.get(holder, key) as Json;
  if (act === "add" || act === "replace") {
    const key = act === "add" ? `${last}x` : last;
    Object.defineProperty(holder, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
  return JSON.parse(JSON.stringify(copy));
}

/** Manifests that a parser and a schema judge differently: each place of `good` taken away, replaced, or beside one more. */
export function disagreements(
  good: unknown,
  isParsed: (manifest: unknown) => boolean,
  isValid: (manifest: unknown) => boolean,
): unknown[] {
  const acts = [
    ["remove", undefined] as const,
    ...HOSTILE.flatMap((one) => [["replace", one] as const, ["add", one] as const]),
  ];
  return places(good).flatMap((place) =>
    acts.flatMap(([act, value]) => {
      const manifest = changed(good, place, act, value);
      return isParsed(manifest) === isValid(manifest) ? [] : [[place.join("."), act, value]];
    }),
  );
}
