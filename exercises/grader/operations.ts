/** How the checks of an exercise write down what they ask. */
import type { Operation } from './protocol.ts';
import { decode, encode, show, Stand, type Wire } from './values.ts';

/** Makes an object of an exported class. It is object 0; a second one is object 1. */
export const create = (name: string, ...args: unknown[]): Operation => ({
  do: 'new',
  export: name,
  args: args.map(encode),
});

/** Calls a method of object 0. */
export const call = (method: string, ...args: unknown[]): Operation => callOn(0, method, ...args);

/** Calls a method of object number `on`, counted from 0. */
export const callOn = (on: number, method: string, ...args: unknown[]): Operation => ({
  do: 'call',
  on,
  method,
  args: args.map(encode),
});

/** Reads a property of object 0. */
export const read = (property: string): Operation => ({ do: 'read', on: 0, property });

/** Calls an exported function. */
export const run = (name: string, ...args: unknown[]): Operation => ({
  do: 'run',
  export: name,
  args: args.map(encode),
});

/**
 * As an argument: a function whose calls come back with the answer of each step, and whose promises `fulfil` and `fail` settle.
 * The same name is the same function.
 */
export const fake = (name: string): Stand => new Stand(['fake', name]);

/** As an argument: a function that returns `value` at once; its calls are noted, too. */
export const fakeReturning = (name: string, value: unknown): Stand =>
  new Stand(['fake', name, encode(value)]);

/** As an argument: object number `index`. */
export const made = (index: number): Stand => new Stand(['made', index]);

/** Fulfils the promise of call number `nth` (from 0) of a fake. */
export const fulfil = (name: string, nth: number, value: unknown): Operation => ({
  do: 'settle',
  fake: name,
  call: nth,
  value: encode(value),
  error: null,
});

/** Rejects the promise of call number `nth` (from 0) of a fake. */
export const fail = (name: string, nth: number, message: string): Operation => ({
  do: 'settle',
  fake: name,
  call: nth,
  value: null,
  error: ['error', 'Error', message],
});

/** The arguments of an operation as values again, for an oracle. */
export function argumentsOf(operation: Operation): unknown[] {
  return 'args' in operation ? operation.args.map(decode) : [];
}

/** An operation as one would write it: `get("a", 120)`. */
export function showOperation(operation: Operation): string {
  const list = (args: Wire[]) => args.map(show).join(', ');
  switch (operation.do) {
    case 'new':
      return `new ${operation.export}(${list(operation.args)})`;
    case 'call':
      return `${prefix(operation.on)}${operation.method}(${list(operation.args)})`;
    case 'read':
      return `${prefix(operation.on)}${operation.property}`;
    case 'run':
      return `${operation.export}(${list(operation.args)})`;
    default:
      return operation.error
        ? `${operation.fake} call ${operation.call + 1} fails: ${show(operation.error)}`
        : `${operation.fake} call ${operation.call + 1} gives ${show(operation.value)}`;
  }
}

const prefix = (on: number) => (on === 0 ? '' : `object ${on + 1}: `);
