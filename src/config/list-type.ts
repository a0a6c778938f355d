/** Lists that one flag holds: `--lr 1e-3,2e-3`. In YAML they are lists. */

import type { ValueType } from "./value-types.ts";

/** A list of values of one type, at least one and none twice; commas part them on the command line. */
export function commaList<T>(item: ValueType<T>, placeholder: string): ValueType<readonly T[]> {
  const reading = (read: (value: unknown) => T | undefined) => (value: unknown) => {
    if (!Array.isArray(value) || value.length === 0) return undefined;
    const items = value.map(read).filter((one) => one !== undefined);
    return items.length === value.length && new Set(items).size === items.length
      ? items
      : undefined;
  };
  const refused = (value: unknown): unknown => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.find((one) => item.fromYaml(one) === undefined);
  };
  return {
    placeholder,
    expectation: (value) =>
      `a list without repetitions, each ${item.expectation(refused(value))}, commas between`,
    fromText: (text) => text.split(",").map((one) => item.fromText(one.trim())),
    fromYaml: reading((value) => item.fromYaml(value)),
    check: reading((value) => item.check(value)),
    toYaml: (values) => values.map((value) => item.toYaml(value)),
    isList: false,
  };
}
