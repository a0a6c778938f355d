/** Which URLs gdiff reads from, and where a redirect may lead. */

import { RemoteError, UsageError } from "../../errors.ts";
import { isLoopbackHost, isPrivateAddress, withoutBrackets } from "./private-address.ts";

/** Whether `text` is meant as a URL and not as a path; a single letter before the colon is a drive. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text);
}

/**
 * Parses a URL that somebody gave: https, or http on this machine.
 *
 * @throws {UsageError} when it is another one, or names a user or a password
 */
export function parseRemoteUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new UsageError(`expected an https URL, got "${text}"`);
  if (url.username !== "" || url.password !== "") {
    throw new UsageError(
      `expected a URL without a user name and password, got one for ${url.host}: they would end up in messages and in the run's configuration (use a signed URL, or download the file)`,
    );
  }
  if (isAllowedScheme(url)) return url;
  const remedy =
    url.protocol === "http:"
      ? "http can be changed on its way: most servers answer to https too"
      : url.protocol === "file:"
        ? "give the path instead"
        : "download the file and give its path";
  throw new UsageError(`expected an https URL, got ${urlName(url)} (${remedy})`);
}

/** How messages call a URL: without its query, which may hold a signature. */
export function urlName(url: URL): string {
  const name = `${url.protocol}//${url.host}${url.pathname}`;
  return url.search === "" ? name : `${name}?…`;
}

/** The URL of a file beside `url`, `suffix` longer in its name. */
export function besideUrl(url: URL, suffix: string): URL {
  const beside = new URL(url);
  beside.pathname += suffix;
  return beside;
}

/**
 * Resolves the Location of a redirect: to https, or http from this machine to itself; not to an address of a private
 * network, but for the host that was asked for first.
 *
 * @param given the URL that somebody gave
 * @param from the URL that answered
 * @throws {RemoteError} when it leads elsewhere
 */
export function redirectTarget(location: string, from: URL, given: URL): URL {
  if (!URL.canParse(location, from.href)) {
    throw new RemoteError(
      `${urlName(given)}: expected a redirect to a URL, got "${location.slice(0, 60)}"`,
    );
  }
  const to = new URL(location, from);
  const refuse = (what: string): RemoteError =>
    new RemoteError(
      `${urlName(given)}: the server redirects to ${what}, which is not followed (if the file is really there, give that address yourself)`,
    );
  if (!isAllowedScheme(to) || (from.protocol === "https:" && to.protocol !== "https:")) {
    throw refuse(`${urlName(to)}, away from https`);
  }
  if (to.username !== "" || to.password !== "") throw refuse("a URL with a user name or password");
  if (!isGivenHost(to, given) && isPrivateHost(to)) {
    throw refuse(`${to.host}, an address of this machine or its network`);
  }
  to.hash = "";
  return to;
}

/** Whether a URL has the host name of the URL that somebody gave, who may well have meant a private one. */
export function isGivenHost(url: URL, given: URL): boolean {
  return withoutBrackets(url.hostname) === withoutBrackets(given.hostname);
}

function isPrivateHost({ hostname }: URL): boolean {
  return isLoopbackHost(hostname) || isPrivateAddress(withoutBrackets(hostname));
}

function isAllowedScheme({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && isLoopbackHost(hostname));
}
