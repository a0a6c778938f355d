import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import type { TensorflowPackage } from "../../../src/backends/tensorflow/find-tensorflow.ts";
import { noGpu } from "../../../src/backends/tensorflow/no-gpu.ts";

let root: string;
let found: TensorflowPackage;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gdiff-no-gpu-"));
  found = {
    ...{ name: "@tensorflow/tfjs-node-gpu", version: "4.22.0", folder: root, hasAddon: true },
    addon: join(root, "tfjs_binding.node"),
  };
});

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const REMEDIES =
  "TF_CPP_MIN_LOG_LEVEL=0 shows what TensorFlow looked for; gdiff doctor --explain tensorflow prints how to give it another " +
  "libtensorflow; --device cpu computes on the processor";

it("tells the CUDA and cuDNN of the libtensorflow that the package downloads", () => {
  plant("usr/local/cuda/lib64/libcudart.so.12", "");
  expect(noGpu(found, "2.9.1", root)).toBe(
    "expected a GPU for @tensorflow/tfjs-node-gpu 4.22.0, got none: libtensorflow 2.9.1 was built for CUDA 11.2 " +
      "(libcudart.so.11.0) and cuDNN 8.1 (libcudnn.so.8); found no NVIDIA driver, " +
      `${root}/usr/local/cuda/lib64/libcudart.so.12. ${REMEDIES}`,
  );
});

it("reads them of a wheel, and finds the wheels beside it", () => {
  plant("tfjs_binding.node.tensorflow", `${root}/site/tensorflow\n`);
  plant(
    "site/tensorflow/python/platform/build_info.py",
    "build_info = collections.OrderedDict([('cuda_version', '12.5.1'), ('cudnn_version', '9'), ('is_cuda_build', True)])\n",
  );
  plant("site/nvidia/cudnn/lib/libcudnn.so.9", "");
  const message = noGpu(found, "2.21.0", root);
  expect(message).toContain("libtensorflow 2.21.0 was built for CUDA 12.5.1 and cuDNN 9; ");
  expect(message).toContain(`${root}/site/nvidia/cudnn/lib/libcudnn.so.9. `);
});

it("tells a wheel for processors from one for GPUs", () => {
  plant("tfjs_binding.node.tensorflow", `${root}/site/tensorflow\n`);
  plant("site/tensorflow/python/platform/build_info.py", "[('is_cuda_build', False)]\n");
  expect(noGpu(found, "2.21.0", root)).toContain(
    `libtensorflow 2.21.0 of ${root}/site/tensorflow was built without CUDA (pip install 'tensorflow[and-cuda]'); `,
  );
});

it("claims nothing of another libtensorflow", () => {
  expect(noGpu(found, "2.15.0", root)).toContain(
    "libtensorflow 2.15.0 says nothing of the CUDA that it was built for; ",
  );
});
