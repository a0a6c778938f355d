/** Constraints from a YAML file, each error with its line. */

import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { type ConfigLayer, mappingLayer } from "../../../src/config/layer.ts";
import { flattenOptions } from "../../../src/config/option-table.ts";
import { resolveConfig } from "../../../src/config/resolve-config.ts";
import { ConfigError } from "../../../src/errors.ts";
import { readTextBytes } from "../../../src/genome/node-read-text.ts";
import { expectedValue } from "../../../src/util/expect.ts";
import { type Constraints, fileConstraintOptions } from "./options.ts";

/** A file of constraints is a page of text. */
const MOST_BYTES = 2 ** 20;
const FLAT = flattenOptions(fileConstraintOptions);

/**
 * Reads a file of constraints.
 *
 * @throws {FileError} when it cannot be read
 * @throws {ConfigError} naming file, line and key
 */
export async function readConstraints(file: string): Promise<Constraints> {
  const bytes = await readTextBytes(file, MOST_BYTES);
  return parseConstraints(new TextDecoder().decode(bytes), file);
}

/**
 * Parses the text of a file of constraints.
 *
 * @throws {ConfigError} naming file, line and key
 */
export function parseConstraints(text: string, file: string): Constraints {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: "1.2", schema: "core", lineCounter: lines });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const { line } = lines.linePos(problem.pos[0]);
    const [reason] = problem.message.split(/ at line| \(|\n/);
    throw new ConfigError(`${file} line ${line}: expected YAML: ${reason}`, { cause: problem });
  }
  const { contents } = document;
  if (contents === null) return resolveConfig(fileConstraintOptions, []);
  if (!isMap(contents)) {
    throw new ConfigError(`${file}: ${expectedValue("constraints", "a mapping", document.toJS())}`);
  }
  const layers: ConfigLayer[] = [];
  for (const { key, value } of contents.items) {
    const start = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    const where = `${file} line ${lines.linePos(start).line}`;
    const name = isScalar(key) ? String(key.value) : "?";
    const raw: unknown = isScalar(value) ? value.value : plain(value);
    layers.push(mappingLayer(new Map([[name, raw]]), where, FLAT, "fromYaml"));
  }
  return resolveConfig(fileConstraintOptions, layers);

  function plain(value: unknown): unknown {
    const node = value as { toJS?(from: typeof document): unknown } | null;
    return node?.toJS?.(document) ?? null;
  }
}
