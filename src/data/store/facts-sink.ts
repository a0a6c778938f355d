import { type ContigFacts, ContigTally } from "../../genome/contig-facts.ts";
import type { FaiRecord } from "../../genome/fai.ts";
import { newMd5 } from "../../genome/node-md5.ts";

/** Collects the facts of each contig, and its index record. */
export class FactsSink {
  readonly contigs: ContigFacts[] = [];
  readonly records: FaiRecord[] = [];
  readonly #tally = new ContigTally(newMd5);

  contig(): void {}

  bases(letters: Uint8Array): void {
    this.#tally.add(letters);
  }

  end(record: FaiRecord): void {
    this.endContig(record.name);
    if (record.length > 0) this.records.push(record);
  }

  endContig(name: string): void {
    this.contigs.push(this.#tally.facts(name));
  }
}
