import { expect, test } from "vitest";
import { demoConfig, demoOptions } from "../../../pipelines/demo/options.ts";
import { pretrainConfig } from "../../../pipelines/pretrain/options.ts";
import { flattenOptions } from "../../../src/config/option-table.ts";
import { ConfigError } from "../../../src/errors.ts";

test("trains what `gdiff pretrain --genome demo --preset demo` trains", async () => {
  const { data, model, train } = await pretrainConfig({ preset: "demo", data: { genome: "demo" } });
  expect(await demoConfig()).toMatchObject({ data, model, train });
});

test("refuses other data, whose truth is not known", async () => {
  const message =
    "expected no data.fasta: gdiff demo runs on the built-in genome (gdiff pretrain takes another)";
  await expect(demoConfig({ data: { fasta: "a.fa" } })).rejects.toThrow(new ConfigError(message));
  for (const key of ["genome", "train", "valid", "test", "bed"]) {
    const part = JSON.parse(`{ "data": { "${key}": "demo" } }`);
    await expect(demoConfig(part)).rejects.toThrow(`expected no data.${key}: gdiff demo runs on`);
  }
});

test("its flags are few; every other key is for --set", () => {
  const options = [...flattenOptions(demoOptions)];
  expect(options.flatMap(([, { flag }]) => flag ?? [])).toEqual([
    "--out",
    "--steps",
    "--count",
    "--seed",
    "--backend",
    "--precision",
    "--device",
  ]);
  expect(options.map(([key]) => key)).toContain("model.width");
});

test("an option of sampling that the objective's method does not take is refused before training", async () => {
  await expect(demoConfig({ sample: { eta: 0.1 } })).rejects.toThrow(
    new ConfigError(
      "expected only flags that --method random-order takes (--calls, --schedule), got --eta",
    ),
  );
  const sedd = await demoConfig({ train: { objective: "sedd" }, sample: { noise: "cosine" } });
  expect(sedd.sample.noise).toBe("cosine");
});
