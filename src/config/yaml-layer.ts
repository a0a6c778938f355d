/** YAML as a layer: sizes and aliases are limited, and a mapping never becomes an object with a prototype. */

import { readFile, stat } from "node:fs/promises";
import { parseDocument } from "yaml";
import { ConfigError, FileError } from "../errors.ts";
import { firstLine } from "../util/first-line.ts";
import { formatCount } from "../util/format.ts";
import { type ConfigLayer, mappingLayer } from "./layer.ts";
import type { FlatOptions } from "./option-table.ts";

/** Configurations are a page of text; more is a wrong file. */
const MOST_BYTES = 1024 * 1024;

/** Nodes that aliases may stand for in all, far below what makes memory grow. */
const MOST_ALIASED_NODES = 100;

/**
 * Reads a YAML file as a layer.
 *
 * @throws {FileError} when the file cannot be read
 * @throws {ConfigError} when it is not YAML, or holds an unknown key or a wrong value
 */
export async function readYamlLayer(file: string, options: FlatOptions): Promise<ConfigLayer> {
  return yamlLayer(await readText(file), file, options);
}

/**
 * Reads the keys of a YAML file, those of sections dotted, whatever options they belong to.
 *
 * @throws {FileError} when the file cannot be read
 * @throws {ConfigError} when it is not YAML
 */
export async function readYamlKeys(file: string): Promise<ReadonlySet<string>> {
  const content = parse(await readText(file), file);
  if (!(content instanceof Map)) return new Set();
  return new Set(
    [...content].flatMap(([key, value]) =>
      value instanceof Map ? [...value.keys()].map((name) => `${key}.${name}`) : [String(key)],
    ),
  );
}

/**
 * Returns the layer that YAML text holds; `file` heads each message.
 *
 * @throws {ConfigError} when it is not YAML, or holds an unknown key or a wrong value
 */
export function yamlLayer(text: string, file: string, options: FlatOptions): ConfigLayer {
  const content = parse(text, file);
  if (content === null) return new Map();
  return mappingLayer(content, file, options, "fromYaml");
}

function parse(text: string, file: string): unknown {
  try {
    const document = parseDocument(text, { version: "1.2", schema: "core" });
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem !== undefined) throw problem;
    return document.toJS({ mapAsMap: true, maxAliasCount: MOST_ALIASED_NODES });
  } catch (cause) {
    const reason = firstLine(cause).replace(/:$/, "");
    throw new ConfigError(`${file}: expected YAML: ${reason}`, { cause });
  }
}

async function readText(file: string): Promise<string> {
  try {
    const status = await stat(file); // before reading: a named pipe waits for its writer, a device may have no end
    if (status.isFile() && status.size <= MOST_BYTES) return await readFile(file, "utf8");
    const what = status.isFile()
      ? `${formatCount(status.size)} bytes`
      : status.isDirectory()
        ? "a folder"
        : "a pipe or device (write it to a file first)";
    throw new Error(`expected a file of at most ${formatCount(MOST_BYTES)} bytes: got ${what}`);
  } catch (cause) {
    // Node's sentence goes on with the call and the path again.
    const [reason] = String(cause instanceof Error ? cause.message : cause).split(", ");
    throw new FileError(`cannot read the configuration ${file}: ${reason}`, { cause });
  }
}
