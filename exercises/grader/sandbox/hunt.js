/**
 * Bug hunts: runs the learner's test of a subject that lives in another sandbox. Each call of the subject is a question to the page, so it
 * gives a promise. `expect` is the small one that learner.d.ts describes.
 */
export default function (language, values, { exported, tell }) {
  const { apply, thenOf, resolved, quote, put, shortened, absolute, power, OurPromise, OurError } = language;
  const { encode, writtenThrown, decode, errorOf, isPromise } = values;

  let made = 0;
  let asks = 0;
  let openChecks = 0;
  let checks = 0;
  let firstFailure = '';
  const answers = { __proto__: null };

  function ask(operation) {
    const id = asks;
    asks += 1;
    return new OurPromise((resolve, reject) => {
      answers[id] = { __proto__: null, resolve, reject };
      tell('ask', `,"id":${id},"operation":${operation}`);
    });
  }

  function told({ id, answer }) {
    const waitingFor = answers[id];
    if (!waitingFor) return;
    answers[id] = undefined;
    if (answer.did === 'threw') waitingFor.reject(errorOf(answer.value));
    else waitingFor.resolve(decode(answer.value));
  }

  function argumentsText(args) {
    let text = '';
    for (let i = 0; i < args.length; i++) text += `${i ? ',' : ''}${encode(args[i])}`;
    return `"args":[${text}]`;
  }

  function subjectHandle({ kind, export: name, methods }) {
    if (kind === 'function')
      return (...args) => ask(`{"do":"run","export":${quote(name)},${argumentsText(args)}}`);
    const create = (...args) => {
      const number = made;
      made += 1;
      const handle = {};
      for (let i = 0; i < methods.length; i++) {
        const method = methods[i];
        put(handle, method, (...given) =>
          ask(`{"do":"call","on":${number},"method":${quote(method)},${argumentsText(given)}}`),
        );
      }
      return thenOf(ask(`{"do":"new","export":${quote(name)},${argumentsText(args)}}`), () => handle);
    };
    const subject = {};
    put(subject, 'create', create);
    return subject;
  }

  function runTest(subject) {
    const test = exported.default || exported.test;
    const end = (thrown, threw) => {
      if (!firstFailure && threw) firstFailure = `{"why":"threw",${writtenThrown(thrown)}}`;
      if (!firstFailure && openChecks > 0) firstFailure = '{"why":"not awaited"}';
      tell('outcome', `,"checks":${checks},"failure":${firstFailure || 'null'}`);
    };
    try {
      const given = [subjectHandle(subject), expect];
      thenOf(
        resolved(apply(test, undefined, given)),
        () => end(undefined, false),
        (thrown) => end(thrown, true),
      );
    } catch (thrown) {
      end(thrown, true);
    }
  }

  /** A failure stays one, even when the test catches it. */
  function judge(right, not, name, expected, got, note) {
    checks += 1;
    if (right !== not) return;
    const why = `"why":"expected","matcher":"${not ? 'not.' : ''}${name}","note":${quote(note)}`;
    if (!firstFailure) firstFailure = `{${why},"expected":${expected},"got":${got}}`;
    throw new OurError(`expectation failed: ${name}`);
  }

  function expect(value, about) {
    const note = typeof about === 'string' ? shortened(about, 300) : '';
    const matchers = (not) => {
      const matcher = (name, test) => (expected) => {
        if (isPromise(value)) return judge(not, not, name, encode(expected), '["promise"]', note);
        return judge(test(expected), not, name, encode(expected), encode(value), note);
      };
      const all = {};
      put(
        all,
        'toBe',
        matcher('toBe', (expected) => same(value, expected)),
      );
      put(
        all,
        'toEqual',
        matcher('toEqual', (expected) => encode(value) === encode(expected)),
      );
      put(
        all,
        'toBeGreaterThan',
        matcher('toBeGreaterThan', (expected) => value > expected),
      );
      put(
        all,
        'toBeGreaterThanOrEqual',
        matcher('toBeGreaterThanOrEqual', (expected) => value >= expected),
      );
      put(
        all,
        'toBeLessThan',
        matcher('toBeLessThan', (expected) => value < expected),
      );
      put(
        all,
        'toBeLessThanOrEqual',
        matcher('toBeLessThanOrEqual', (expected) => value <= expected),
      );
      put(all, 'toBeCloseTo', (expected, digits = 2) => {
        const near = absolute(value - expected) < 0.5 * power(10, -digits);
        return judge(!isPromise(value) && near, not, 'toBeCloseTo', encode(expected), encode(value), note);
      });
      put(all, 'toThrow', () => {
        openChecks += 1;
        const over = (threw) => {
          openChecks -= 1;
          judge(
            threw,
            not,
            'toThrow',
            '["undefined"]',
            threw ? '["error","Error",""]' : '["undefined"]',
            note,
          );
        };
        let result = value;
        if (typeof value === 'function') {
          try {
            result = value();
          } catch {
            over(true);
            return resolved();
          }
        }
        return thenOf(
          resolved(result),
          () => over(false),
          () => over(true),
        );
      });
      return all;
    };
    const matching = matchers(false);
    put(matching, 'not', matchers(true));
    return matching;
  }

  const same = (a, b) => a === b || (a !== a && b !== b);

  return { __proto__: null, runTest, told };
}
