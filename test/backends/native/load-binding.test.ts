import { expect, it } from "vitest";
import { loadBinding } from "../../../src/backends/native/load-binding.ts";
import { BackendError } from "../../../src/errors.ts";
import { loadAddon } from "../../../src/util/addon/load.ts";

it("refuses an add-on without kernels", () => {
  const { getThreads, ...system } = loadAddon().binding;
  const { allocate, release, setMemoryLimit, memoryLimit, memoryTaken } = system;
  const { getInstructionSet, setInstructionSet, instructionSets, hasBf16, setThreads } = system;
  const binding = {
    ...{ allocate, release, setMemoryLimit, memoryLimit, memoryTaken, getThreads, setThreads },
    ...{ getInstructionSet, setInstructionSet, instructionSets, hasBf16 },
  };
  expect(() => loadBinding({ binding, path: "/old/gdiff.node" })).toThrow(
    new BackendError(
      "backend native: expected /old/gdiff.node to have the kernels of this gdiff, but it has not (npm run build:native makes them)",
    ),
  );
});
