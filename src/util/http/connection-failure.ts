/** What went wrong between here and a server, in words; what may pass by itself is told from what stays. */

import { RemoteError } from "../../errors.ts";
import { PRIVATE_ADDRESS } from "./public-lookup.ts";
import { TransientFailure } from "./transient-failure.ts";

/** Failures that stay until somebody does something. */
const LASTING: Readonly<Record<string, string>> = {
  ENOTFOUND:
    "its host name is not known (check the URL, and whether a proxy is needed: HTTPS_PROXY)",
  CERT_HAS_EXPIRED:
    "its TLS certificate has expired (check this machine's clock, or ask its owner)",
  CERT_NOT_YET_VALID: "its TLS certificate is not valid yet (check this machine's clock)",
  ERR_TLS_CERT_ALTNAME_INVALID: "its TLS certificate is for another host (check the URL)",
  [PRIVATE_ADDRESS]:
    "the server redirects to an address of this machine or its network, which is not followed (if the file is really there, give that address yourself)",
  UND_ERR_HEADERS_OVERFLOW: "its answer has more than 16 KiB of headers",
};
const UNTRUSTED =
  "its TLS certificate is not trusted here (behind a proxy that re-signs, set NODE_EXTRA_CA_CERTS to its certificate)";

const PASSING: Readonly<Record<string, string>> = {
  EAI_AGAIN: "its host name could not be looked up just now (is the network there?)",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was reset",
  ENETUNREACH: "its network cannot be reached",
  EHOSTUNREACH: "its host cannot be reached",
  ETIMEDOUT: "the connection timed out",
  UND_ERR_CONNECT_TIMEOUT: "the connection timed out",
  UND_ERR_SOCKET: "the connection was closed in the middle of an answer",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the answer was longer or shorter than announced",
};

/** The failure to send a request or to read its answer as the error to throw. */
export function connectionFailure(name: string, cause: unknown): RemoteError {
  const code = codeOf(cause);
  const lasting = LASTING[code] ?? (isTlsCode(code) ? UNTRUSTED : undefined);
  if (lasting !== undefined) return new RemoteError(`${name}: ${lasting}`, { cause });
  if (code.startsWith("HPE_")) {
    return new TransientFailure(`${name}: expected an HTTP answer, got something else (${code})`, {
      cause,
    });
  }
  const said = code === "" ? String(cause instanceof Error ? cause.message : cause) : code;
  return new TransientFailure(`${name}: ${PASSING[code] ?? `the request failed (${said})`}`, {
    cause,
  });
}

function isTlsCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER/.test(code);
}

/** The code of an error or of the errors inside it: connecting to a name tries each of its addresses. */
function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "";
  if ("code" in cause && typeof cause.code === "string" && cause.code !== "") return cause.code;
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  return cause.cause === undefined ? "" : codeOf(cause.cause);
}
