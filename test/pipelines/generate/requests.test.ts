import { expect, test } from "vitest";
import { planDesign } from "../../../pipelines/generate/constraints/design.ts";
import { batchRequests, type SampleRequest } from "../../../pipelines/generate/requests.ts";

const sizes = (requests: readonly SampleRequest[], batchSize: number): number[] =>
  Array.from(batchRequests(requests, batchSize), (batch) => batch.length);

const requests = (ids: Uint8Array, count: number, more: Partial<SampleRequest> = {}) =>
  Array.from(
    { length: count },
    (_, sample): SampleRequest => ({ ...{ sample, id: "s", ids, free: 4 }, ...more }),
  );

test("a batch is of the same ids, and at most so many", () => {
  const [one, two] = [new Uint8Array(4).fill(5), new Uint8Array(4).fill(5)];
  expect(sizes([...requests(one, 5), ...requests(two, 2)], 3)).toEqual([3, 2, 2]);
});

test("particles fill batches of their own, so that a stop loses one sequence of them", () => {
  const ids = new Uint8Array(4).fill(5);
  const asked = { asked: { particles: 8 }, tries: 1, matrices: [], potentials: [], files: {} };
  expect(sizes(requests(ids, 3, { design: planDesign({ ids }, asked) }), 3)).toEqual([1, 1, 1]);
});
