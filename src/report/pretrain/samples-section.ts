/** The beginnings of generated sequences, letter by letter. */

import { formatCount } from "../../util/format.ts";
import { html, type Markup } from "../html/markup.ts";
import { percent } from "../numbers.ts";
import type { GeneratedSample, GeneratedSamples } from "../pretrain-record.ts";

/** Bases of a sequence that are shown. */
const SHOWN = 60;

export function samplesSection({ method, temperature, seed, sequences }: GeneratedSamples): Markup {
  return html`<p>The first ${SHOWN} bases of ${formatCount(sequences.length)} sequences: ${method}, temperature ${temperature}, seed ${seed}. Nothing in them is real DNA.</p>
<ol class="sequences">${sequences.map(sampleItem)}</ol>`;
}

function sampleItem({ id, sequence }: GeneratedSample): Markup {
  const gc = [...sequence].filter((letter) => /[GCgc]/.test(letter)).length;
  const bases = [...sequence].filter((letter) => /[ACGTacgt]/.test(letter)).length;
  const shown = sequence.slice(0, SHOWN);
  const rest = sequence.length > SHOWN ? "…" : "";
  return html`<li><span class="sub">${id}: ${formatCount(sequence.length)} bases, GC ${percent(bases > 0 ? gc / bases : undefined)}</span><br><span class="sequence">${runsOf(shown)}${rest}</span></li>
`;
}

/** Runs of one letter are one element, each coloured by its base. */
function runsOf(sequence: string): Markup[] {
  return [...sequence.matchAll(/(.)\1*/gsu)].map(([run, letter = ""]) => {
    const base = "acgt".includes(letter.toLowerCase()) ? letter.toLowerCase() : "n";
    return html`<i class="base-${base}">${run}</i>`;
  });
}
