/** Strongly connected components of a directed graph (Tarjan, SIAM Journal on Computing 1, 1972), without recursion. */

/**
 * Returns the component of each node, [nodes]; two nodes have one number when each leads to the other.
 *
 * @param leadsTo the nodes that edges from a node lead to; asked once a node
 */
export function strongComponents(
  nodes: number,
  leadsTo: (node: number) => readonly number[],
): Int32Array {
  const component = new Int32Array(nodes).fill(-1);
  const order = new Int32Array(nodes).fill(-1); // when a node was first met
  const low = new Int32Array(nodes); // the first met of the nodes that it is known to lead to
  const open: number[] = []; // nodes met whose component is not known yet
  const path: { readonly node: number; readonly edges: readonly number[]; at: number }[] = [];
  let met = 0;
  let components = 0;
  const enter = (node: number): void => {
    order[node] = low[node] = met++;
    open.push(node);
    path.push({ node, edges: leadsTo(node), at: 0 });
  };
  const lower = (node: number, to: number): void => {
    low[node] = Math.min(low[node] as number, to);
  };
  for (let root = 0; root < nodes; root++) {
    if (order[root] === -1) enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      const next = top.edges[top.at++];
      if (next !== undefined) {
        if (order[next] === -1) enter(next);
        else if (component[next] === -1) lower(node, order[next] as number);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.node, low[node] as number);
      if (low[node] !== order[node]) continue;
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        component[last] = components;
        if (last === node) break;
      }
      components++;
    }
  }
  return component;
}
