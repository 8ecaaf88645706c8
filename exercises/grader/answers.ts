/**
 * What the worker says, read as what it is: text from code that nobody trusts. Each reader returns undefined for what is not exactly of
 * the shape that protocol.ts gives it; nothing is repaired.
 */
import type {
  Answer,
  ConsoleLevel,
  Ended,
  FakeCall,
  FromWorker,
  Operation,
  TestFailure,
} from './protocol.ts';
import { isValue, show, type Wire } from './values.ts';

type Fields = Record<string, unknown>;

const levels = new Set(['log', 'info', 'warn', 'error', 'debug']);
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const areValues = (value: unknown): value is Wire[] =>
  Array.isArray(value) && value.every((item) => isValue(item));

/** One message of the worker; undefined when it is none. */
export function readMessage(text: string): FromWorker | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isFields(message) || !isText(message['run'])) return undefined;
  const { run } = message;
  switch (message['kind']) {
    case 'loaded': {
      const exports = readExports(message['exports']);
      return exports && { kind: 'loaded', run, exports };
    }
    case 'failed':
      return isValue(message['value']) && isText(message['stack'])
        ? { kind: 'failed', run, value: message['value'], stack: message['stack'] }
        : undefined;
    case 'answers': {
      const answers = readList(message['answers'], readAnswer);
      return answers && isCount(message['id'])
        ? { kind: 'answers', run, id: message['id'], answers }
        : undefined;
    }
    case 'ask': {
      const operation = readOperation(message['operation']);
      return operation && isCount(message['id'])
        ? { kind: 'ask', run, id: message['id'], operation }
        : undefined;
    }
    case 'outcome': {
      const failure = message['failure'] === null ? null : readFailure(message['failure']);
      return failure !== undefined && isCount(message['checks'])
        ? { kind: 'outcome', run, checks: message['checks'], failure }
        : undefined;
    }
    case 'console':
      return levels.has(message['level'] as string) && areValues(message['parts'])
        ? { kind: 'console', run, level: message['level'] as ConsoleLevel, parts: message['parts'] }
        : undefined;
    default:
      return undefined;
  }
}

function readList<T>(value: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const list = value.map(read);
  return list.every((item) => item !== undefined) ? (list as T[]) : undefined;
}

function readExports(value: unknown): [string, string][] | undefined {
  return readList(value, (item) =>
    Array.isArray(item) && item.length === 2 && item.every(isText) ? (item as [string, string]) : undefined,
  );
}

function readEnded(value: unknown): Ended | undefined {
  if (!isFields(value) || !isValue(value['value'])) return undefined;
  const { did, stack } = value;
  if (did !== 'returned' && did !== 'threw') return undefined;
  return { did, value: value['value'], ...(isText(stack) ? { stack } : {}) };
}

function readAnswer(value: unknown): Answer | undefined {
  if (!isFields(value)) return undefined;
  const calls = value['calls'] === undefined ? [] : readList(value['calls'], readCall);
  const settled = value['settled'] === undefined ? [] : readList(value['settled'], readSettled);
  if (!calls || !settled) return undefined;
  const besides = { ...(calls.length ? { calls } : {}), ...(settled.length ? { settled } : {}) };
  if (value['did'] === 'waits') {
    const { handle } = value;
    return isCount(handle) ? { did: 'waits', value: ['promise'], handle, ...besides } : undefined;
  }
  const ended = readEnded(value);
  return ended && { ...ended, ...besides };
}

function readSettled(value: unknown): (Ended & { handle: number }) | undefined {
  const ended = readEnded(value);
  return ended && isFields(value) && isCount(value['handle'])
    ? { ...ended, handle: value['handle'] }
    : undefined;
}

function readCall(value: unknown): FakeCall | undefined {
  if (!isFields(value)) return undefined;
  const { fake, call, args } = value;
  return isText(fake) && isCount(call) && areValues(args) ? { fake, call, args } : undefined;
}

/** What a learner's test may ask of its subject: all but settling, since it has no fakes. */
function readOperation(value: unknown): Operation | undefined {
  if (!isFields(value)) return undefined;
  const { do: what, on, method, export: name, args } = value;
  if (!areValues(args)) return undefined;
  if (what === 'new' || what === 'run') return isText(name) ? { do: what, export: name, args } : undefined;
  return what === 'call' && isCount(on) && isText(method) ? { do: 'call', on, method, args } : undefined;
}

function readFailure(value: unknown): TestFailure | undefined {
  if (!isFields(value)) return undefined;
  const { why, matcher, note, expected, got, stack } = value;
  if (why === 'not awaited') return { why };
  if (why === 'threw')
    return isValue(value['value']) && isText(stack) ? { why, value: value['value'], stack } : undefined;
  return why === 'expected' && isText(matcher) && isText(note) && isValue(expected) && isValue(got)
    ? { why, matcher, note, expected, got }
    : undefined;
}

/** `load("a") and load("b")`, or that nothing was called. */
export function showCalls(calls: FakeCall[]): string {
  if (calls.length === 0) return 'no call';
  return calls.map(({ fake, args }) => `${fake}(${args.map(show).join(', ')})`).join(' and ');
}

/** Which promises ended, in order of their handles: within one step their order is not told. */
export function showSettled(settled: (Ended & { handle: number })[]): string {
  if (settled.length === 0) return 'no promise ends';
  return [...settled]
    .sort((a, b) => a.handle - b.handle)
    .map(
      ({ handle, did, value }) =>
        `promise ${handle + 1} ${did === 'threw' ? 'fails with' : 'gives'} ${show(value)}`,
    )
    .join(', ');
}
