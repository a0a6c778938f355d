import { expect, test } from "vitest";
import { demoConfig, demoOptions } from "../../../pipelines/demo/options.ts";
import { pretrainConfig } from "../../../pipelines/pretrain/options.ts";
import { flattenOptions } from "../../../src/config/option-table.ts";

test("trains what `gdiff pretrain --genome demo --preset demo` trains", async () => {
  const { data, model, train } = await pretrainConfig({ preset: "demo", data: { genome: "demo" } });
  expect(await demoConfig()).toMatchObject({ data, model, train });
});

test("its flags are few; every other key is for --set", () => {
  const options = [...flattenOptions(demoOptions)];
  expect(options.flatMap(([, { flag }]) => flag ?? [])).toEqual([
    "--out",
    "--steps",
    "--count",
    "--seed",
    "--backend",
  ]);
  expect(options.map(([key]) => key)).toContain("model.width");
});
