/**
 * The world that the learner's code finds: the language without its clock and its chance, a console, and nothing of the browser. All that is
 * not on the list is removed, so that what browsers add tomorrow is not there either.
 */
export default function (language, { encode }, { root, tell }) {
  const { construct, deleteProperty, getPrototypeOf, namesOf, put, OurSet, OurDate, OurError } = language;

  let lines = 0;
  const mostLines = 100;
  function say(level, args) {
    lines += 1;
    if (lines > mostLines) return;
    let text = '';
    try {
      for (let i = 0; i < args.length && i < 20; i++) text += `${i ? ',' : ''}${encode(args[i], 200)}`;
    } catch {
      text = '"a value that cannot be read"';
    }
    tell('console', `,"level":"${level}","parts":[${text}]`);
    if (lines === mostLines)
      tell('console', `,"level":"warn","parts":["… and no more than ${mostLines} lines"]`);
  }
  const ourConsole = {};
  for (const level of ['log', 'info', 'warn', 'error', 'debug'])
    put(ourConsole, level, (...args) => say(level, args));
  for (const idle of ['group', 'groupEnd', 'time', 'timeEnd', 'table', 'trace', 'assert', 'count', 'dir'])
    put(ourConsole, idle, (...args) => (args.length ? say('log', args) : undefined));

  const kept = new OurSet(
    (
      'Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp Error AggregateError ' +
      'EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math Intl ArrayBuffer Uint8Array Int8Array ' +
      'Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float32Array Float64Array DataView Map ' +
      'BigInt Set Iterator WeakMap WeakSet Proxy Reflect decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN ' +
      'queueMicrotask structuredClone TextEncoder TextDecoder atob btoa'
    ).split(' '),
  );
  for (let link = root; link && link !== Object.prototype; link = getPrototypeOf(link))
    for (const name of namesOf(link)) if (!kept.has(name)) deleteProperty(link, name);

  const refuse = (name, why) =>
    function () {
      throw new OurError(`${name} is not there: ${why}`);
    };
  const give = (name, value) => put(root, name, value);
  const noNetwork = 'the code runs without a network.';
  const noClock = 'time is passed in, so use the argument that carries it.';
  const noChance = 'randomness is passed in, so that a run can be repeated.';
  for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'importScripts'])
    give(name, refuse(name, noNetwork));
  for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame'])
    give(name, refuse(name, noClock));
  give('performance', { now: refuse('performance.now', noClock) });
  give('self', root);
  give('console', ourConsole);
  put(Math, 'random', refuse('Math.random', noChance));
  const clocklessDate = function Date(...parts) {
    if (!new.target || parts.length === 0) throw new OurError(`The present time is not there: ${noClock}`);
    return construct(OurDate, parts, new.target);
  };
  clocklessDate.prototype = OurDate.prototype;
  clocklessDate.UTC = OurDate.UTC;
  clocklessDate.parse = OurDate.parse;
  clocklessDate.now = refuse('Date.now', noClock);
  put(OurDate.prototype, 'constructor', clocklessDate);
  give('Date', clocklessDate);

  return { __proto__: null, console: ourConsole, say };
}
