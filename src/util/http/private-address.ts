/** Addresses of the machine itself, of its own network and of its cloud's metadata service: no public server leads there. */

import { BlockList, isIP } from "node:net";

const PRIVATE_V4: readonly (readonly [network: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
];
const PRIVATE_V6: readonly (readonly [network: string, prefix: number])[] = [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96], // translated IPv4: would hide any of the above
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
];

/** Whether `address`, an IPv4 or IPv6 address without brackets, belongs to no public host; other text never does. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const list = new BlockList();
  for (const [network, prefix] of PRIVATE_V4) list.addSubnet(network, prefix, "ipv4");
  for (const [network, prefix] of PRIVATE_V6) list.addSubnet(network, prefix, "ipv6");
  return list.check(address, version === 4 ? "ipv4" : "ipv6"); // IPv4 inside IPv6 is checked as IPv4
}

/** Whether the host of a URL is this machine by its name or address. */
export function isLoopbackHost(hostname: string): boolean {
  const host = withoutBrackets(hostname);
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** The host of a URL as an address or name: `[::1]` as `::1`. */
export function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1").toLowerCase();
}
