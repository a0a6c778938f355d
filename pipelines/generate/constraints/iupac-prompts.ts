/** Prompts and IUPAC letters together: by record, or the letters alone as prompts of their own. */

import { ConfigError } from "../../../src/errors.ts";
import { isBase, MASK_ID } from "../../../src/tokens/alphabet.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { formatCount } from "../../../src/util/format.ts";
import { nearestName } from "../../../src/util/nearest-name.ts";
import type { Prompt } from "../requests.ts";
import type { IupacRecord } from "./read-iupac.ts";

/** Letters as prompts: a base that alone may stand is kept. */
export function iupacAsPrompts(records: readonly IupacRecord[]): Prompt[] {
  return records.map(({ id, text, sets }) => {
    const { ids } = encodeBases(new TextEncoder().encode(text));
    return { id, text, ids: ids.map((base) => (isBase(base) ? base : MASK_ID)), sets };
  });
}

/**
 * Gives each record of a prompt the letters of its name; one without letters is as free as before.
 *
 * @param file of the letters, for messages
 * @throws {ConfigError} when letters belong to no record, or are not as many as its bases
 */
export function withIupac(
  prompts: readonly Prompt[],
  records: readonly IupacRecord[],
  file: string,
): Prompt[] {
  const ids = prompts.map(({ id }) => id);
  const stray = records.find(({ id }) => !ids.includes(id));
  if (stray !== undefined) {
    const nearest = nearestName(stray.id, ids);
    throw new ConfigError(
      `${file}: expected records of the prompt, got ${stray.id}${nearest === undefined ? "" : ` (${nearest}?)`}`,
    );
  }
  return prompts.map((prompt) => {
    const sets = records.find(({ id }) => id === prompt.id)?.sets;
    if (sets === undefined) return prompt;
    if (sets.length !== prompt.ids.length) {
      throw new ConfigError(
        `${file}: expected as many letters of ${prompt.id} as the prompt has (${formatCount(prompt.ids.length)}), got ${formatCount(sets.length)}`,
      );
    }
    return { ...prompt, sets };
  });
}
