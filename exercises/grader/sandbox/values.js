/**
 * Values to text and back, by the rules of ../values.ts. It may meet anything here: getters, proxies, rings, a list of a million. What is
 * too much is cut, and says so; what throws, throws; what never returns is ended by the page.
 */
export default function (language) {
  const { quote, isArray, isView, isFinite, isNaN, keysOf, sortOf, getPrototypeOf, put, shortened } =
    language;
  const { eachOfMap, eachOfSet, addToMap, addToSet, millisecondsOf, iteratorKey } = language;
  const { mapPrototype, setPrototype, datePrototype, errorPrototype, promisePrototype } = language;
  const { OurMap, OurSet, OurDate, OurError, OurBigInt } = language;

  const mostValues = 5000;
  const longestText = 20_000;
  const deepest = 12;
  let valuesLeft = 0;
  const cut = (what) => `["cut",${quote(what)}]`;

  function encode(value, most = mostValues) {
    // A getter of the value may write to the console, which encodes in between.
    const left = valuesLeft;
    valuesLeft = most;
    try {
      return written(value, 0, undefined);
    } finally {
      valuesLeft = left;
    }
  }

  function written(value, depth, above) {
    valuesLeft -= 1;
    if (valuesLeft < 0) return cut('more values than an answer may have');
    switch (typeof value) {
      case 'undefined':
        return '["undefined"]';
      case 'boolean':
        return value ? 'true' : 'false';
      case 'number':
        return isFinite(value) ? `${value === 0 ? 0 : value}` : `["number","${value}"]`;
      case 'string':
        return value.length > longestText ? cut(`a text of ${value.length} characters`) : quote(value);
      case 'bigint': {
        const text = `${value}`;
        return text.length > 1000 ? cut('a very large bigint') : `["bigint","${text}"]`;
      }
      case 'symbol':
        return '["symbol"]';
      case 'function':
        return '["function"]';
      default:
        return value === null ? 'null' : writtenObject(value, depth, above);
    }
  }

  function writtenObject(value, depth, above) {
    if (depth > deepest) return cut(`deeper than ${deepest} levels`);
    for (let link = above; link; link = link.above) if (link.value === value) return cut('itself again');
    const here = { __proto__: null, value, above };
    if (isArray(value) || (isView(value) && typeof value.length === 'number')) {
      let text = '["list"';
      const length = value.length;
      for (let i = 0; i < length && valuesLeft >= 0; i++) text += `,${written(value[i], depth + 1, here)}`;
      return `${text}]`;
    }
    if (descends(value, mapPrototype)) {
      let text = '["map"';
      eachOfMap(value, (item, key) => {
        if (valuesLeft >= 0) text += `,[${written(key, depth + 1, here)},${written(item, depth + 1, here)}]`;
      });
      return `${text}]`;
    }
    if (descends(value, setPrototype)) {
      let text = '["set"';
      eachOfSet(value, (item) => {
        if (valuesLeft >= 0) text += `,${written(item, depth + 1, here)}`;
      });
      return `${text}]`;
    }
    if (descends(value, datePrototype)) {
      const ms = millisecondsOf(value);
      return `["date",${isNaN(ms) ? 'null' : ms}]`;
    }
    if (descends(value, errorPrototype)) return writtenError(value);
    if (descends(value, promisePrototype)) return '["promise"]';
    if (typeof value.next === 'function' && typeof value[iteratorKey] === 'function')
      return writtenIterator(value, depth, here);

    const names = sortOf(keysOf(value));
    let text = '["object"';
    for (let i = 0; i < names.length && valuesLeft >= 0; i++) {
      const item = value[names[i]];
      if (item !== undefined) text += `,[${quote(names[i])},${written(item, depth + 1, here)}]`;
    }
    return `${text}]`;
  }

  function writtenIterator(value, depth, here) {
    let text = '["list"';
    while (valuesLeft >= 0) {
      const step = value.next();
      if (!step || step.done) break;
      text += `,${written(step.value, depth + 1, here)}`;
    }
    return `${text}]`;
  }

  function writtenError(error) {
    const name = typeof error.name === 'string' ? shortened(error.name, 100) : 'Error';
    const message = typeof error.message === 'string' ? shortened(error.message, 1000) : '';
    return `["error",${quote(name)},${quote(message)}]`;
  }

  /** A thrown value is reported as an error, whatever it is: `{ value, stack }`. */
  function writtenThrown(thrown) {
    try {
      const isObject = typeof thrown === 'object' && thrown !== null;
      const value = isObject && descends(thrown, errorPrototype) ? writtenError(thrown) : encode(thrown);
      const stack = isObject && typeof thrown.stack === 'string' ? shortened(thrown.stack, 1000) : '';
      return `"value":${value},"stack":${quote(stack)}`;
    } catch {
      return '"value":["error","Error","an error that cannot be read"],"stack":""';
    }
  }

  function descends(value, prototype) {
    let steps = 0;
    for (let link = getPrototypeOf(value); link; link = getPrototypeOf(link)) {
      if (link === prototype) return true;
      steps += 1;
      if (steps > 50) return false;
    }
    return false;
  }

  /** `stands` gives what a fake or an object of before stands for. */
  function decode(wire, stands) {
    if (typeof wire !== 'object' || wire === null) return wire;
    switch (wire[0]) {
      case 'undefined':
        return undefined;
      case 'number':
        return +wire[1];
      case 'bigint':
        return OurBigInt(wire[1]);
      case 'date':
        return new OurDate(wire[1]);
      case 'error':
        return errorOf(wire);
      case 'list':
        return decodeAll(wire, 1, stands);
      case 'map': {
        const map = new OurMap();
        for (let i = 1; i < wire.length; i++)
          addToMap(map, decode(wire[i][0], stands), decode(wire[i][1], stands));
        return map;
      }
      case 'set': {
        const set = new OurSet();
        for (let i = 1; i < wire.length; i++) addToSet(set, decode(wire[i], stands));
        return set;
      }
      case 'object': {
        const object = {};
        for (let i = 1; i < wire.length; i++) put(object, wire[i][0], decode(wire[i][1], stands));
        return object;
      }
      case 'fake':
      case 'made':
        return stands ? stands(wire) : undefined;
      default:
        return undefined;
    }
  }

  function decodeAll(wires, from, stands) {
    const list = [];
    for (let i = from; i < wires.length; i++) put(list, i - from, decode(wires[i], stands));
    return list;
  }

  function errorOf(wire) {
    const error = new OurError(wire[2]);
    put(error, 'name', wire[1]);
    return error;
  }

  return {
    __proto__: null,
    cut,
    encode,
    writtenThrown,
    decode,
    decodeAll,
    errorOf,
    isPromise: (value) => typeof value === 'object' && value !== null && descends(value, promisePrototype),
  };
}
