/** Sets of numbers that are joined and never parted (Tarjan 1975: union by size, paths halved on the way). */

export interface DisjointSets {
  /** Makes one set of those that hold `a` and `b`. */
  join(a: number, b: number): void;
  /** Returns the set of each number; sets are counted from 0 in the order of their smallest members. */
  groups(): Int32Array;
}

/** Returns 0 … count − 1, each in a set of its own. */
export function disjointSets(count: number): DisjointSets {
  const parents = Int32Array.from({ length: count }, (_, i) => i);
  const sizes = new Int32Array(count).fill(1);
  const rootOf = (of: number): number => {
    let at = of;
    for (;;) {
      const parent = parents[at] as number;
      if (parent === at) return at;
      const above = parents[parent] as number;
      parents[at] = above;
      at = above;
    }
  };
  return {
    join(a, b) {
      const [x, y] = [rootOf(a), rootOf(b)];
      if (x === y) return;
      const isXLarger = (sizes[x] as number) >= (sizes[y] as number);
      const [root, child] = isXLarger ? [x, y] : [y, x];
      parents[child] = root;
      sizes[root] = (sizes[root] as number) + (sizes[child] as number);
    },
    groups() {
      const numberOfRoot = new Int32Array(count).fill(-1);
      let next = 0;
      return Int32Array.from(parents, (_, i) => {
        const root = rootOf(i);
        if (numberOfRoot[root] === -1) numberOfRoot[root] = next++;
        return numberOfRoot[root] as number;
      });
    },
  };
}
