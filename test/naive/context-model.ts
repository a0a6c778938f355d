/** Context counts and models as a person would do them: text, a Map, one k-mer at a time. */

const LETTERS = "ACGT";
const COMPLEMENT: Record<string, string> = { A: "T", C: "G", G: "C", T: "A" };

/** Text of token ids; anything that is no base is N. */
export function naiveText(ids: Iterable<number>): string {
  return Array.from(ids, (id) => LETTERS[id] ?? "N").join("");
}

/** Counts of every k-mer of `length` over both strands; the contigs are texts. */
export function naiveKmerCounts(contigs: readonly string[], length: number): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (kmer: string) => counts.set(kmer, (counts.get(kmer) ?? 0) + 1);
  for (const contig of contigs) {
    for (let i = 0; i + length <= contig.length; i++) {
      const kmer = contig.slice(i, i + length);
      if (kmer.includes("N")) continue;
      count(kmer);
      count(naiveReverseComplement(kmer));
    }
  }
  return counts;
}

export function naiveReverseComplement(text: string): string {
  return [...text]
    .reverse()
    .map((letter) => COMPLEMENT[letter] ?? "N")
    .join("");
}

/** p(base | context) with half a count a base. */
export function naiveMarkov(contigs: readonly string[], context: string, base: string): number {
  const counts = naiveKmerCounts(contigs, context.length + 1);
  const seen = (letter: string) => (counts.get(context + letter) ?? 0) + 0.5;
  return seen(base) / [...LETTERS].reduce((sum, letter) => sum + seen(letter), 0);
}

/** p_k = (n_k + a_k p_{k-1}) / (N_k + a_k) by recursion on the context's length. */
export function naiveBackoff(
  contigs: readonly string[],
  concentrations: readonly number[],
  context: string,
  base: string,
): number {
  const shorter =
    context === "" ? 0.25 : naiveBackoff(contigs, concentrations, context.slice(1), base);
  const counts = naiveKmerCounts(contigs, context.length + 1);
  const seen = (letter: string) => counts.get(context + letter) ?? 0;
  const total = [...LETTERS].reduce((sum, letter) => sum + seen(letter), 0);
  const weight = concentrations[context.length] ?? Number.NaN;
  return (seen(base) + weight * shorter) / (total + weight);
}

/** The known bases right before position i of a text, at most `order`. */
export function naiveContext(text: string, i: number, order: number): string {
  const before = text.slice(Math.max(0, i - order), i);
  return before.slice(before.lastIndexOf("N") + 1);
}
