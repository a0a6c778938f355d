/** Share of G and C among the bases of a sequence of token ids (A0 C1 G2 T3); undefined where it has no base. */
export function gcShare(ids: Uint8Array): number | undefined {
  let strong = 0;
  let bases = 0;
  for (const id of ids) {
    if (id > 3) continue;
    bases++;
    if (id === 1 || id === 2) strong++;
  }
  return bases > 0 ? strong / bases : undefined;
}
