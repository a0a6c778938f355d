/** A file that is being written, hashed on its way to the disk, and given its name when it is complete. */

import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { fileWriteError } from "../../util/file-write-error.ts";
import { syncFolder } from "../../util/sync-folder.ts";
import type { FileFacts } from "./expected-file.ts";

const PIECE_BYTES = 2 ** 20;

export class PartFile {
  readonly path: string;
  readonly #file: FileHandle;
  #sha256: Hash = createHash("sha256");
  #md5: Hash = createHash("md5");
  #bytes = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** Opens `path`, which is made when it is not there; the caller closes it. @throws {FileError} when it cannot be written */
  static async open(path: string): Promise<PartFile> {
    try {
      const file = await open(path, "a+").then(async (made) => {
        await made.close();
        return open(path, "r+"); // what is opened to append cannot be written by position
      });
      return new PartFile(path, file);
    } catch (cause) {
      throw fileWriteError(path, cause);
    }
  }

  /** Bytes that are written and hashed. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes on the disk, from before too. */
  async bytesOnDisk(): Promise<number> {
    return (await this.#file.stat()).size;
  }

  /** Takes what is on the disk as written: reads it again, for nobody knows what else wrote there. */
  async takeUp(signal: AbortSignal | undefined, onRead: (bytes: number) => void): Promise<void> {
    const buffer = new Uint8Array(PIECE_BYTES);
    while (true) {
      signal?.throwIfAborted();
      const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, this.#bytes);
      if (bytesRead === 0) return;
      this.#hash(buffer.subarray(0, bytesRead));
      onRead(this.#bytes);
    }
  }

  /** Drops everything. */
  async restart(): Promise<void> {
    await this.#orFail(this.#file.truncate(0));
    this.#sha256 = createHash("sha256");
    this.#md5 = createHash("md5");
    this.#bytes = 0;
  }

  async append(piece: Uint8Array): Promise<void> {
    for (let done = 0; done < piece.length; ) {
      const rest = piece.subarray(done);
      const wrote = await this.#orFail(this.#file.write(rest, 0, rest.length, this.#bytes + done));
      done += wrote.bytesWritten;
    }
    this.#hash(piece);
  }

  facts(): FileFacts {
    return {
      bytes: this.#bytes,
      sha256: this.#sha256.copy().digest("hex"),
      md5: this.#md5.copy().digest("hex"),
    };
  }

  /** Makes the file durable and gives it its name, in place of what had it. */
  async complete(path: string): Promise<void> {
    await this.#orFail(this.#file.sync());
    await this.#orFail(rename(this.path, path));
    await syncFolder(dirname(path));
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  #hash(piece: Uint8Array): void {
    this.#sha256.update(piece);
    this.#md5.update(piece);
    this.#bytes += piece.length;
  }

  async #orFail<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw fileWriteError(this.path, cause);
    }
  }
}
