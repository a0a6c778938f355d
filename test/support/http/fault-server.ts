/**
 * A file server on the loopback for tests: correct in every respect (RFC 9110: ranges, If-Range, validators), unless
 * told to play a fault. It keeps a log of what it was asked and what it sent, and ends with the test's process.
 */

import { readFileSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** A file as it is served; a test replaces it to play a change. */
export interface ServedFile {
  readonly bytes: Uint8Array;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** One request with what a fault needs to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly file: ServedFile;
  /** The bytes that a Range asks for, cut to the file. */
  readonly range: { readonly start: number; readonly end: number } | undefined;
  /** Answers as a correct server does. */
  readonly serve: () => void;
}

export type Fault = (exchange: Exchange) => void | Promise<void>;

interface LoggedRequest {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly headers: IncomingMessage["headers"];
  /** Bytes of the body that were given to the socket. */
  sent: number;
}

export interface FaultServer {
  readonly url: string;
  readonly port: number;
  /** By path, with the slash. */
  readonly files: Map<string, ServedFile>;
  readonly log: LoggedRequest[];
  /** Faults of the next requests, one each; undefined answers correctly. */
  readonly queue: (Fault | undefined)[];
  /** The fault of every request when the queue is empty. */
  always: Fault | undefined;
  /** Milliseconds before every answer. */
  delayMs: number;
  /** Requests being answered at the same time, at most so far. */
  readonly peak: () => number;
  close(): Promise<void>;
}

const FOLDER = import.meta.dirname;
/** The self-signed certificate of the TLS server, for "localhost" only. */
export const CERTIFICATE: string = readFileSync(join(FOLDER, "cert.pem"), "utf8");

export async function startFaultServer({ tls = false } = {}): Promise<FaultServer> {
  const files = new Map<string, ServedFile>();
  const log: LoggedRequest[] = [];
  const queue: (Fault | undefined)[] = [];
  let open = 0;
  let peak = 0;
  const listener: RequestListener = async (request, response) => {
    const path = decodeURIComponent((request.url ?? "/").replace(/\?.*$/s, ""));
    const { range, "if-range": ifRange } = request.headers;
    const entry: LoggedRequest = {
      path,
      range,
      ifRange: typeof ifRange === "string" ? ifRange : undefined,
      headers: request.headers,
      sent: 0,
    };
    log.push(entry);
    countSent(response, entry);
    peak = Math.max(peak, ++open);
    response.on("close", () => open--);
    if (server.delayMs > 0) await setTimeout(server.delayMs);
    const fault = queue.length > 0 ? queue.shift() : server.always;
    const file = files.get(path);
    if (file === undefined && fault === undefined) return void response.writeHead(404).end();
    const served = file ?? { bytes: new Uint8Array(0) };
    const wanted = parseRange(range, served.bytes.length);
    const serve = (): void => answer(request, response, served, wanted);
    const exchange = { request, response, file: served, range: wanted, serve };
    if (fault === undefined) return serve();
    await fault(exchange);
  };
  const http: Server = tls
    ? createTlsServer({ key: readFileSync(join(FOLDER, "key.pem")), cert: CERTIFICATE }, listener)
    : createServer(listener);
  const sockets = new Set<Socket>();
  http.on("connection", (socket: Socket) => {
    socket.on("error", () => {});
    sockets.add(socket.on("close", () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  http.unref();
  const { port } = http.address() as AddressInfo;
  const server: FaultServer = {
    url: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    port,
    files,
    log,
    queue,
    always: undefined,
    delayMs: 0,
    peak: () => peak,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}

function countSent(response: ServerResponse, entry: LoggedRequest): void {
  const count = (chunk: unknown): void => {
    if (chunk instanceof Uint8Array) entry.sent += chunk.length;
  };
  const { write, end } = response;
  response.write = ((...args: Parameters<typeof write>) => {
    count(args[0]);
    return write.apply(response, args);
  }) as typeof write;
  response.end = ((...args: Parameters<typeof end>) => {
    count(args[0]);
    return end.apply(response, args);
  }) as typeof end;
}

/** undefined without a Range; start = end when it lies behind the file. */
function parseRange(header: string | undefined, size: number): Exchange["range"] {
  const found = /^bytes=(\d+)-(\d*)$/.exec(header ?? "");
  if (found === null) return undefined;
  const start = Number(found[1]);
  const end = Math.min(size, found[2] === "" ? size : Number(found[2]) + 1);
  return { start, end: Math.max(start, end) };
}

/** The headers that tell a file's version. */
export function validators({ etag, lastModified }: ServedFile): Record<string, string> {
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { "last-modified": lastModified }),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  file: ServedFile,
  range: Exchange["range"],
): void {
  const { bytes, etag, lastModified } = file;
  const condition = request.headers["if-range"];
  const isSame = condition === undefined || condition === etag || condition === lastModified;
  const headers = { ...validators(file), "accept-ranges": "bytes" };
  if (range === undefined || !isSame) {
    response.writeHead(200, { ...headers, "content-length": bytes.length }).end(bytes);
    return;
  }
  if (range.start >= bytes.length) {
    response.writeHead(416, { ...headers, "content-range": `bytes */${bytes.length}` }).end();
    return;
  }
  const part = bytes.subarray(range.start, range.end);
  const contentRange = `bytes ${range.start}-${range.end - 1}/${bytes.length}`;
  response
    .writeHead(206, { ...headers, "content-length": part.length, "content-range": contentRange })
    .end(part);
}
