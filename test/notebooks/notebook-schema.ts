/** What nbformat 4.5 asks of a notebook, as far as those here have it (nbformat.readthedocs.io, "The Jupyter Notebook Format"). */

const TEXT = { type: "array", items: { type: "string" } };
const CELL = {
  id: { type: "string", pattern: "^[a-zA-Z0-9_-]{1,64}$" },
  metadata: { type: "object" },
  source: TEXT,
};

const stream = {
  type: "object",
  required: ["output_type", "name", "text"],
  additionalProperties: false,
  properties: { output_type: { const: "stream" }, name: { const: "stdout" }, text: TEXT },
};

const executeResult = {
  type: "object",
  required: ["output_type", "execution_count", "metadata", "data"],
  additionalProperties: false,
  properties: {
    output_type: { const: "execute_result" },
    execution_count: { type: "integer", minimum: 0 },
    metadata: { type: "object" },
    data: { type: "object", minProperties: 1, additionalProperties: TEXT },
  },
};

export const NOTEBOOK_SCHEMA = {
  type: "object",
  required: ["metadata", "nbformat", "nbformat_minor", "cells"],
  additionalProperties: false,
  properties: {
    nbformat: { const: 4 },
    nbformat_minor: { const: 5 },
    metadata: {
      type: "object",
      required: ["kernelspec", "language_info"],
      properties: {
        kernelspec: { type: "object", required: ["name", "display_name"] },
        language_info: { type: "object", required: ["name"] },
      },
    },
    cells: {
      type: "array",
      minItems: 1,
      items: {
        oneOf: [
          {
            type: "object",
            required: ["id", "cell_type", "metadata", "source"],
            additionalProperties: false,
            properties: { ...CELL, cell_type: { const: "markdown" } },
          },
          {
            type: "object",
            required: ["id", "cell_type", "metadata", "source", "execution_count", "outputs"],
            additionalProperties: false,
            properties: {
              ...CELL,
              cell_type: { const: "code" },
              execution_count: { type: ["integer", "null"], minimum: 0 },
              outputs: { type: "array", items: { oneOf: [stream, executeResult] } },
            },
          },
        ],
      },
    },
  },
} as const;
