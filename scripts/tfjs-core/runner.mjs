/** Suites and tests as Jasmine declares them, run one after another in the order of their declaration. */

import { arrayWithExactContents, expect, expectAsync } from "./expectations.mjs";
import { createSpy, restoreSpies, spyCount, spyOn } from "./spies.mjs";

const TIMEOUT_MS = 60_000;

const HOOKS = ["beforeAll", "afterAll", "beforeEach", "afterEach"];

function makeSuite(name, parent) {
  const hooks = Object.fromEntries(HOOKS.map((hook) => [hook, []]));
  return { name, parent, children: [], tests: [], hooks };
}

/** Defines Jasmine's globals; returns the root suite, which fills as tests are loaded. */
export function defineGlobals() {
  const root = makeSuite("", undefined);
  let current = root;
  const describe = (name, declare) => {
    const suite = makeSuite(`${current.name} ${name}`.trim(), current);
    current.children.push(suite);
    current = suite;
    declare();
    current = suite.parent;
  };
  const it = (name, body) => current.tests.push({ name: `${current.name} ${name}`, body });
  const leftOut = (name) =>
    current.tests.push({ name: `${current.name} ${name}`, body: undefined });
  const hooks = HOOKS.map((hook) => [hook, (body) => current.hooks[hook].push(body)]);
  Object.assign(globalThis, {
    describe,
    it,
    xit: leftOut,
    xdescribe: () => undefined,
    fail: (reason) => {
      throw reason instanceof Error ? reason : new Error(`failed: ${reason}`);
    },
    expect,
    expectAsync,
    spyOn,
    jasmine: { DEFAULT_TIMEOUT_INTERVAL: TIMEOUT_MS, arrayWithExactContents, createSpy },
    ...Object.fromEntries(hooks),
  });
  return root;
}

/** Runs a test's or a hook's body, which may return a promise or take `done`. */
async function call(body) {
  let timer;
  const late = new Promise((_, reject) => {
    const give = () => reject(new Error(`not done after ${TIMEOUT_MS} ms`));
    timer = setTimeout(give, TIMEOUT_MS);
  });
  const result = new Promise((resolve, reject) => {
    if (body.length === 0) {
      resolve(body());
      return;
    }
    const done = () => resolve();
    done.fail = (reason) => reject(reason instanceof Error ? reason : new Error(`${reason}`));
    body(done);
  });
  try {
    await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs the tests that lie directly in the suites for which `isWanted(name)`, with their hooks.
 *
 * @param report called with { name, outcome: "passed" | "failed" | "left out", error } after each test
 */
export async function runSuites(suite, isWanted, report) {
  const isHere = isWanted(suite.name);
  const spies = spyCount();
  const failure = isHere ? await attempt(() => each(suite.hooks.beforeAll)) : undefined;
  for (const test of isHere ? suite.tests : []) {
    if (test.body === undefined) report({ name: test.name, outcome: "left out" });
    else report(await runTest(suite, test, failure));
  }
  for (const child of suite.children) await runSuites(child, isWanted, report);
  if (isHere) await attempt(() => each(suite.hooks.afterAll));
  restoreSpies(spies);
}

async function runTest(suite, { name, body }, failure) {
  const chain = [];
  for (let at = suite; at !== undefined; at = at.parent) chain.unshift(at);
  const spies = spyCount();
  const error =
    failure ??
    (await attempt(async () => {
      for (const { hooks } of chain) await each(hooks.beforeEach);
      await call(body);
    }));
  const after = await attempt(async () => {
    for (const { hooks } of chain.reverse()) await each(hooks.afterEach);
  });
  restoreSpies(spies);
  const first = error ?? after;
  return { name, outcome: first === undefined ? "passed" : "failed", error: first };
}

async function each(bodies) {
  for (const body of bodies) await call(body);
}

async function attempt(action) {
  try {
    await action();
    return undefined;
  } catch (error) {
    return error ?? new Error("thrown: nothing");
  }
}
