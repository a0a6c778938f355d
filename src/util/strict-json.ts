/**
 * JSON from files that may be damaged or hostile: a key given twice and deep nesting are refused, where
 * `JSON.parse` keeps the last value and follows any depth.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses JSON text whose lists and mappings are at most `maxDepth` levels deep.
 *
 * @throws {SyntaxError} whose message ends a sentence: `text that is not JSON`, `key "a" twice`, `more than 4 levels`
 */
export function parseStrictJson(text: string, maxDepth: number): unknown {
  const repeated = findRepeatedKey(text, maxDepth);
  const value = parse(text);
  if (repeated !== undefined) throw new SyntaxError(`key ${JSON.stringify(repeated)} twice`);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError("text that is not JSON", { cause });
  }
}

/** Scans before `JSON.parse`, so that depth is bounded before memory is spent; text that is not JSON scans to anything. */
function findRepeatedKey(text: string, maxDepth: number): string | undefined {
  const keysOfOpen: (Set<unknown> | undefined)[] = []; // undefined for a list
  let expectsKey = false;
  let repeated: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character === QUOTE) {
      const end = endOfString(text, i);
      const keys = keysOfOpen.at(-1);
      if (expectsKey && keys !== undefined) {
        const key = parse(text.slice(i, end));
        if (keys.has(key)) repeated ??= String(key);
        keys.add(key);
      }
      expectsKey = false;
      i = end - 1;
      continue;
    }
    switch (text[i]) {
      case "{":
      case "[":
        if (keysOfOpen.length === maxDepth) throw new SyntaxError(`more than ${maxDepth} levels`);
        keysOfOpen.push(text[i] === "{" ? new Set() : undefined);
        expectsKey = true;
        break;
      case "}":
      case "]":
        keysOfOpen.pop();
        expectsKey = false;
        break;
      case ",":
        expectsKey = true;
        break;
    }
  }
  return repeated;
}

/** Index after the closing quote of the string that opens at `start`, or the text's end. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text.charCodeAt(i) !== QUOTE) {
    i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
  }
  return Math.min(i + 1, text.length);
}
