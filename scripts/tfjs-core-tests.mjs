/**
 * Runs the tests that TensorFlow.js' core publishes on the cpu backend and on the native one, in float32, and says for
 * each operation that C++ computes how many tests called it and passed. What cpu passes native must pass, but for
 * scripts/tfjs-core/exceptions.mjs.
 *
 *     node scripts/tfjs-core-tests.mjs [--filter text] [--verbose]
 *
 * Needs the add-on (npm run build:native). The native backend runs with poisoned memory: what a kernel does not write,
 * and what it reads after it was freed, is NaN. Tests of anything but a backend are not run.
 */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadBundle } from "./tfjs-core/bundle.mjs";
import { EXCEPTIONS } from "./tfjs-core/exceptions.mjs";
import { defineGlobals, runSuites } from "./tfjs-core/runner.mjs";

const { values: options } = parseArgs({
  options: {
    filter: { type: "string", default: "" },
    verbose: { type: "boolean", default: false },
  },
});

const ENVIRONMENTS = ["cpu", "native"];
/** How the tests name suites that are run for a backend; they nest, so that some would be for both. */
const MARK = new RegExp(` (${ENVIRONMENTS.join("|")}) \\{\\}`, "g");

const root = defineGlobals();
const bundle = await loadBundle(join(dirname(fileURLToPath(import.meta.url)), ".."));
const native = await registerBackends(bundle);
const silenced = ["warn", "log"].map((name) => [name, console[name]]);
await bundle.loadTests();

for (const [name] of silenced) console[name] = () => undefined;
const results = {};
const runs = new Map();
for (const backend of ENVIRONMENTS) results[backend] = await runOn(backend);
Object.assign(console, Object.fromEntries(silenced));
process.exitCode = report() ? 0 : 1;

async function registerBackends({ tf, setTestEnvs, startNative, NativeBackend, loadBinding }) {
  await startNative("fp32"); // registers the kernels
  tf.removeBackend("native");
  const made = { current: undefined };
  tf.registerBackend("native", () => {
    made.current = new NativeBackend(loadBinding(), "fp32", true);
    return made.current;
  });
  setTestEnvs(
    ENVIRONMENTS.map((name) => ({ name, backendName: name, flags: {}, isDataSync: true })),
  );
  return made;
}

async function runOn(backend) {
  const outcomes = new Map();
  const times = new Map();
  const isWanted = (name) => {
    const marks = [...name.matchAll(MARK)].map(([, one]) => one);
    return (
      marks.length > 0 && marks.every((one) => one === backend) && name.includes(options.filter)
    );
  };
  await runSuites(root, isWanted, ({ name, outcome, error }) => {
    const plain = name.replace(MARK, "");
    const time = (times.get(plain) ?? 0) + 1;
    times.set(plain, time);
    const test = time === 1 ? plain : `${plain} (${time})`;
    const message = error instanceof Error ? error.message : error;
    outcomes.set(test, { outcome, message });
    if (backend === "native") countKernels(test);
  });
  return outcomes;
}

/** Notes which kernels the test ran in C++, and which fell to JavaScript. */
function countKernels(test) {
  if (native.current === undefined) return;
  const { nativeCalls, fallbacks } = native.current.counters;
  runs.set(test, { native: [...nativeCalls.keys()], fallbacks: [...fallbacks.keys()] });
  native.current.resetCounters();
}

function report() {
  const { cpu, native: here } = results;
  const worse = [...here].filter(
    ([test, { outcome }]) => outcome === "failed" && cpu.get(test)?.outcome !== "failed",
  );
  const isExcepted = ([test]) => test in EXCEPTIONS;
  const broken = worse.filter((entry) => !isExcepted(entry));
  const stale = Object.keys(EXCEPTIONS).filter(
    (test) => here.has(test) && !worse.some(([other]) => other === test),
  );
  printKernels(here);
  printTotals(cpu, here, worse.filter(isExcepted).length);
  for (const [test, { message }] of broken)
    console.log(`native fails where cpu passes: ${test}\n    ${firstLine(message)}`);
  for (const test of stale) console.log(`an exception that is none: ${test}`);
  if (here.size === 0) console.log("no test ran");
  return broken.length === 0 && stale.length === 0 && here.size > 0;
}

function printKernels(here) {
  const names = bundle.NATIVE_KERNELS.map(({ name }) => name).filter(
    (name) => bundle.tf.getKernel(name, "cpu") !== undefined,
  );
  console.log(
    "kernel                passed failed left out   calls C++ declines, in tests that passed",
  );
  for (const name of names.sort()) {
    const tests = [...runs].filter(([, { native: ran }]) => ran.includes(name));
    const count = (outcome) => tests.filter(([test]) => here.get(test)?.outcome === outcome).length;
    const declined = new Map();
    for (const [, { fallbacks }] of runs)
      for (const reason of fallbacks.filter((text) => text.startsWith(`${name} `)))
        declined.set(reason, (declined.get(reason) ?? 0) + 1);
    const reasons = [...declined].map(([reason, n]) => `${reason.slice(name.length + 1)}: ${n}`);
    const numbers = ["passed", "failed", "left out"].map((one) => `${count(one)}`.padStart(7));
    console.log(`${name.padEnd(21)}${numbers.join("")}   ${reasons.join(", ")}`);
  }
}

function printTotals(cpu, here, excepted) {
  for (const [name, outcomes] of [
    ["cpu", cpu],
    ["native", here],
  ]) {
    const count = (wanted) =>
      [...outcomes.values()].filter(({ outcome }) => outcome === wanted).length;
    console.log(
      `${name}: ${count("passed")} passed, ${count("failed")} failed, ${count("left out")} left out by the tests themselves`,
    );
  }
  console.log(`exceptions: ${excepted}`);
  const both = [...here].filter(
    ([test, { outcome }]) => outcome === "failed" && cpu.get(test)?.outcome === "failed",
  );
  console.log(`failed on both: ${both.length}`);
  if (!options.verbose) return;
  for (const [test, { message }] of both) console.log(`  ${test}\n      ${firstLine(message)}`);
}

function firstLine(text) {
  return `${text}`.split("\n")[0].slice(0, 300);
}
