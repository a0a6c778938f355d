/** Remasking: the closed forms of its steps, the shares they leave, and ancestral sampling as the case without it. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { type Remasking, remaskStep } from "../../src/sampling/remasking.ts";
import { timeSteps } from "../../src/sampling/time-steps.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { exactDenoise, SOURCE } from "../support/markov-source.ts";
import {
  bind,
  maskedBatch,
  REMASKINGS,
  samplerRandom,
  samplers,
} from "../support/sampling/bound-samplers.ts";

const PLAIN = { temperature: 1, topP: 1 };
const preserving = REMASKINGS.filter(({ kind }) => kind !== "conf");

/** The share unmasked at a time: that of ReMDM's loop, else 1 − t. */
function alpha(remasking: Remasking, t: number): number {
  if (remasking.kind !== "loop") return 1 - t;
  const { from, to, alpha: held } = remasking;
  if (t > from) return (held * (1 - t)) / (1 - from);
  return t > to ? held : 1 - ((1 - held) * t) / to;
}

describe.each(preserving)("a step of $kind", (remasking) => {
  it.each([1, 2, 9, 1024])("takes the share unmasked from α_t to α_s, %i steps", (calls) => {
    for (const step of timeSteps(calls)) {
      const { reveal, remask } = remaskStep(remasking, step);
      for (const p of [reveal, remask]) {
        expect(p).toBeGreaterThan(-1e-12);
        expect(p).toBeLessThan(1 + 1e-12);
      }
      const now = alpha(remasking, step.t);
      expect(now * (1 - remask) + (1 - now) * reveal).toBeCloseTo(alpha(remasking, step.s), 12);
    }
    const last = remaskStep(remasking, { call: calls - 1, t: 1 / calls, s: 0 });
    expect(last).toEqual({ reveal: 1, remask: 0 });
  });
});

describe("the amount of remasking", () => {
  const at = (remasking: Remasking, t: number, s: number) =>
    remaskStep(remasking, { call: 0, t, s }).remask;

  it("is η or its bound with cap, and η of the bound with rescale", () => {
    expect(at({ kind: "cap", eta: 0.02 }, 0.5, 0.49)).toBe(0.02);
    expect(at({ kind: "cap", eta: 0.02 }, 0.02, 0.01)).toBeCloseTo(0.01 / 0.98, 14);
    expect(at({ kind: "rescale", eta: 0.1 }, 0.5, 0.4)).toBeCloseTo(0.1 * 0.8, 14);
    expect(at({ kind: "conf" }, 0.5, 0.4)).toBeCloseTo(0.8, 14);
  });

  it("is η inside the loop only", () => {
    const loop = { kind: "loop", eta: 0.02, from: 0.55, to: 0.05, alpha: 0.9 } as const;
    expect([0.56, 0.55, 0.3, 0.06, 0.05, 0.01].map((t) => at(loop, t, t - 0.01))).toEqual([
      0, 0.02, 0.02, 0.02, 0, 0,
    ]);
  });

  it("undoes one step with forward-backward, and β steps with dfm", () => {
    const [t, s] = [0.6, 0.59];
    expect(at({ kind: "forward-backward" }, t, s)).toBeCloseTo(0.01 / 0.4, 14);
    const a = 10 * t ** 0.25 * (1 - t) ** 0.25 + 1; // the rates of discrete flow matching
    const { remask, reveal } = remaskStep({ kind: "dfm" }, { call: 0, t, s });
    expect(remask).toBeCloseTo(((a - 1) * 0.01) / 0.4, 14);
    expect(reveal).toBeCloseTo((a * 0.01) / 0.6, 14);
  });
});

describe("samples", () => {
  it("are those of ancestral sampling, base for base, without remasking", async () => {
    const denoise = exactDenoise(SOURCE);
    const options = { ...PLAIN, calls: 60 };
    const noise = noiseSchedule("loglinear");
    const batch = maskedBatch(20, 30);
    const mdlm = await bind(samplers.ancestral, { ...options, noise })(
      denoise,
      batch,
      samplerRandom(4),
    );
    for (const kind of ["cap", "rescale"] as const) {
      const remdm = bind(samplers.remdm, { ...options, remasking: { kind, eta: 0 } });
      expect(await remdm(denoise, batch, samplerRandom(4))).toEqual(mdlm);
    }
    const other = bind(samplers.remdm, { ...options, remasking: { kind: "cap", eta: 0.1 } });
    expect(await other(denoise, batch, samplerRandom(4))).not.toEqual(mdlm);
  });

  it.each(preserving)(
    "have α_t of their bases unmasked at every time: $kind",
    async (remasking) => {
      const [rows, length, calls] = [40, 250, 16];
      const shares: number[] = [];
      const watching: Denoise = async (ids, { batch }) => {
        expect(batch).toBe(rows); // of 250 positions some are revealed in each call
        shares.push(ids.filter((id) => id !== MASK_ID).length / ids.length);
        return new Float64Array(4 * ids.length);
      };
      const sampler = bind(samplers.remdm, { ...PLAIN, calls, remasking });
      await sampler(watching, maskedBatch(rows, length), samplerRandom(6));
      expect(shares).toHaveLength(calls);
      for (const [call, share] of shares.entries()) {
        const expected = alpha(remasking, 1 - call / calls);
        const deviation = Math.sqrt((expected * (1 - expected)) / (rows * length));
        expect(Math.abs(share - expected), `call ${call}`).toBeLessThanOrEqual(4.5 * deviation);
      }
    },
  );

  it("with conf mask unsure bases more often than sure ones", async () => {
    const sure = Float64Array.from([0.97, 0.01, 0.01, 0.01], Math.log);
    const unsure = Float64Array.from([0.25, 0.25, 0.25, 0.25], Math.log);
    const masked = { sure: 0, unsure: 0 };
    const before = new Map<number, number>();
    const denoise: Denoise = async (ids) => {
      const logits = new Float64Array(4 * ids.length);
      for (const [at, id] of ids.entries()) {
        const kind = at % 2 === 0 ? "sure" : "unsure";
        logits.set(kind === "sure" ? sure : unsure, 4 * at);
        if (id === MASK_ID && before.get(at) !== MASK_ID && before.has(at)) masked[kind]++;
        before.set(at, id);
      }
      return logits;
    };
    const sampler = bind(samplers.remdm, { ...PLAIN, calls: 50, remasking: { kind: "conf" } });
    for (let row = 0; row < 12; row++) {
      before.clear();
      await sampler(denoise, maskedBatch(1, 1000, row), samplerRandom(3));
    }
    // One of a thousand at a time: by e^(−0.25) against 0.97 e^(−0.97) + 0.03 e^(−0.01), 1.96 times as often.
    const ratio = masked.unsure / masked.sure;
    expect(masked.sure).toBeGreaterThan(100);
    expect(ratio).toBeGreaterThan(1.5);
    expect(ratio).toBeLessThan(2.5);
  });
});
