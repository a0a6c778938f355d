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
    const isMapping = (item: unknown): item is Readonly<Record<Key, unknown>> =>
      typeof item === "object" && item !== null && !Array.isArray(item);
    if (!isMapping(value)) throw this.refusal(where, "a mapping", value);
    const unknown = Object.keys(value).find((key) => !keys.some((known) => known === key));
    this.check(unknown === undefined, `the keys of ${where}`, keys.join(", "), unknown);
    return value;
  }

  list(value: unknown, where: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    throw this.refusal(where, "a list", value);
  }

  text(value: unknown, where: string, pattern: RegExp, expected: string): string {
    if (typeof value === "string" && pattern.test(value)) return value;
    throw this.refusal(where, expected, value);
  }

  name(value: unknown, where: string): string {
    return this.text(value, where, /^\S+$/, "a name without spaces");
  }

  names(value: unknown, where: string): readonly string[] {
    return this.list(value, where).map((item, i) => this.name(item, `${where}[${i}]`));
  }

  hex(value: unknown, where: string, digits: number): string {
    return this.text(value, where, new RegExp(`^[0-9a-f]{${digits}}$`), `${digits} hex digits`);
  }

  count(value: unknown, where: string): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    throw this.refusal(where, "a positive integer", value);
  }
}
