// Which functions of which kernel ran, by instruction set and precision, from gcov's records.

const SETS = ["portable", "avx2", "avx512", "avx512bf16", "amx"];
/** The namespace of a kernel is its instruction set. */
const FUNCTION = new RegExp(`\\bgdiff::(${SETS.join("|")})::`);
const PRECISIONS = [
  ["fp32", /\bFloat32\b/],
  ["bf16", /\bBfloat16\b/],
];

/** Of one file alone; what has no such name is a header's, and the same in every object of a set. */
const OWN = /\(anonymous namespace\)/;

/** @returns {Map<string, Map<string, Map<string, number>>>} by row and instruction set, each function's count of calls */
export const newTable = () => new Map();

/** Adds one object, `SET-KERNEL`; the parts that exist once, not for each set, are left to the line counts of gcov. */
export function addGraph(table, object, { files }) {
  for (const { functions } of files) {
    for (const { demangled_name: name, execution_count: calls } of functions) {
      const set = FUNCTION.exec(name)?.[1];
      if (set === undefined || !object.startsWith(`${set}-`)) continue;
      const precision = PRECISIONS.find(([, pattern]) => pattern.test(name))?.[0] ?? "any";
      const row = `${object.slice(set.length + 1)} ${precision}`;
      const sets = entry(table, row, () => new Map());
      const counts = entry(sets, set, () => new Map());
      const plain = name.replaceAll(`gdiff::${set}::`, "");
      counts.set(plain, (counts.get(plain) ?? 0) + calls);
    }
  }
}

function entry(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

/** A header's function ran in all objects of its set when it ran in one: the linker keeps one copy of most. */
export function joinHeaders(table) {
  const calls = new Map();
  const each = (visit) => {
    for (const sets of table.values())
      for (const [set, counts] of sets)
        for (const [name, count] of counts)
          if (!OWN.test(name)) visit(counts, name, `${set} ${name}`, count);
  };
  each((_, _name, key, count) => calls.set(key, (calls.get(key) ?? 0) + count));
  each((counts, name, key) => counts.set(name, calls.get(key)));
}

export function printTable(table, print) {
  const present = new Set([...table.values()].flatMap((row) => [...row.keys()]));
  const sets = SETS.filter((set) => present.has(set));
  const rows = [...table.keys()].sort();
  const wide = Math.max(...rows.map((row) => row.length));
  const line = (first, cells) =>
    print(
      [
        first.padEnd(wide),
        ...cells.map((cell, i) => cell.padStart(Math.max(sets[i].length, 7) + 2)),
      ].join(""),
    );
  line("functions run", sets);
  for (const row of rows)
    line(
      row,
      sets.map((set) => share(table.get(row).get(set))),
    );
  print("");
  const never = neverRun(table);
  print(never.length === 0 ? "every function ran" : "did not run:");
  for (const text of never) print(`  ${text}`);
}

function share(counts) {
  if (counts === undefined) return "-";
  const run = [...counts.values()].filter((calls) => calls > 0).length;
  return `${run}/${counts.size}`;
}

function neverRun(table) {
  return [...table].flatMap(([row, sets]) =>
    [...sets].flatMap(([set, counts]) =>
      [...counts].flatMap(([name, calls]) => (calls === 0 ? [`${set} ${row}: ${name}`] : [])),
    ),
  );
}
