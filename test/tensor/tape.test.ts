import { beforeAll, describe, expect, it } from "vitest";
import { BackendError } from "../../src/errors.ts";
import { expectTapeNode, record, releaseNodes } from "../../src/tensor/tape.ts";
import { tf } from "../../src/tensor/tf.ts";
import { filled, useBackend } from "../support/backend.ts";

describe("TensorFlow.js' tape", () => {
  beforeAll(() => useBackend("cpu"));

  it("holds nodes as this version of gdiff knows them", () => {
    const x = filled([2]);
    const { value, nodes } = record(() => tf.square(tf.mul(x, 3)));
    expect(nodes.map(({ kernelName }) => kernelName)).toContain("Multiply");
    const square = nodes.find(({ kernelName }) => kernelName === "Square");
    expect(Object.keys(square?.inputs ?? {})).toEqual(["x"]);
    expect(square?.outputs.map(({ id }) => id)).toEqual([value.id]);
    expect(square?.saved).toHaveLength(1);
    expect(square?.gradient).toBeTypeOf("function");
    releaseNodes(nodes);
    tf.dispose([x, value]);
  });

  it("is refused when it holds anything else", () => {
    expect(() => expectTapeNode({ kernelName: "Add", inputs: {}, outputs: [] })).toThrow(
      new BackendError(
        "expected the tape of TensorFlow.js 4.22, nodes of kernelName, inputs, outputs, saved and gradient, " +
          `got one of kernelName, inputs, outputs from version ${tf.version_core}: install @tensorflow/tfjs 4.22`,
      ),
    );
  });
});
