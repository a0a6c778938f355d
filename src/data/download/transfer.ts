/** The bytes of a download from the server into its part, in as many requests as it takes. */

import type { HttpAnswer, HttpClient } from "../../util/http/client.ts";
import { parseContentRange } from "../../util/http/content-range.ts";
import { announcedBytes, expectFramed, expectPlain } from "../../util/http/read-body.ts";
import { urlName } from "../../util/http/remote-url.ts";
import { ifRange, versionDifference, versionOf } from "../../util/http/remote-version.ts";
import { type RetryPolicy, withRetries } from "../../util/http/retry.ts";
import { statusFailure } from "../../util/http/status-failure.ts";
import { TransientFailure } from "../../util/http/transient-failure.ts";
import { type ExpectedFile, wrongFile } from "./expected-file.ts";
import type { PartFile } from "./part-file.ts";
import { type PartRecord, readPartRecord, writePartRecord } from "./part-record.ts";

export interface TransferOptions {
  readonly client: HttpClient;
  readonly expected: ExpectedFile;
  readonly maxBytes: number;
  readonly policy: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
  readonly notify?: ((line: string) => void) | undefined;
  readonly onProgress?: ((bytes: number, of: number | undefined) => void) | undefined;
  /** Fails when so many bytes more do not fit on the disk. */
  readonly expectSpace: (bytes: number) => Promise<void>;
}

export class Transfer {
  readonly #url: URL;
  readonly #name: string;
  readonly #part: PartFile;
  readonly #recordPath: string;
  readonly #options: TransferOptions;
  /** What the part is of; undefined until the server said. */
  #record: PartRecord | undefined;
  /** The most bytes that the part ever had. */
  #furthest = 0;

  constructor(url: URL, part: PartFile, recordPath: string, options: TransferOptions) {
    this.#url = url;
    this.#name = urlName(url);
    this.#part = part;
    this.#recordPath = recordPath;
    this.#options = options;
  }

  /** Takes up what an earlier download left, when it is of this URL and may be gone on with. */
  async takeUp(): Promise<void> {
    const { signal, onProgress } = this.#options;
    const onDisk = await this.#part.bytesOnDisk();
    if (onDisk === 0) return;
    const record = await readPartRecord(this.#recordPath);
    if (
      record?.url !== this.#url.href ||
      !this.#canGoOn(record) ||
      onDisk > (record.size ?? onDisk)
    ) {
      return this.#part.restart();
    }
    await this.#part.takeUp(signal, (bytes) => onProgress?.(bytes, record.size));
    this.#record = record;
    this.#furthest = this.#part.bytes;
  }

  /** Asks until every byte is there. */
  async run(): Promise<void> {
    await withRetries((cameForward) => this.#ask(cameForward), this.#options);
  }

  /** Without a strong validator a change shows in the digest alone. */
  #canGoOn(record: PartRecord): boolean {
    const { expected } = this.#options;
    const isSize =
      expected.bytes === undefined || (record.size ?? expected.bytes) === expected.bytes;
    return isSize && (expected.sha256 !== undefined || ifRange(record) !== undefined);
  }

  async #ask(cameForward: () => void): Promise<void> {
    const part = this.#part;
    if (this.#record !== undefined && !this.#canGoOn(this.#record)) await part.restart();
    const record = part.bytes === 0 ? undefined : this.#record;
    if (record?.size === part.bytes) return;
    const condition = record === undefined ? undefined : ifRange(record);
    const headers = {
      ...(record === undefined ? {} : { range: `bytes=${part.bytes}-` }),
      ...(condition === undefined ? {} : { "if-range": condition }),
    };
    const { client, signal, policy, expected } = this.#options;
    const answer = await client.get(this.#url, headers, signal);
    // Some servers call a .gz file gzip-encoded; its digest tells whether it came as it is.
    if (answer.status < 300 && expected.sha256 === undefined) expectPlain(this.#name, answer);
    let size: number | undefined;
    if (answer.status === 206 && record !== undefined) size = await this.#goOn(answer, record);
    else if (answer.status === 200) size = await this.#begin(answer);
    else if (answer.status === 416 && record !== undefined) {
      return this.#beginAnew(answer, "the server has no bytes where the part ends");
    } else throw statusFailure(this.#name, answer, policy.now());
    await this.#receive(answer, size, cameForward);
  }

  /** The rest of the same version. */
  async #goOn(answer: HttpAnswer, record: PartRecord): Promise<number | undefined> {
    const header = answer.header("content-range");
    const { range, size } = parseContentRange(header) ?? {};
    const isRest = range?.start === this.#part.bytes && (size === undefined || range.end === size);
    if (!isRest) {
      const got = header === undefined ? "no Content-Range" : `"${header.slice(0, 60)}"`;
      return this.#beginAnew(answer, `expected the bytes from ${this.#part.bytes} on, got ${got}`);
    }
    const before = { ...record, size: record.size ?? size ?? 0 };
    const changed = versionDifference(before, versionOf(answer, size ?? before.size));
    if (changed !== undefined) return this.#beginAnew(answer, `the file changed: ${changed}`);
    return size;
  }

  /** The whole file from its first byte. */
  async #begin(answer: HttpAnswer): Promise<number | undefined> {
    const { expected, maxBytes, notify, expectSpace } = this.#options;
    const size = announcedBytes(answer);
    if (size === undefined) expectFramed(this.#name, answer);
    if (size !== undefined && expected.bytes !== undefined && size !== expected.bytes) {
      answer.discard();
      await this.#part.restart();
      throw wrongFile(this.#name, `expected ${expected.bytes} bytes, the server has ${size}`);
    }
    if (size !== undefined && size > maxBytes) throw await this.#tooLong(answer);
    if (this.#part.bytes > 0) {
      notify?.(`${this.#name}: the file changed, or the server sends no parts: beginning anew`);
      await this.#part.restart();
    }
    if (size !== undefined) {
      await expectSpace(size).catch((error: unknown) => {
        answer.discard();
        throw error;
      });
    }
    const { etag, lastModified } = versionOf(answer, 0);
    this.#record = { url: this.#url.href, size, etag, lastModified };
    await writePartRecord(this.#recordPath, this.#record);
    return size;
  }

  async #receive(
    answer: HttpAnswer,
    size: number | undefined,
    cameForward: () => void,
  ): Promise<void> {
    const part = this.#part;
    const { maxBytes, onProgress } = this.#options;
    for await (const piece of answer.body) {
      const bytes = part.bytes + piece.length;
      if (bytes > maxBytes) throw await this.#tooLong(answer);
      if (size !== undefined && bytes > size) {
        return this.#beginAnew(answer, `expected ${size} bytes, got more`);
      }
      await part.append(piece);
      onProgress?.(bytes, size);
      if (bytes <= this.#furthest) continue;
      this.#furthest = bytes;
      cameForward();
    }
    if (size !== undefined && part.bytes < size) {
      throw new TransientFailure(`${this.#name}: expected ${size} bytes, got ${part.bytes}`);
    }
  }

  /** Drops the part and has the whole file asked for. */
  async #beginAnew(answer: HttpAnswer, why: string): Promise<never> {
    answer.discard();
    await this.#part.restart();
    throw new TransientFailure(`${this.#name}: ${why}: beginning anew`);
  }

  async #tooLong(answer: HttpAnswer): Promise<Error> {
    answer.discard();
    await this.#part.restart();
    return wrongFile(this.#name, `expected at most ${this.#options.maxBytes} bytes, got more`);
  }
}
