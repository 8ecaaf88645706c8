/**
 * Does what the page asks of the learner's exports, step by step, and writes down what came of it. `post` sends the number of each step
 * before it begins; `turn` goes on when all microtasks have run.
 */
export default function (language, values, { exported, post, tell, turn }) {
  const { apply, construct, thenOf, resolved, quote, OurPromise, OurError, OurTypeError } = language;
  const { cut, encode, writtenThrown, decode, decodeAll, errorOf } = values;
  const longestAnswers = 200_000;

  let generation = 0;
  let instances = { __proto__: null };
  let made = 0;
  let fakes = { __proto__: null };
  let promises = 0;
  let waiting = 0;
  let callsText = '';
  let settledText = '';

  function runBatch({ id, operations, fresh }) {
    if (fresh) {
      generation += 1;
      instances = { __proto__: null };
      fakes = { __proto__: null };
      made = promises = waiting = 0;
    }
    let text = '';
    let index = 0;
    const next = () => {
      while (index < operations.length) {
        post(index);
        callsText = settledText = '';
        const answer = perform(operations[index]);
        const finish = () => {
          const calls = callsText ? `,"calls":[${callsText}]` : '';
          const settled = settledText ? `,"settled":[${settledText}]` : '';
          const written = `${answer()}${calls}${settled}`;
          const fits = text.length + written.length < longestAnswers;
          text += `${index ? ',' : ''}{${fits ? written : `"did":"returned","value":${cut('more than fits into one message')}`}}`;
          index += 1;
        };
        if (waiting > 0 || operations[index].do === 'settle')
          return turn(() => {
            finish();
            next();
          });
        finish();
      }
      tell('answers', `,"id":${id},"answers":[${text}]`);
    };
    next();
  }

  /** Does one operation; what is returned writes the answer, when microtasks have run. */
  function perform(operation) {
    try {
      const result = carryOut(operation);
      if (operation.do === 'new') return () => '"did":"returned","value":["undefined"]';
      const isObject = (typeof result === 'object' && result !== null) || typeof result === 'function';
      if (isObject && typeof result.then === 'function') return watch(result);
      const text = encode(result);
      return () => `"did":"returned","value":${text}`;
    } catch (thrown) {
      const text = writtenThrown(thrown);
      return () => `"did":"threw",${text}`;
    }
  }

  function carryOut(operation) {
    switch (operation.do) {
      case 'new': {
        const number = made;
        made += 1;
        instances[number] = construct(exported[operation.export], decodeAll(operation.args, 0, stands));
        return undefined;
      }
      case 'run':
        return apply(exported[operation.export], undefined, decodeAll(operation.args, 0, stands));
      case 'call': {
        const instance = instanceOf(operation.on);
        const method = instance[operation.method];
        if (typeof method !== 'function')
          throw new OurTypeError(`there is no method ${operation.method} here`);
        return apply(method, instance, decodeAll(operation.args, 0, stands));
      }
      case 'read':
        return instanceOf(operation.on)[operation.property];
      default:
        return settle(operation);
    }
  }

  function instanceOf(number) {
    if (!instances[number]) throw new OurTypeError('there is no object: its constructor has failed');
    return instances[number];
  }

  const stands = (wire) =>
    wire[0] === 'fake' ? fakeOf(wire[1], wire.length > 2, wire[2]) : instances[wire[1]];

  /** Follows a promise. Its answer says how it ended if it has ended within the step. */
  function watch(promise) {
    const handle = promises;
    const mine = generation;
    let own = '';
    let stepOver = false;
    const end = (text) => {
      // A promise of objects that are forgotten.
      if (mine !== generation) return;
      waiting -= 1;
      if (!stepOver) own = text;
      else settledText += `${settledText ? ',' : ''}{"handle":${handle},${text}}`;
    };
    const onValue = (value) => {
      let text;
      try {
        text = `"did":"returned","value":${encode(value)}`;
      } catch (thrown) {
        text = `"did":"threw",${writtenThrown(thrown)}`;
      }
      end(text);
    };
    thenOf(resolved(promise), onValue, (thrown) => end(`"did":"threw",${writtenThrown(thrown)}`));
    promises += 1;
    waiting += 1;
    return () => {
      stepOver = true;
      return own || `"did":"waits","handle":${handle},"value":["promise"]`;
    };
  }

  /** A function that the page stands behind: it notes its calls; the page settles the promises that it gives out. */
  function fakeOf(name, returnsAtOnce, wire) {
    if (fakes[name]) return fakes[name].call;
    const fake = { __proto__: null, count: 0, settle: { __proto__: null }, call: undefined };
    fake.call = (...args) => {
      const number = fake.count;
      fake.count += 1;
      let texts = '';
      for (let i = 0; i < args.length; i++) texts += `${i ? ',' : ''}${encode(args[i], 200)}`;
      callsText += `${callsText ? ',' : ''}{"fake":${quote(name)},"call":${number},"args":[${texts}]}`;
      if (returnsAtOnce) return decode(wire);
      return new OurPromise((resolve, reject) => {
        fake.settle[number] = { __proto__: null, resolve, reject };
      });
    };
    fakes[name] = fake;
    return fake.call;
  }

  function settle({ fake, call, value, error }) {
    const promise = fakes[fake] && fakes[fake].settle[call];
    if (!promise) throw new OurError(`${fake} was not called ${call + 1} times`);
    if (error) promise.reject(errorOf(error));
    else promise.resolve(decode(value));
    return undefined;
  }

  return runBatch;
}
