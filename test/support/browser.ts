/**
 * A headless browser for tests of pages, driven over its own pipe (Chrome DevTools Protocol). An absent one skips its
 * tests with a printed reason; with CI=true it is a failure.
 */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

const NAMES = ["chromium", "chromium-browser", "google-chrome"] as const;
/** A browser that answers nothing for so long is ended, milliseconds. */
const PATIENCE = 45_000;

/** The first browser that is installed; prints why there is none. */
export function findBrowser(): string | undefined {
  const found = NAMES.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (found !== undefined) return found;
  const reason = `none of ${NAMES.join(", ")} is installed`;
  if (process.env.CI === "true") throw new Error(`CI requires a browser: ${reason}`);
  console.warn(`skipped: ${reason}`);
  return undefined;
}

interface View {
  readonly width: number;
  readonly height: number;
  readonly colours?: "light" | "dark";
  readonly media?: "screen" | "print";
}

export interface BrowserPage {
  /** What was said to the console, thrown, refused by the page's policy, or asked of the network. */
  readonly messages: readonly string[];
  show(view: View): Promise<void>;
  /** The value of an expression, by JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** PNG of what is shown, from `top` down, CSS pixels. */
  screenshot(top?: number): Promise<Uint8Array>;
  /** Pages of paper, A4 as the page says. */
  pdf(): Promise<Uint8Array>;
}

/** Opens `url`, gives it to `use`, and ends the browser whatever happens. */
export async function withPage<Result>(
  browser: string,
  url: string,
  use: (page: BrowserPage) => Promise<Result>,
): Promise<Result> {
  const profile = mkdtempSync(join(tmpdir(), "gdiff-browser-"));
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : []; // Chromium refuses it to root
  const child = spawn(
    browser,
    [
      "--headless",
      "--disable-gpu",
      "--remote-debugging-pipe",
      `--user-data-dir=${profile}`,
      ...sandbox,
    ],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
  );
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
  try {
    return await use(await openPage(protocol(child), url));
  } finally {
    clearTimeout(timer);
    await end(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await exited;
}

type Fields = Readonly<Record<string, unknown>>;

interface Message extends Fields {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

interface Protocol {
  send(method: string, params?: Fields, sessionId?: string): Promise<Fields>;
  /** Calls back for every event. */
  listen(listener: (method: string, params: Fields) => void): void;
}

/** Messages are JSON, each ended by a zero byte. */
function protocol(child: ChildProcess): Protocol {
  const [, , , input, output] = child.stdio as unknown as [0, 0, 0, Writable, Readable];
  const waiting = new Map<number, (message: Message) => void>();
  const listeners: ((method: string, params: Fields) => void)[] = [];
  let last = 0;
  let rest = "";
  let ended: Error | undefined;
  const fail = (): void => {
    ended = new Error("the browser ended");
    for (const answer of waiting.values()) answer({ error: ended });
    waiting.clear();
  };
  child.once("exit", fail);
  child.once("error", fail);
  input.on("error", fail);
  output.setEncoding("utf8");
  output.on("data", (text: string) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop() ?? "";
    for (const one of messages) {
      const message: Message = JSON.parse(one);
      if (message.id !== undefined) waiting.get(message.id)?.(message);
      else for (const listen of listeners) listen(String(message.method), message.params ?? {});
    }
  });
  return {
    listen: (listener) => void listeners.push(listener),
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        const id = ++last;
        waiting.set(id, ({ result, error }) => {
          waiting.delete(id);
          if (error !== undefined) reject(new Error(`${method}: ${error.message}`));
          else resolve(result ?? {});
        });
        input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
  };
}

async function openPage({ send, listen }: Protocol, url: string): Promise<BrowserPage> {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const call = (method: string, params?: Fields): Promise<Fields> =>
    send(method, params, String(sessionId));
  const messages: string[] = [];
  const loaded = new Promise<void>((resolve) => {
    listen((method, params) => {
      if (method === "Page.loadEventFired") resolve();
      if (EVENTS.includes(method)) messages.push(`${method}: ${JSON.stringify(params)}`);
      const request = params.request as { readonly url: string } | undefined;
      if (method === "Network.requestWillBeSent" && request?.url !== url) {
        messages.push(`request of ${request?.url}`);
      }
    });
  });
  for (const domain of ["Page", "Runtime", "Log", "Network", "Audits"])
    await call(`${domain}.enable`);
  await call("Page.navigate", { url });
  await loaded;
  return {
    messages,
    show: async ({ width, height, colours = "light", media = "screen" }) => {
      const mobile = width < 600;
      const metrics = { width, height, deviceScaleFactor: 1, mobile };
      await call("Emulation.setDeviceMetricsOverride", metrics);
      const features = [{ name: "prefers-color-scheme", value: colours }];
      await call("Emulation.setEmulatedMedia", { media, features });
    },
    evaluate: async (expression) => {
      const options = { expression, returnByValue: true, awaitPromise: true };
      const { result, exceptionDetails } = await call("Runtime.evaluate", options);
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as Fields).value;
    },
    screenshot: async (top = 0) => {
      await call("Runtime.evaluate", { expression: `window.scrollTo(0, ${top})` });
      const { data } = await call("Page.captureScreenshot", { format: "png" });
      return Buffer.from(String(data), "base64");
    },
    pdf: async () => {
      const options = { preferCSSPageSize: true, printBackground: true };
      const { data } = await call("Page.printToPDF", options);
      return Buffer.from(String(data), "base64");
    },
  };
}

/** Each is something that a good page never causes. */
const EVENTS: readonly string[] = [
  "Runtime.consoleAPICalled",
  "Runtime.exceptionThrown",
  "Log.entryAdded",
  "Audits.issueAdded",
  "Network.loadingFailed",
];
