/** Name resolution for redirects: a public server's name that resolves to a private address is not connected to. */

import { type LookupAddress, lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { isPrivateAddress } from "./private-address.ts";

/** What `code` says when a name resolves to an address that redirects may not reach. */
export const PRIVATE_ADDRESS = "E_PRIVATE_ADDRESS";

/** As `dns.lookup`, but fails when any address of the name is private. The addresses checked are those connected to. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) {
      callback(error ?? new Error(`${hostname} has no address`), "", 0);
      return;
    }
    const found = addresses.find(({ address }) => isPrivateAddress(address));
    if (found !== undefined) {
      const refusal = new Error(`${hostname} is ${found.address}`);
      callback(Object.assign(refusal, { code: PRIVATE_ADDRESS }), "", 0);
      return;
    }
    if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
