/** Jasmine's spies: methods replaced until the test, or the suite whose beforeAll made them, ends. */

const replaced = [];

function makeSpy(original) {
  const calls = [];
  let behaviour = () => undefined;
  function spy(...args) {
    const call = { object: this, args };
    calls.push(call);
    call.returnValue = behaviour.apply(this, args);
    return call.returnValue;
  }
  const behave = (next) => {
    behaviour = next;
    return spy;
  };
  spy.and = {
    callThrough: () => behave(original),
    callFake: behave,
    returnValue: (value) => behave(() => value),
    returnValues: (...values) => behave(() => values.shift()),
    throwError: (error) =>
      behave(() => {
        throw error;
      }),
    stub: () => behave(() => undefined),
  };
  spy.calls = {
    count: () => calls.length,
    all: () => calls,
    first: () => calls[0],
    mostRecent: () => calls.at(-1),
    argsFor: (i) => calls[i]?.args,
    reset: () => calls.splice(0),
  };
  return spy;
}

export function spyOn(object, name) {
  const original = object[name];
  const isOwn = Object.hasOwn(object, name);
  const spy = makeSpy(original);
  object[name] = spy;
  replaced.push(() => {
    if (isOwn) object[name] = original;
    else delete object[name];
  });
  return spy;
}

export const createSpy = () => makeSpy(() => undefined);

/** How many methods are replaced now, to come back to with restoreSpies. */
export const spyCount = () => replaced.length;

/** Puts back what was replaced since there were `count`. */
export function restoreSpies(count) {
  while (replaced.length > count) replaced.pop()();
}
