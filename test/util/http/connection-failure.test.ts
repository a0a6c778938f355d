import { lookup } from "node:dns";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { connectionFailure } from "../../../src/util/http/connection-failure.ts";
import { PRIVATE_ADDRESS, publicLookup } from "../../../src/util/http/public-lookup.ts";
import { TransientFailure } from "../../../src/util/http/transient-failure.ts";

const withCode = (code: string): Error => Object.assign(new Error("said"), { code });

test.each([
  ["ENOTFOUND", "x: its host name is not known (check the URL, and whether a proxy is needed"],
  ["CERT_HAS_EXPIRED", "x: its TLS certificate has expired (check this machine's clock"],
  ["CERT_NOT_YET_VALID", "x: its TLS certificate is not valid yet"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "x: its TLS certificate is not trusted here"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "x: its TLS certificate is not trusted here"],
  [PRIVATE_ADDRESS, "x: the server redirects to an address of this machine or its network"],
])("%s stays", (code, message) => {
  const failure = connectionFailure("x", withCode(code));
  expect(failure).not.toBeInstanceOf(TransientFailure);
  expect(failure.message).toContain(message);
});

test.each([
  ["EAI_AGAIN", "x: its host name could not be looked up just now (is the network there?)"],
  ["ECONNREFUSED", "x: the connection was refused"],
  ["ENETUNREACH", "x: its network cannot be reached"],
  ["EHOSTUNREACH", "x: its host cannot be reached"],
  ["ETIMEDOUT", "x: the connection timed out"],
  ["UND_ERR_CONNECT_TIMEOUT", "x: the connection timed out"],
  ["HPE_INVALID_CONSTANT", "x: expected an HTTP answer, got something else (HPE_INVALID_CONSTANT)"],
  ["EWHATEVER", "x: the request failed (EWHATEVER)"],
])("%s may pass", (code, message) => {
  const failure = connectionFailure("x", withCode(code));
  expect(failure).toBeInstanceOf(TransientFailure);
  expect(failure.message).toBe(message);
});

test("the code may be inside", () => {
  const inside = new Error("fetch failed", { cause: withCode("ECONNRESET") });
  expect(connectionFailure("x", inside).message).toBe("x: the connection was reset");
  const several = new AggregateError([withCode("ECONNREFUSED"), withCode("ENETUNREACH")]);
  expect(connectionFailure("x", several).message).toBe("x: the connection was refused");
  expect(connectionFailure("x", new Error("odd")).message).toBe("x: the request failed (odd)");
  expect(connectionFailure("x", "odd").message).toBe("x: the request failed (odd)");
});

test("a redirect's name is looked up, and refused when it is this machine's", async () => {
  const find = (all: boolean): Promise<unknown> =>
    new Promise((resolve, reject) => {
      publicLookup("localhost", { all }, (error, address) =>
        error === null ? resolve(address) : reject(error),
      );
    });
  for (const all of [true, false])
    await expect(find(all)).rejects.toMatchObject({ code: PRIVATE_ADDRESS });
  await expect(promisify(lookup)("localhost")).resolves.toBeTruthy();
});

test("a redirect's name may be a public address", async () => {
  const found = await new Promise((resolve) => {
    publicLookup("192.0.9.1", { all: true }, (_, address) => resolve(address));
  });
  expect(found).toEqual([{ address: "192.0.9.1", family: 4 }]);
  const one = await new Promise((resolve) => {
    publicLookup("192.0.9.1", {}, (_, address, family) => resolve([address, family]));
  });
  expect(one).toEqual(["192.0.9.1", 4]);
});
