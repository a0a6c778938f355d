/** Whether a set is named by its file. */

/** Names of the Genomic Benchmarks have no dot and no slash. */
export function isSetFile(set: string): boolean {
  return /[./\\]/.test(set);
}
