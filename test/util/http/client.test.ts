import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type HttpClient, openHttpClient } from "../../../src/util/http/client.ts";
import {
  CERTIFICATE,
  type FaultServer,
  startFaultServer,
} from "../../support/http/fault-server.ts";
import * as faults from "../../support/http/faults.ts";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function serve(tls = false): Promise<FaultServer> {
  const server = await startFaultServer({ tls });
  opened.push(server);
  server.files.set("/x", { bytes: new TextEncoder().encode("ACGT") });
  return server;
}

function client(options: Partial<Parameters<typeof openHttpClient>[0]> = {}): HttpClient {
  const made = openHttpClient({ env: {}, ...options });
  opened.push(made);
  return made;
}

async function text(from: HttpClient, url: string, signal?: AbortSignal): Promise<string> {
  const answer = await from.get(new URL(url), {}, signal);
  let all = "";
  for await (const piece of answer.body) all += Buffer.from(piece).toString();
  return `${answer.status} ${all}`;
}

test("https with a trusted certificate", async () => {
  const server = await serve(true);
  expect(await text(client({ ca: [CERTIFICATE] }), `${server.url}/x`)).toBe("200 ACGT");
  expect(server.log[0]?.headers).toMatchObject({
    "accept-encoding": "identity",
    "user-agent": "gdiff",
  });
});

test("a certificate that is not trusted, or is another host's, is refused", async () => {
  const server = await serve(true);
  await expect(text(client(), `${server.url}/x`)).rejects.toThrow(
    "its TLS certificate is not trusted here (behind a proxy that re-signs, set NODE_EXTRA_CA_CERTS",
  );
  const otherName = `https://127.0.0.1:${server.port}/x`;
  await expect(text(client({ ca: [CERTIFICATE] }), otherName)).rejects.toThrow(
    "its TLS certificate is for another host (check the URL)",
  );
  expect(server.log).toEqual([]);
});

test("a redirect from https to http on this machine is refused", async () => {
  const server = await serve(true);
  const plain = await serve();
  server.always = faults.redirect(`${plain.url}/x`);
  await expect(text(client({ ca: [CERTIFICATE] }), `${server.url}/x`)).rejects.toThrow(
    "away from https",
  );
  expect(plain.log).toEqual([]);
});

test("a redirect to a name that leads to a private address is refused", async () => {
  const server = await serve();
  server.always = faults.redirect("https://localhost.localdomain.invalid/x");
  await expect(text(client(), `${server.url}/x`)).rejects.toThrow("its host name");
});

test("names and ports that nobody answers for", async () => {
  const server = await serve();
  await server.close();
  await expect(text(client(), `${server.url}/x`)).rejects.toThrow("the connection was refused");
});

test("an abort ends a request with its reason: before it, while it waits, in its body", async () => {
  const server = await serve();
  const reason = { signal: "SIGINT" };
  const http = client();
  await expect(text(http, `${server.url}/x`, AbortSignal.abort(reason))).rejects.toBe(reason);
  for (const fault of [faults.silent, faults.stallAfter(2)]) {
    const stop = new AbortController();
    server.always = async (exchange) => {
      await fault(exchange);
      setTimeout(() => stop.abort(reason), 50);
    };
    await expect(text(http, `${server.url}/x`, stop.signal)).rejects.toBe(reason);
  }
  expect(server.log).toHaveLength(2);
});

test("connections to a server are bounded", async () => {
  const server = await serve();
  server.delayMs = 20;
  const http = client();
  await Promise.all(Array.from({ length: 40 }, () => text(http, `${server.url}/x`)));
  expect(server.peak()).toBe(8);
});

/** A proxy that tunnels (CONNECT) and notes where to. */
async function proxy(): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((_, response) => void response.writeHead(500).end());
  server.on("connect", (request, socket: Socket) => {
    asked.push(request.url ?? "");
    const [host, port] = (request.url ?? "").split(":");
    const through = connect(Number(port), host === "localhost" ? "127.0.0.1" : host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      through.pipe(socket).pipe(through);
    });
    for (const one of [socket, through]) sockets.add(one.on("error", () => {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  opened.push({
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test("goes through the proxy of HTTPS_PROXY, but not to hosts of NO_PROXY", async () => {
  const server = await serve(true);
  const { url, asked } = await proxy();
  const through = client({ env: { HTTPS_PROXY: url }, ca: [CERTIFICATE] });
  expect(await text(through, `${server.url}/x`)).toBe("200 ACGT");
  expect(asked).toEqual([`localhost:${server.port}`]);
  const past = client({
    env: { https_proxy: url, NO_PROXY: "example.org,localhost" },
    ca: [CERTIFICATE],
  });
  expect(await text(past, `${server.url}/x`)).toBe("200 ACGT");
  expect(asked).toHaveLength(1);
});

test("the environment of the process is not asked", async () => {
  const server = await serve();
  const before = process.env.http_proxy;
  process.env.http_proxy = "http://127.0.0.1:1";
  try {
    expect(await text(client(), `${server.url}/x`)).toBe("200 ACGT");
  } finally {
    if (before === undefined) delete process.env.http_proxy;
    else process.env.http_proxy = before;
  }
});
