/** Option values that are texts of a grammar of their own. In YAML and inside they stay texts; what uses them parses them. */

import type { ValueType } from "../../../src/config/value-types.ts";

/** A text that `isValid` takes; YAML may hold it as a number. */
export function written(
  placeholder: string,
  expectation: (text: string) => string,
  isValid: (text: string) => boolean,
): ValueType<string> {
  const read = (value: unknown): string | undefined => {
    const text = typeof value === "number" ? String(value) : value;
    return typeof text === "string" && isValid(text) ? text : undefined;
  };
  return {
    placeholder,
    expectation: (value) => expectation(String(value)),
    fromText: (text) => text,
    fromYaml: read,
    check: read,
    toYaml: (text) => text,
    isList: false,
  };
}

/** A list of such texts: a YAML list or one of them, a flag given once or more, and commas between. */
export function writtenList(item: ValueType<string>): ValueType<readonly string[]> {
  const parts = (value: unknown): unknown[] =>
    [value].flat().flatMap((one) => (typeof one === "string" ? one.split(/\s*,\s*/) : [one]));
  const read = (value: unknown): readonly string[] | undefined => {
    const items = parts(value).map((one) => item.fromYaml(one));
    const isWhole = items.length > 0 && !items.includes(undefined);
    return isWhole ? (items as string[]) : undefined;
  };
  const refusedItem = (value: unknown): unknown =>
    parts(value).find((one) => item.fromYaml(one) === undefined);
  return {
    ...item,
    placeholder: `${item.placeholder},…`,
    expectation: (value) => item.expectation(refusedItem(value)),
    refusedItem,
    fromText: (text) => [text],
    fromYaml: read,
    check: read,
    toYaml: (texts) => texts,
    isList: true,
  };
}
