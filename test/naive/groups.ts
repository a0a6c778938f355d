/** Groups of what is connected, by looking at every pair again and again; and how large groups are. */

/** Returns the group of each of `count` things, counted in the order of their first members. */
export function naiveGroups(
  count: number,
  isJoined: (a: number, b: number) => boolean,
): Int32Array {
  const groups = Array.from({ length: count }, (_, i) => i);
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < a; b++) {
        if (groups[a] === groups[b] || !isJoined(a, b)) continue;
        const lesser = Math.min(groups[a] as number, groups[b] as number);
        groups[a] = lesser;
        groups[b] = lesser;
        hasChanged = true;
      }
    }
  }
  const firsts = [...new Set(groups)];
  return Int32Array.from(groups, (group) => firsts.indexOf(group));
}

/** Returns the number of members of each group, whose groups are counted from 0. */
export function groupSizes(groups: Int32Array): Int32Array {
  const sizes = new Int32Array(groups.reduce((most, group) => Math.max(most, group + 1), 0));
  for (const group of groups) sizes[group] = (sizes[group] as number) + 1;
  return sizes;
}
