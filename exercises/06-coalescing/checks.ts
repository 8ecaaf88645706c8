import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { anything, returns, waits, type Besides } from '../grader/expectation.ts';
import { argumentsOf, call, create, fail, fake, fulfil } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';
import { decode, type Wire } from '../grader/values.ts';

interface Call {
  key: string;
  /** The promises of those who wait for it. */
  handles: number[];
  open: boolean;
}

/** No promises here: a list of all calls there ever were, and whether each is still open. The sequences below are made with it, too. */
class Calls {
  readonly all: Call[] = [];
  /** Whether each filling of Redis is still open. */
  readonly fills: boolean[] = [];

  get(key: string, handle: number): Besides {
    const inFlight = this.all.findIndex((one) => one.open && one.key === key);
    if (inFlight >= 0) {
      this.all[inFlight].handles.push(handle);
      return { calls: [], note: `Call ${inFlight + 1} for "${key}" is in flight, so this caller joins it.` };
    }
    const before = this.all.findLastIndex((one) => one.key === key);
    this.all.push({ key, handles: [handle], open: true });
    const others = this.all.some((one) => one.open && one.key !== key);
    return {
      calls: [['model.ask', key]],
      note:
        (before < 0
          ? `There was no call for "${key}" yet.`
          : `Call ${before + 1} for "${key}" has ended, so the key is free again and this caller calls anew.`) +
        (others ? ' What is in flight for other keys does not matter.' : ''),
    };
  }

  gave(nth: number, value: unknown): Besides {
    const { key, handles } = this.end(nth);
    this.fills.push(true);
    return {
      calls: [['redis.set', key, value]],
      settled: handles.map((handle) => ({ handle, value })),
      note: `${who(handles)} the value now, without waiting for Redis, and it is stored there once.`,
    };
  }

  failed(nth: number, error: string): Besides {
    const { handles } = this.end(nth);
    return {
      calls: [],
      settled: handles.map((handle) => ({ handle, error })),
      note: `${who(handles)} the error of the call, and nothing is stored.`,
    };
  }

  filled(nth: number): Besides {
    this.fills[nth] = false;
    return { calls: [], settled: [], note: 'Nobody waits for Redis, and its failure harms nobody.' };
  }

  private end(nth: number): Call {
    this.all[nth].open = false;
    return this.all[nth];
  }
}

const who = ({ length }: number[]) => (length === 1 ? 'The one caller gets' : `All ${length} callers get`);

function oracle(): Oracle {
  const calls = new Calls();
  return (operation, answer) => {
    if (operation.do === 'new') return returns(undefined);
    if (operation.do !== 'settle') {
      const [key] = argumentsOf(operation) as [string];
      return waits(calls.get(key, answer.handle ?? -1));
    }
    const { fake: name, call: nth, value, error } = operation;
    if (name === 'redis.set') return anything(calls.filled(nth));
    return anything(error ? calls.failed(nth, messageOf(error)) : calls.gave(nth, decode(value)));
  };
}

const messageOf = (error: Wire) => (decode(error) as Error).message;

const coalescer = create('Coalescer', { set: fake('redis.set') }, { ask: fake('model.ask') });
const get = (key: string) => call('get', key);
const gives = (nth: number, value: unknown) => fulfil('model.ask', nth, value);
const fails = (nth: number) => fail('model.ask', nth, 'overloaded');

const step = fc.record({
  what: fc.constantFrom('get', 'get', 'end', 'fill'),
  key: fc.constantFrom('sku:81', 'sku:81', 'sku:82', 'constructor'),
  /** Which of the open calls. */
  which: fc.nat(3),
  fails: fc.boolean(),
  value: fc.constantFrom<unknown>('A', 'B', 0, null, ''),
});
const sequences = (keys: number) =>
  fc.array(step, { maxLength: 30, size: 'max' }).map((steps): Operation[] => {
    const calls = new Calls();
    const operations = [coalescer];
    for (const { what, key, which, fails: goesWrong, value } of steps) {
      const asked = keys === 1 ? 'sku:81' : key;
      const open = what === 'fill' ? indices(calls.fills, Boolean) : indices(calls.all, (one) => one.open);
      const nth = open[which % open.length];
      if (what === 'get') {
        operations.push(get(asked));
        calls.get(asked, 0);
      } else if (open.length && what === 'fill') {
        operations.push(
          goesWrong ? fail('redis.set', nth, 'connection lost') : fulfil('redis.set', nth, undefined),
        );
        calls.filled(nth);
      } else if (open.length) {
        operations.push(goesWrong ? fails(nth) : gives(nth, value));
        if (goesWrong) calls.failed(nth, '');
        else calls.gave(nth, value);
      }
    }
    return operations;
  });
const indices = <T>(list: T[], test: (item: T) => boolean) =>
  list.flatMap((item, i) => (test(item) ? [i] : []));

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'waiters-join',
      title: 'makes one call per key at a time, which waiters join',
      objective: 'share',
      operations: fc.constant([coalescer, get('sku:81'), get('sku:81'), get('sku:81'), gives(0, 'A')]),
      runs: 1,
    },
    {
      id: 'keys-apart',
      title: 'never lets different keys wait for each other',
      objective: 'share',
      operations: fc.constant([
        coalescer,
        get('sku:81'),
        get('sku:82'),
        gives(1, 'B'),
        get('constructor'),
        gives(0, 'A'),
        gives(2, 'C'),
      ]),
      runs: 1,
    },
    {
      id: 'free-after-success',
      title: 'frees the key after success',
      objective: 'free-again',
      operations: fc.constant([coalescer, get('sku:81'), gives(0, 'A'), get('sku:81'), gives(1, 'B')]),
      runs: 1,
    },
    {
      id: 'free-after-failure',
      title: 'frees the key after a failed call',
      objective: 'free-again',
      operations: fc.constant([
        coalescer,
        get('sku:81'),
        get('sku:81'),
        fails(0),
        get('sku:81'),
        gives(1, 'B'),
      ]),
      runs: 1,
    },
    {
      id: 'fills-once',
      title: 'stores the value once, and waits for nobody in doing so',
      objective: 'fill',
      operations: fc.constant([
        coalescer,
        get('sku:81'),
        get('sku:81'),
        gives(0, 'A'),
        get('sku:81'),
        fail('redis.set', 0, 'connection lost'),
        gives(1, 'B'),
      ]),
      runs: 1,
    },
    {
      id: 'one-key',
      title: 'is right for one key, whatever happens in between',
      objective: 'free-again',
      operations: sequences(1),
      runs: 60,
    },
    {
      id: 'several-keys',
      title: 'is right for several keys, whatever happens in between',
      objective: 'share',
      operations: sequences(3),
      runs: 100,
    },
  ],
};
