import { describe, expect, test } from "vitest";
import { RemoteError, UsageError } from "../../../src/errors.ts";
import { isLoopbackHost, isPrivateAddress } from "../../../src/util/http/private-address.ts";
import {
  besideUrl,
  isUrl,
  parseRemoteUrl,
  redirectTarget,
  urlName,
} from "../../../src/util/http/remote-url.ts";

test("a URL is told from a path", () => {
  for (const text of ["https://a.org/x", "http://a", "ftp://a/x", "s3://bucket/x", "file:///x"])
    expect(isUrl(text), text).toBe(true);
  for (const text of ["x.fa", "/x/y.fa", "C:\\x.fa", "C://x.fa", "./https:/x", "a:b", ""])
    expect(isUrl(text), text).toBe(false);
});

test.each([
  ["http://example.org/x.fa", "expected an https URL, got http://example.org/x.fa (http can be"],
  ["ftp://example.org/x.fa", "got ftp://example.org/x.fa (download the file and give its path)"],
  ["file:///etc/passwd", "got file:///etc/passwd (give the path instead)"],
  ["https://", 'expected an https URL, got "https://"'],
  ["https://me:secret@example.org/x", "got one for example.org: they would end up in messages"],
])("%s is refused", (text, message) => {
  const parse = (): URL => parseRemoteUrl(text);
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
  expect(parse).not.toThrow("secret");
});

test("http is for this machine alone", () => {
  for (const host of ["127.0.0.1:80", "localhost:9", "[::1]:9"])
    expect(parseRemoteUrl(`http://${host}/x`).host).toBeTruthy();
  for (const host of ["127.0.0.1.example.org", "10.0.0.1", "localhost.example.org"])
    expect(() => parseRemoteUrl(`http://${host}/x`)).toThrow(UsageError);
});

test("messages do not show a query, and files beside keep it", () => {
  const url = parseRemoteUrl("https://a.org/x.fa.gz?X-Signature=secret");
  expect(urlName(url)).toBe("https://a.org/x.fa.gz?…");
  expect(besideUrl(url, ".fai").href).toBe("https://a.org/x.fa.gz.fai?X-Signature=secret");
});

describe("a redirect", () => {
  const given = new URL("https://data.example.org/x.fa");
  test.each([
    ["https://mirror.example.net/y.fa#part", "https://mirror.example.net/y.fa"],
    ["/y.fa?z", "https://data.example.org/y.fa?z"],
    ["//mirror.example.net/y", "https://mirror.example.net/y"],
  ])("to %s is followed", (location, expected) => {
    expect(redirectTarget(location, given, given).href).toBe(expected);
  });

  test.each([
    ["http://data.example.org/x.fa", "away from https"],
    ["file:///etc/passwd", "away from https"],
    ["ftp://data.example.org/x.fa", "away from https"],
    ["http://127.0.0.1/x.fa", "away from https"],
    ["https://127.0.0.1/x", "127.0.0.1, an address of this machine or its network"],
    ["https://localhost/x", "an address of this machine"],
    ["https://169.254.169.254/latest", "an address of this machine"],
    ["https://[::ffff:169.254.169.254]/", "an address of this machine"],
    ["https://2852039166/", "169.254.169.254, an address of this machine"],
    ["https://10.1.2.3/", "an address of this machine"],
    ["https://[fd00::1]/", "an address of this machine"],
    ["https://u:p@mirror.example.net/", "a URL with a user name or password"],
    ["https://", "expected a redirect to a URL"],
  ])("to %s is refused", (location, message) => {
    const follow = (): URL => redirectTarget(location, given, given);
    expect(follow).toThrow(RemoteError);
    expect(follow).toThrow(message);
  });

  test("may stay on a private host that was asked for", () => {
    const intranet = new URL("https://10.1.2.3/x");
    expect(redirectTarget("https://10.1.2.3:8443/y", intranet, intranet).port).toBe("8443");
    expect(() => redirectTarget("https://10.1.2.4/y", intranet, intranet)).toThrow(RemoteError);
    const loopback = new URL("http://127.0.0.1:5/x");
    expect(redirectTarget("http://127.0.0.1:6/y", loopback, loopback).port).toBe("6");
    expect(() => redirectTarget("http://example.org/y", loopback, loopback)).toThrow(RemoteError);
  });
});

test("private addresses", () => {
  for (const address of [
    ..."127.0.0.1 127.255.0.1 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1".split(" "),
    ..."100.64.0.1 169.254.169.254 224.0.0.1 255.255.255.255 198.18.0.1".split(" "),
    ..."::1 :: fc00::1 fd12::1 fe80::1 ff02::1 ::ffff:10.0.0.1 64:ff9b::a9fe:a9fe".split(" "),
  ])
    expect(isPrivateAddress(address), address).toBe(true);
  for (const address of [
    ..."8.8.8.8 172.32.0.1 172.15.0.1 11.0.0.1 169.253.0.1 2606:4700::1 example.org".split(" "),
    "::ffff:8.8.8.8",
  ])
    expect(isPrivateAddress(address), address).toBe(false);
  expect(isLoopbackHost("[::1]")).toBe(true);
  expect(isLoopbackHost("LOCALHOST")).toBe(true);
  expect(isLoopbackHost("128.0.0.1")).toBe(false);
});
