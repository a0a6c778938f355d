import { describe, expect, it } from "vitest";
import type { Denoise, DenoiseShape } from "../../src/diffusion/denoise.ts";
import { Canvas } from "../../src/sampling/canvas.ts";
import type { RowConstraint } from "../../src/sampling/constraint.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";

const M = MASK_ID;
const CHOICE = { temperature: 1, topP: 1 };

/** Logits that say how often the row has been seen, and in which place of which call. */
function recorder(): { denoise: Denoise; calls: { ids: number[]; shape: DenoiseShape }[] } {
  const calls: { ids: number[]; shape: DenoiseShape }[] = [];
  return {
    calls,
    denoise: async (ids, shape) => {
      calls.push({ ids: [...ids], shape });
      return new Float64Array(ids.length * 4).fill(calls.length);
    },
  };
}

describe("Canvas", () => {
  it("computes only rows that changed, with their labels, and keeps the others' logits", async () => {
    const { denoise, calls } = recorder();
    const ids = Uint8Array.of(M, 0, 1, M, M, M);
    const input = { batch: 3, length: 2, ids, samples: [7, 8, 9], labels: [2, 0, 1] };
    const canvas = new Canvas(denoise, input);

    await canvas.logits([0, 2]);
    expect(calls[0]).toEqual({
      ids: [M, 0, M, M],
      shape: { batch: 2, length: 2, labels: [2, 1] },
    });
    canvas.place(2, 1, 3);
    const logits = await canvas.logits([0, 1, 2]);
    expect(calls[1]).toEqual({
      ids: [1, M, M, 3],
      shape: { batch: 2, length: 2, labels: [0, 1] },
    });
    expect([...logits.subarray(0, 8)]).toEqual(Array(8).fill(1));
    expect([...logits.subarray(8)]).toEqual(Array(16).fill(2));
    await canvas.logits([0, 1, 2]);
    expect(calls).toHaveLength(2);
    expect([...ids]).toEqual([M, 0, 1, M, M, M]);
    expect(canvas.rows.map((row) => canvas.masked(row))).toEqual([[0], [1], [0]]);
  });

  it("says which positions are looked at, and keeps no logits of some alone", async () => {
    const { denoise, calls } = recorder();
    const ids = Uint8Array.of(M, M, M, M, M, M);
    const canvas = new Canvas(denoise, { batch: 3, length: 2, ids, samples: [0, 1, 2] });
    await canvas.reveal([[1], [], [0, 1]], () => 0.5, CHOICE);
    await canvas.logits([0, 1]);
    await canvas.logits([0], [[0]]);
    await canvas.logits([1], [[0]]);
    expect(calls.map(({ shape }) => shape)).toEqual([
      { batch: 2, length: 2, wanted: [[1], [0, 1]] },
      { batch: 2, length: 2 },
    ]);
    canvas.conceal(2, 0);
    await canvas.logits([2], [[], [], [0]]);
    await canvas.logits([2]);
    expect(calls.slice(2).map(({ shape }) => shape)).toEqual([
      { batch: 1, length: 2, wanted: [[0]] },
      { batch: 1, length: 2 },
    ]);
  });

  it("asks a row's constraint before each base and tells it after", async () => {
    const told: string[] = [];
    const exclusive = (name: string): RowConstraint => {
      let set = 0b1111; // each base once a row
      return {
        allowed: () => set,
        reveal: (position, base) => {
          told.push(`${name}: ${position} is ${base}`);
          set &= ~(1 << base);
        },
        conceal: () => {},
      };
    };
    const ids = new Uint8Array(8).fill(M);
    const constraints = [exclusive("a"), exclusive("b")];
    const input = { batch: 2, length: 4, ids, samples: [0, 1], constraints };
    const canvas = new Canvas(recorder().denoise, input);
    await canvas.reveal([[2, 0], [1]], () => 0, CHOICE);
    await canvas.reveal([[3, 1], []], () => 0, CHOICE);
    expect([...canvas.ids]).toEqual([1, 3, 0, 2, M, 0, M, M]);
    expect(told).toEqual(["a: 2 is 0", "a: 0 is 1", "b: 1 is 0", "a: 3 is 2", "a: 1 is 3"]);
  });

  it("tells the constraint of a position that is masked again, and computes its row anew", async () => {
    const told: unknown[] = [];
    const constraint: RowConstraint = {
      allowed: () => 0b0100,
      reveal: (...what) => told.push(["reveal", ...what]),
      conceal: (...what) => told.push(["conceal", ...what]),
    };
    const { denoise, calls } = recorder();
    const ids = Uint8Array.of(M, M, M);
    const constraints = [constraint];
    const canvas = new Canvas(denoise, { batch: 1, length: 3, ids, samples: [0], constraints });
    await canvas.reveal([[1]], () => 0, CHOICE);
    canvas.conceal(0, 1);
    expect(canvas.masked(0)).toEqual([0, 1, 2]);
    await canvas.logits([0]);
    expect(told).toEqual([
      ["reveal", 1, 2],
      ["conceal", 1],
    ]);
    expect(calls.map((call) => call.ids)).toEqual([
      [M, M, M],
      [M, M, M],
    ]);
  });

  it("calls nothing where nothing is due", async () => {
    const { denoise, calls } = recorder();
    const input = { batch: 1, length: 2, ids: Uint8Array.of(M, M), samples: [0] };
    await new Canvas(denoise, input).reveal([[]], () => 0, CHOICE);
    expect(calls).toHaveLength(0);
  });
});
