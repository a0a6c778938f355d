import { FileError } from "../../errors.ts";
import { parseStrictJson } from "../../util/strict-json.ts";

/** Takes values of JSON for what they should be; a refusal is a FileError that names the file and the key. */
export class ManifestReader {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  json(text: string, maxDepth: number): unknown {
    try {
      return parseStrictJson(text, maxDepth);
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      throw new FileError(`${this.#path}: expected JSON, got ${cause.message}`, { cause });
    }
  }

  refusal(where: string, expected: string, value: unknown): FileError {
    const got = value === undefined ? "nothing" : JSON.stringify(value).slice(0, 60);
    return new FileError(`${this.#path}: expected ${where} to be ${expected}, got ${got}`);
  }

  check(isGood: boolean, where: string, expected: string, value: unknown): void {
    if (!isGood) throw this.refusal(where, expected, value);
  }

  mapping<Key extends string>(
    value: unknown,
    where: string,
    keys: readonly Key[],
  ): Readonly<Record<Key, unknown>> {
    const isMapping = (item: unknown): item is Readonly<Record<Key, unknown>> => isObject(item);
    if (!isMapping(value)) throw this.refusal(where, "a mapping", value);
    const unknown = Object.keys(value).find((key) => !keys.some((known) => known === key));
    this.check(unknown === undefined, `the keys of ${where}`, keys.join(", "), unknown);
    return value;
  }

  /** A mapping whose keys are the file's own, as a Map: `constructor` is a key like any other there. */
  entries<T>(
    value: unknown,
    where: string,
    key: RegExp,
    parse: (value: unknown, where: string) => T,
    expected = "words of at most 32 lower-case letters, digits and -",
  ): ReadonlyMap<string, T> {
    if (!isObject(value)) throw this.refusal(where, "a mapping", value);
    return new Map(
      Object.entries(value).map(([name, item]) => {
        this.check(key.test(name), `the keys of ${where}`, expected, name);
        return [name, parse(item, `${where}.${name}`)] as const;
      }),
    );
  }

  /** @param least items, and @param most */
  list(value: unknown, where: string, least = 0, most = 1000): readonly unknown[] {
    if (!Array.isArray(value)) throw this.refusal(where, "a list", value);
    if (value.length >= least && value.length <= most) return value;
    throw this.refusal(where, `a list of ${least} to ${most} items`, value.length);
  }

  text(value: unknown, where: string, pattern: RegExp, expected: string): string {
    if (typeof value === "string" && pattern.test(value)) return value;
    throw this.refusal(where, expected, value);
  }

  name(value: unknown, where: string): string {
    return this.text(value, where, NAME, "a name without spaces");
  }

  hex(value: unknown, where: string, digits: number): string {
    return this.text(value, where, new RegExp(`^[0-9a-f]{${digits}}$`), `${digits} hex digits`);
  }

  count(value: unknown, where: string): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    throw this.refusal(where, "a positive integer", value);
  }

  whole(value: unknown, where: string): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw this.refusal(where, "a whole number", value);
  }

  time(value: unknown, where: string): number {
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw this.refusal(where, "a time in milliseconds", value);
  }

  truth(value: unknown, where: string): boolean {
    if (typeof value === "boolean") return value;
    throw this.refusal(where, "true or false", value);
  }
}

/** Of a contig: one word, nothing that moves a cursor. */
const NAME = /^[^\s\p{Cc}]{1,200}$/u;

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
