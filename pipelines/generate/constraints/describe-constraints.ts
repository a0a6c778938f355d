/** Constraints as headers and tables say them. */

import type { ConstraintInputs } from "./constraint-inputs.ts";

/** Values of one constraint that a header spells out. */
const SHOWN = 4;

export interface ConstraintRecord {
  /** One word for a FASTA header: `forbid(EcoRI,BamHI)+max-homopolymer(6)`. */
  readonly named: string;
  /** JSON of all that was asked for, and of the SHA-256 of each file that it names. */
  readonly whole: string;
}

export function describeConstraints({ asked, files }: ConstraintInputs): ConstraintRecord {
  const named = Object.entries(asked).map(([key, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const shown = values.slice(0, SHOWN).map((one) => String(one).replaceAll(/\s/g, "_"));
    const more = values.length > SHOWN ? [`+${values.length - SHOWN}`] : [];
    return `${kebab(key)}(${[...shown, ...more].join(",")})`;
  });
  return { named: named.join("+"), whole: JSON.stringify({ ...asked, files }) };
}

/** maxHomopolymer to max-homopolymer, as the flag is called. */
function kebab(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
