import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStrictJson } from "../../src/util/strict-json.ts";

describe("parseStrictJson", () => {
  it("parses what JSON.parse parses", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseStrictJson(text, 100)).toEqual(JSON.parse(text));
      }),
      { seed: 1 },
    );
  });

  it("refuses other text with one message", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0a1 n') }), (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        fc.pre(!isJson);
        expect(() => parseStrictJson(text, 100)).toThrow(new SyntaxError("text that is not JSON"));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it("refuses a key given twice in one mapping, however it is spelled", () => {
    expect(() => parseStrictJson('{"a":1,"b":{"a":2},"\\u0061":3}', 9)).toThrow(
      new SyntaxError('key "a" twice'),
    );
    expect(() => parseStrictJson('[{"x":["x","x"]},{"x":1,"x":1}]', 9)).toThrow(
      new SyntaxError('key "x" twice'),
    );
  });

  it("takes equal keys in different mappings, and equal texts that are not keys", () => {
    expect(parseStrictJson('{"a":{"a":"a"},"b":["a","a",{"a":1}],"c\\"}":"{"}', 9)).toEqual({
      a: { a: "a" },
      b: ["a", "a", { a: 1 }],
      'c"}': "{",
    });
  });

  it("refuses nesting beyond its limit before it parses", () => {
    expect(parseStrictJson("[[[]]]", 3)).toEqual([[[]]]);
    expect(() => parseStrictJson("[[[]]]", 2)).toThrow(new SyntaxError("more than 2 levels"));
    expect(() => parseStrictJson("[".repeat(10_000_000), 2)).toThrow(
      new SyntaxError("more than 2 levels"),
    );
  });
});
