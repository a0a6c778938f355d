/** Runs of one base. */

/** Calls `visit` with the length of every run of one base, from the first to the last; N is in none, and ends one. */
export function visitRuns(ids: Uint8Array, visit: (length: number) => void): void {
  let length = 0;
  for (let i = 0; i <= ids.length; i++) {
    const base = ids[i];
    const goesOn = base !== undefined && base < 4;
    if (goesOn && length > 0 && base === ids[i - 1]) length++;
    else {
      if (length > 0) visit(length);
      length = goesOn ? 1 : 0;
    }
  }
}
