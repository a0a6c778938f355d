/** Text of a configuration or a command, for a page that is passed on: without what gives access. */

const HIDDEN = "[hidden]";

/**
 * Hides users, passwords and queries of URLs (a signed URL's query is its key), values of keys and flags whose names
 * speak of secrets, and bearer tokens.
 */
export function publicText(text: string): string {
  return text
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'?#]*@/giu, `$1${HIDDEN}@`)
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/[^\s"'?#]*)\?[^\s"'#]*/giu, `$1?${HIDDEN}`)
    .replaceAll(SECRET_FLAG, `$1${HIDDEN}`)
    .replaceAll(SECRET_KEY, `$1${HIDDEN}`)
    .replaceAll(/(\bbearer\s+)[\w.~+/=-]+/giu, `$1${HIDDEN}`);
}

const NAMES = "password|passwd|secret|token(?![a-z])|api[-_]?key|access[-_]?key|credential";
const VALUE = `"[^"\\n]*"|'[^'\\n]*'|[^\\s"',]+`;
/** `--api-key VALUE`. */
const SECRET_FLAG = new RegExp(`(--[\\w-]*(?:${NAMES})[\\w-]*[ \\t=]+)(?:${VALUE})`, "giu");
/** `apiKey: VALUE`, `"token": "VALUE"`, `AWS_SECRET_ACCESS_KEY=VALUE`. */
const SECRET_KEY = new RegExp(
  `([\\w-]*(?:${NAMES})[\\w-]*["']?[ \\t]*[:=][ \\t]*)(?:${VALUE})`,
  "giu",
);
