/** What a design breaks, read off its letters by regular expressions and counts: nothing of what steers samplers, or checks for them. */

import type { DesignText } from "./random-request.ts";

/** NC-IUB 1984. */
const CLASSES: Readonly<Record<string, string>> = {
  ...{ A: "A", C: "C", G: "G", T: "T", R: "AG", Y: "CT", S: "CG", W: "AT", K: "GT", M: "AC" },
  ...{ B: "CGT", D: "AGT", H: "ACT", V: "ACG", N: "ACGT" },
};
const COMPLEMENT: Readonly<Record<string, string>> = { A: "T", C: "G", G: "C", T: "A" };
/** Sites of the enzymes that requests name, as their suppliers print them. */
const SITES: Readonly<Record<string, string>> = {
  ...{ EcoRI: "GAATTC", BamHI: "GGATCC", BsaI: "GGTCTC", BsmBI: "CGTCTC", HindIII: "AAGCTT" },
  ...{ NotI: "GCGGCCGC", TaqI: "TCGA", MboI: "GATC", BstEII: "GGTNACC" },
};

/** Returns the constraints that a sequence of A, C, G and T breaks, each as it was asked for. */
export function brokenConstraints({ letters, asked }: DesignText, bases: string): string[] {
  const broken: string[] = [];
  const expectThat = (isKept: boolean, constraint: string): void => {
    if (!isKept) broken.push(constraint);
  };
  const other = reverseComplement(bases);
  expectThat(new RegExp(`^${expression(letters)}$`).test(bases), letters);
  if (asked.flank5 !== undefined)
    expectThat(new RegExp(`^${expression(asked.flank5)}`).test(bases), `flank5 ${asked.flank5}`);
  if (asked.flank3 !== undefined)
    expectThat(new RegExp(`${expression(asked.flank3)}$`).test(bases), `flank3 ${asked.flank3}`);
  for (const insert of asked.insert ?? []) {
    const [, motif = "", position, distance = "0"] = /^(\w+)@(\d+)(?:~(\d+))?$/.exec(insert) ?? [];
    const first = Math.max(0, Number(position) - 1 - Number(distance));
    const stretch = bases.slice(first, Number(position) - 1 + Number(distance) + motif.length);
    expectThat(new RegExp(expression(motif)).test(stretch), `insert ${insert}`);
  }
  for (const site of asked.forbid ?? []) {
    const word = new RegExp(expression(SITES[site] ?? site));
    expectThat(!word.test(bases) && !word.test(other), `forbid ${site}`);
  }
  const { maxHomopolymer: most } = asked;
  if (most !== undefined) {
    expectThat(!new RegExp(`(.)\\1{${most}}`).test(bases), `maxHomopolymer ${most}`);
  }
  for (const text of asked.noStops ?? []) {
    const [, start = 1, end = bases.length, frame] = /^(?:(\d+)-(\d+):)?(.+)$/.exec(text) ?? [];
    const region = bases.slice(Number(start) - 1, Number(end));
    const read = Number(frame) > 0 ? region : reverseComplement(region);
    const codons = read.slice(Math.abs(Number(frame)) - 1).match(/.../g) ?? [];
    expectThat(!codons.some((codon) => /TAA|TAG|TGA/.test(codon)), `noStops ${text}`);
  }
  if (asked.gc !== undefined) expectThat(isShare(bases, asked.gc), `gc ${asked.gc}`);
  const [size, shares] = asked.gcWindow?.split(":") ?? [];
  if (size !== undefined && shares !== undefined) {
    const windows = Array.from({ length: bases.length - Number(size) + 1 }, (_, i) =>
      bases.slice(i, i + Number(size)),
    );
    expectThat(
      windows.every((window) => isShare(window, shares)),
      `gcWindow ${asked.gcWindow}`,
    );
  }
  return broken;
}

function expression(letters: string): string {
  return Array.from(letters, (letter) => `[${CLASSES[letter]}]`).join("");
}

function reverseComplement(bases: string): string {
  return Array.from(bases, (base) => COMPLEMENT[base])
    .reverse()
    .join("");
}

function isShare(bases: string, shares: string): boolean {
  const [least, most] = shares.split("-").map(Number) as [number, number];
  const share = bases.replaceAll(/[AT]/g, "").length / bases.length;
  return share >= least - 1e-9 && share <= most + 1e-9;
}
