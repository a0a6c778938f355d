/** Faults of servers and of what stands before them, for `FaultServer`. */

import { gzipSync } from "node:zlib";
import { type Exchange, type Fault, validators } from "./fault-server.ts";

/** The part that was asked for, or the whole. */
function asked({ file, range }: Exchange): Uint8Array {
  return range === undefined ? file.bytes : file.bytes.subarray(range.start, range.end);
}

function partHeaders({ file, range }: Exchange): Record<string, string> {
  const whole = file.bytes.length;
  return range === undefined
    ? validators(file)
    : {
        ...validators(file),
        "content-range": `bytes ${range.start}-${range.end - 1}/${whole}`,
      };
}

const statusOf = ({ range }: Exchange): number => (range === undefined ? 200 : 206);

/** Answers with a status and nothing else. */
export function status(code: number, headers: Record<string, string> = {}): Fault {
  return ({ response }) => void response.writeHead(code, headers).end();
}

/** Sends the whole file whatever is asked. */
export const ignoresRange: Fault = ({ response, file }) =>
  void response
    .writeHead(200, { ...validators(file), "content-length": file.bytes.length })
    .end(file.bytes);

/** Sends another part than was asked for, and says so. */
export const otherPart: Fault = ({ response, file, range }) => {
  const { start, end } = range ?? { start: 0, end: file.bytes.length };
  const [from, to] = start === 0 ? [1, end] : [start - 1, end - 1];
  response
    .writeHead(206, {
      ...validators(file),
      "content-range": `bytes ${from}-${to - 1}/${file.bytes.length}`,
    })
    .end(file.bytes.subarray(from, to));
};

/** A right part under a Content-Range that is missing or wrong. */
export function contentRange(header: string | undefined): Fault {
  return (exchange) =>
    void exchange.response
      .writeHead(206, {
        ...validators(exchange.file),
        ...(header === undefined ? {} : { "content-range": header }),
      })
      .end(asked(exchange));
}

/** Closes the connection after `bytes` of the body, having announced all of it. */
export function cutAfter(bytes: number): Fault {
  return (exchange) => {
    const body = asked(exchange);
    exchange.response.writeHead(statusOf(exchange), {
      ...partHeaders(exchange),
      "content-length": body.length,
    });
    exchange.response.write(body.subarray(0, bytes), () => exchange.response.destroy());
  };
}

/** Announces fewer bytes than the part has, and sends no more. */
export const shortBody: Fault = (exchange) => {
  const body = asked(exchange).subarray(0, -1);
  exchange.response
    .writeHead(statusOf(exchange), { ...partHeaders(exchange), "content-length": body.length })
    .end(body);
};

/** Sends more bytes than the part has, in chunks. */
export const longBody: Fault = (exchange) => {
  exchange.response.writeHead(statusOf(exchange), partHeaders(exchange));
  exchange.response.write(asked(exchange));
  exchange.response.end(new Uint8Array(100).fill(65));
};

/** The right bytes in chunks, without a length. */
export const chunked: Fault = (exchange) => {
  const body = asked(exchange);
  exchange.response.writeHead(statusOf(exchange), partHeaders(exchange));
  for (let at = 0; at < body.length; at += 1000) {
    exchange.response.write(body.subarray(at, at + 1000));
  }
  exchange.response.end();
};

/** The bytes without a length and without chunks: their end is that of the connection, here too early. */
export const unframed: Fault = (exchange) => {
  const { socket } = exchange.response;
  const body = asked(exchange);
  const headers = Object.entries(partHeaders(exchange)).map(
    ([key, value]) => `${key}: ${value}\r\n`,
  );
  const status = statusOf(exchange);
  socket?.write(`HTTP/1.1 ${status} OK\r\n${headers.join("")}Connection: close\r\n\r\n`);
  socket?.end(body.subarray(0, body.length >> 1));
};

/** Resets the connection after `bytes` of the body. */
export function resetAfter(bytes: number): Fault {
  return (exchange) => {
    const body = asked(exchange);
    exchange.response.writeHead(statusOf(exchange), {
      ...partHeaders(exchange),
      "content-length": body.length,
    });
    exchange.response.write(body.subarray(0, bytes), () =>
      exchange.response.socket?.resetAndDestroy(),
    );
  };
}

/** Resets the connection before any answer. */
export const reset: Fault = ({ response }) => void response.socket?.resetAndDestroy();

/** Never answers. */
export const silent: Fault = () => {};

/** Sends `bytes` of the body, and then nothing more. */
export function stallAfter(bytes: number): Fault {
  return (exchange) => {
    const body = asked(exchange);
    exchange.response.writeHead(statusOf(exchange), {
      ...partHeaders(exchange),
      "content-length": body.length,
    });
    exchange.response.write(body.subarray(0, bytes));
  };
}

/** Sends a header line now and then, and never the last. */
export const slowHeaders: Fault = ({ response }) => {
  const { socket } = response;
  socket?.write("HTTP/1.1 206 Partial Content\r\n");
  let line = 0;
  const timer = setInterval(() => socket?.write(`x-${line++}: 1\r\n`), 20).unref();
  socket?.on("close", () => clearInterval(timer));
};

/** Sends a byte of the body now and then. */
export const slowBody: Fault = (exchange) => {
  const body = asked(exchange);
  const { response } = exchange;
  response.writeHead(statusOf(exchange), {
    ...partHeaders(exchange),
    "content-length": body.length,
  });
  let at = 0;
  const timer = setInterval(() => {
    if (at < body.length) response.write(body.subarray(at, ++at));
  }, 20).unref();
  response.on("close", () => clearInterval(timer));
};

/** The part compressed, which nobody asked for. */
export const gzipped: Fault = (exchange) => {
  const body = gzipSync(asked(exchange));
  exchange.response
    .writeHead(statusOf(exchange), {
      ...partHeaders(exchange),
      "content-encoding": "gzip",
      "content-length": body.length,
    })
    .end(body);
};

/** What is no HTTP at all. */
export const notHttp: Fault = ({ response }) =>
  void response.socket?.end("SSH-2.0-OpenSSH_9.6\r\n");

/** More headers than a client takes. */
export const hugeHeaders: Fault = ({ response }) =>
  void response.writeHead(200, { "x-much": "y".repeat(100_000) }).end();

/** Sends on to another URL. */
export function redirect(location: string, code = 302): Fault {
  return status(code, { location });
}

/** The right bytes, with one bit flipped. */
export function flipBit(at: number): Fault {
  return (exchange) => {
    const body = Uint8Array.from(asked(exchange));
    body[at] = (body[at] ?? 0) ^ 1;
    exchange.response
      .writeHead(statusOf(exchange), { ...partHeaders(exchange), "content-length": body.length })
      .end(body);
  };
}
