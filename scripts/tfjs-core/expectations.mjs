/** The part of Jasmine's expectations that TensorFlow.js' tests use: https://jasmine.github.io/api/5.1/matchers. */

import { isDeepStrictEqual } from "node:util";

class ExactContents {
  constructor(items) {
    this.items = items;
  }
  matches(actual) {
    const left = [...this.items];
    const isEach = [...actual].every((item) => {
      const at = left.findIndex((one) => isDeepStrictEqual(one, item));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
    return isEach && left.length === 0;
  }
}

export const arrayWithExactContents = (items) => new ExactContents(items);

const equal = (a, b) => (b instanceof ExactContents ? b.matches(a) : isDeepStrictEqual(a, b));

/** Whether an error is of what toThrowError(type?, message?) asks for. */
function isSuchError(error, wanted) {
  const type = wanted.find((one) => typeof one === "function") ?? Error;
  const message = wanted.find((one) => typeof one !== "function");
  if (!(error instanceof type)) return false;
  if (message === undefined) return true;
  return message instanceof RegExp ? message.test(error.message) : error.message === message;
}

/** What a call throws, in a list; empty when it does not. */
function thrown(call) {
  try {
    call();
    return [];
  } catch (error) {
    return [error];
  }
}

const MATCHERS = {
  toBe: (a, b) => Object.is(a, b) || a === b,
  toEqual: equal,
  toBeCloseTo: (a, b, digits = 2) => Math.abs(a - b) < 10 ** -digits / 2,
  toBeLessThan: (a, b) => a < b,
  toBeLessThanOrEqual: (a, b) => a <= b,
  toBeGreaterThan: (a, b) => a > b,
  toBeGreaterThanOrEqual: (a, b) => a >= b,
  toBeNull: (a) => a === null,
  toBeUndefined: (a) => a === undefined,
  toBeDefined: (a) => a !== undefined,
  toBeTruthy: (a) => Boolean(a),
  toBeFalsy: (a) => !a,
  toBeTrue: (a) => a === true,
  toBeFalse: (a) => a === false,
  toBeNaN: (a) => Number.isNaN(a),
  toBeInstanceOf: (a, type) => a instanceof type,
  toContain: (a, b) =>
    typeof a === "string" ? a.includes(b) : [...a].some((item) => equal(item, b)),
  toMatch: (a, pattern) => new RegExp(pattern).test(a),
  toThrow: (call, ...wanted) => {
    const [error] = thrown(call);
    return error !== undefined && (wanted.length === 0 || equal(error, wanted[0]));
  },
  toThrowError: (call, ...wanted) => {
    const [error] = thrown(call);
    return error !== undefined && isSuchError(error, wanted);
  },
  toHaveBeenCalled: (spy) => spy.calls.count() > 0,
  toHaveBeenCalledTimes: (spy, count) => spy.calls.count() === count,
  toHaveBeenCalledWith: (spy, ...args) => spy.calls.all().some((call) => equal(call.args, args)),
  nothing: () => true,
};

function show(value) {
  try {
    return String(typeof value === "object" ? JSON.stringify(value) : value).slice(0, 200);
  } catch {
    return typeof value;
  }
}

/** expect(actual).not.toEqual(…): throws at once, where Jasmine notes and goes on; a test fails either way. */
export function expect(actual) {
  const matchers = (isNegated) =>
    Object.fromEntries(
      Object.entries(MATCHERS).map(([name, matches]) => [
        name,
        (...wanted) => {
          if (matches(actual, ...wanted) !== isNegated) return;
          throw new Error(
            `expected ${show(actual)} ${isNegated ? "not " : ""}${name} ${wanted.map(show).join(", ")}`,
          );
        },
      ]),
    );
  const all = matchers(false);
  all.not = matchers(true);
  all.withContext = () => all;
  return all;
}

/** expectAsync(promise). */
export function expectAsync(promise) {
  const settled = Promise.resolve(promise).then(
    () => [],
    (error) => [error],
  );
  const check = async (isMet, text) => {
    if (!isMet(await settled)) throw new Error(`expected the promise ${text}`);
  };
  return {
    toBeResolved: () => check((errors) => errors.length === 0, "to be resolved"),
    toBeRejected: () => check((errors) => errors.length === 1, "to be rejected"),
    toBeRejectedWithError: (...wanted) =>
      check(
        (errors) => errors.length === 1 && isSuchError(errors[0], wanted),
        `to be rejected with ${wanted.map(show).join(", ")}`,
      ),
  };
}
