import { describe, expect, test } from "vitest";
import { publicText } from "../../src/report/public-text.ts";

describe("what gives access is hidden", () => {
  test.each([
    ["fasta: https://me:pw@host/a.fa", "fasta: https://[hidden]@host/a.fa"],
    [
      "--fasta https://host/a.fa.gz?X-Amz-Signature=abc&b=c --seed 1",
      "--fasta https://host/a.fa.gz?[hidden] --seed 1",
    ],
    ["--api-key abc --seed 1", "--api-key [hidden] --seed 1"],
    ["--hub-token=abc", "--hub-token=[hidden]"],
    ["password: 'a b'\nseed: 1", "password: [hidden]\nseed: 1"],
    ['{"accessKey": "abc", "n": 1}', '{"accessKey": [hidden], "n": 1}'],
    ["AWS_SECRET_ACCESS_KEY=abc gdiff", "AWS_SECRET_ACCESS_KEY=[hidden] gdiff"],
    ["Authorization: Bearer abc.def", "Authorization: Bearer [hidden]"],
  ])("%s", (text, shown) => expect(publicText(text)).toBe(shown));
});

describe("what does not is shown", () => {
  test.each([
    ["train:\n  batchTokens: 4096\n  tokens: 12\n"],
    ["tokenizer: letters"],
    ["gdiff benchmark runs/a --sets all --lr 1e-3,2e-3"],
    ["fasta: https://host/a.fa"],
    ["git@host:a/b"],
  ])("%s", (text) => expect(publicText(text)).toBe(text));
});
