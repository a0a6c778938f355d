#!/bin/bash
# Trains on 13.6 million bases of GRCh38 and reads the test split once: minutes to pass the Markov baselines on valid, and
# bits per base on test. Not part of the tests.
#
#   bench/real-dna.sh FASTA RUN [flags of gdiff pretrain]
#
# FASTA: chr20:1-10,000,000 and chr21:1-10,000,000 of GRCh38 as contigs chr20 and chr21, bgzip or plain.
set -euo pipefail

fasta=$1 run=$2
shift 2
gdiff() { node "$(dirname "$0")/../dist/src/cli/main.js" "$@"; }

gdiff pretrain --fasta "$fasta" \
  --train chr20:1-7,000,000,chr21 --valid chr20:7,000,001-8,000,000 --test chr20:8,000,001-10,000,000 \
  --set train.validWindows=512 --out "$run" "$@"
gdiff evaluate "$run" --split valid --windows 512 --draws 1 # the baselines on the windows that training validated on
gdiff evaluate "$run" --split test --windows 4000 --draws 2 --table "$run/test-windows.arrow"
node --input-type=module -e '
  import { readFileSync } from "node:fs";
  const records = readFileSync(process.argv[1], "utf8").trim().split("\n").map((line) => JSON.parse(line));
  console.log("step, minutes, valid bits per base:");
  for (const { step, seconds, validBits } of records) {
    if (validBits !== undefined) console.log(step, (seconds / 60).toFixed(1), validBits.toFixed(4));
  }
' "$run/metrics.jsonl"
