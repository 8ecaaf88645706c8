import { describe, expect, it, vi } from 'vitest';
import * as v from 'valibot';
import fc from 'fast-check';
import { VirtualTime } from '../cache/flow/virtual-time.ts';
import { batchSchema, type BatchAnswers } from '../latency/batcher.ts';
import { BatchItemError, LiveBatcher, type BatchService, type LiveBatchOptions } from './batch-driver.ts';
import { advance, virtualClock } from './testing/virtual-clock.ts';

type Service = BatchService<string, string>;
const upper: Service = ({ values }) =>
  Promise.resolve({ inOrder: values.map((value) => ({ value: value.toUpperCase() })) });

function world(call: Service = upper, options: Partial<LiveBatchOptions<string, string>> = {}) {
  const time = new VirtualTime(1000);
  const service = vi.fn(call);
  const settings = v.parse(batchSchema, { on: true, size: 3, windowMs: 100 });
  const live = new LiveBatcher({ settings, call: service, clock: virtualClock(time), ...options });
  return { live, time, service, sent: () => service.mock.calls.map(([batch]) => batch.values) };
}
const outcomes = async (promises: Promise<string>[]) =>
  (await Promise.allSettled(promises)).map((r) => (r.status === 'fulfilled' ? r.value : String(r.reason)));

describe('the live batcher', () => {
  it('sends three at once, and what is left when its window is over', async () => {
    const { live, time, sent } = world();
    const first = ['a', 'b', 'c', 'd'].map((text) => live.ask('m', text));
    expect(sent()).toEqual([['a', 'b', 'c']]);
    await advance(time, 1099);
    expect(sent()).toHaveLength(1);
    await advance(time, 1100);
    expect(sent()).toEqual([['a', 'b', 'c'], ['d']]);
    expect(await outcomes(first)).toEqual(['A', 'B', 'C', 'D']);
    expect(live.batcher.counts).toMatchObject({ batches: 2, items: 4, full: 1, timedOut: 1, waitedMs: 100 });
  });

  it('runs the calls of several groups side by side, and mixes none of them', async () => {
    const { live, time, sent } = world();
    const asked = [live.ask('m', 'a'), live.ask('n', 'b'), live.ask('m', 'c')];
    await advance(time, 1100);
    expect(sent()).toEqual([['a', 'c'], ['b']]);
    expect(await outcomes(asked)).toEqual(['A', 'B', 'C']);
  });

  it('gives everyone his answer, in whatever order the service answers', async () => {
    const backwards: Service = async ({ items, values }) => ({
      labelled: items.map((item, i) => ({ item, value: values[i]!.toUpperCase() })).reverse(),
    });
    const { live } = world(backwards);
    expect(await outcomes(['a', 'b', 'c'].map((text) => live.ask('m', text)))).toEqual(['A', 'B', 'C']);
  });

  it('asks alone for what an answer lacks: one label missing, or a list too short to say whose it is', async () => {
    const short =
      (labelled: boolean): Service =>
      async ({ items, values }) => {
        const answers = items.map((item, i) => ({ item, value: values[i]!.toUpperCase() }));
        if (items.length > 1) answers.splice(1, 1);
        return labelled ? { labelled: answers } : { inOrder: answers };
      };
    for (const labelled of [true, false]) {
      const { live, sent } = world(short(labelled));
      expect(await outcomes(['a', 'b', 'c'].map((text) => live.ask('m', text)))).toEqual(['A', 'B', 'C']);
      expect(sent().slice(1)).toEqual(labelled ? [['b']] : [['a'], ['b'], ['c']]);
      expect(live.counts.individually).toBe(labelled ? 1 : 3);
    }
    // The module's reading hands out the wrong answers here.
    const { live } = world(short(false), { whenCountDiffers: 'prefix' });
    expect(await outcomes(['a', 'b', 'c'].map((text) => live.ask('m', text)))).toEqual(['A', 'C', 'C']);
  });

  it('fails only what the service refuses, and says why', async () => {
    const { live } = world(async ({ values }) => ({
      inOrder: values.map((value) => (value === 'b' ? { error: 'too long' } : { value })),
    }));
    const asked = ['a', 'b', 'c'].map((text) => live.ask('m', text));
    expect(await outcomes(asked)).toEqual(['a', 'BatchItemError: too long', 'c']);
  });

  it.each<[string, () => Promise<BatchAnswers<string>>]>([
    ['rejects', () => Promise.reject(new Error('503'))],
    [
      'throws',
      () => {
        throw new Error('503');
      },
    ],
    ['says so', () => Promise.resolve({ error: '503' })],
    ['answers with something else', () => Promise.resolve('a poem' as never)],
    ['answers with nothing', () => Promise.resolve(undefined as never)],
  ])('asks for each alone when the whole call %s, once; then they have failed', async (_, fail) => {
    const { live, service, sent } = world(fail);
    const asked = await Promise.allSettled(['a', 'b', 'c'].map((text) => live.ask('m', text)));
    expect(asked.every((r) => r.status === 'rejected' && r.reason instanceof BatchItemError)).toBe(true);
    expect(sent()).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
    expect(service.mock.calls.map(([{ individually }]) => individually)).toEqual([false, true, true, true]);
    const { live: proud, sent: once } = world(fail, { fallback: false });
    expect(await outcomes([proud.ask('m', 'a'), proud.ask('m', 'b'), proud.ask('m', 'c')])).toHaveLength(3);
    expect(once()).toHaveLength(1);
  });

  it('ends when a service never has an answer, even for one alone', async () => {
    const { live, service } = world(async () => ({ inOrder: [] }));
    const asked = ['a', 'b', 'c'].map((text) => live.ask('m', text));
    expect(await outcomes(asked)).toEqual(
      Array(3).fill('BatchItemError: The service gave no answer to this item.'),
    );
    expect(service).toHaveBeenCalledTimes(4);
  });
});

describe('a caller who leaves', () => {
  it('takes his item out of the window; the last one out leaves no timer', async () => {
    const { live, time, sent } = world();
    const [one, two] = [new AbortController(), new AbortController()];
    const asked = outcomes([
      live.ask('m', 'a', one.signal),
      live.ask('m', 'b'),
      live.ask('n', 'c', two.signal),
    ]);
    one.abort('bored');
    two.abort('bored');
    await advance(time, 1100);
    expect(await asked).toEqual(['bored', 'B', 'bored']);
    expect(sent()).toEqual([['b']]);
    expect(live.counts.left).toBe(2);
    expect(time.step(1e9)).toBe(false);
  });

  it('does not disturb the others of a running call; when all have left it is aborted', async () => {
    const signals: AbortSignal[] = [];
    let answer!: () => void;
    const { live } = world(
      ({ values }, signal) => {
        signals.push(signal);
        return new Promise((resolve) => {
          answer = () => resolve({ inOrder: values.map((value) => ({ value })) });
        });
      },
      { settings: { on: true, size: 2, windowMs: 100 } },
    );
    const callers = [0, 1, 2, 3].map(() => new AbortController());
    const asked = outcomes(callers.map(({ signal }, i) => live.ask('m', `${i}`, signal)));
    callers[2]!.abort('gone');
    callers[3]!.abort('gone');
    answer();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
    callers[0]!.abort('gone');
    expect(signals[0]!.aborted).toBe(false);
    callers[1]!.abort('gone');
    expect(signals[0]!.aborted).toBe(true);
    expect(await asked).toEqual(Array(4).fill('gone'));
  });

  it('before asking asks nothing; after the answer changes nothing', async () => {
    const { live, service } = world();
    await expect(live.ask('m', 'a', AbortSignal.abort('early'))).rejects.toBe('early');
    expect(live.batcher.waiting).toBe(0);
    const late = new AbortController();
    const asked = [live.ask('m', 'a', late.signal), live.ask('m', 'b'), live.ask('m', 'c')];
    expect(await outcomes(asked)).toEqual(['A', 'B', 'C']);
    late.abort();
    expect(live.counts.left).toBe(0);
    expect(service).toHaveBeenCalledTimes(1);
  });
});

it('a batcher that closes refuses what waits and what runs, and takes nothing more', async () => {
  let signal!: AbortSignal;
  const { live, time } = world((_, given) => ((signal = given), new Promise(() => {})));
  const asked = outcomes(['a', 'b', 'c', 'd'].map((text) => live.ask('m', text)));
  live.close();
  expect(await asked).toEqual(Array(4).fill('Error: The batcher is closed.'));
  expect(signal.aborted).toBe(true);
  await expect(live.ask('m', 'e')).rejects.toThrow('closed');
  expect(time.step(1e9)).toBe(false);
});

it('what waits goes at once on demand', async () => {
  const { live, sent } = world();
  const asked = outcomes([live.ask('m', 'a'), live.ask('n', 'b')]);
  live.flush();
  expect(sent()).toEqual([['a'], ['b']]);
  expect(await asked).toEqual(['A', 'B']);
});

it('whatever comes when, everyone gets his own answer, and nobody waits longer than the window', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 80 }), fc.constantFrom('m', 'n')), { maxLength: 30 }),
      fc.integer({ min: 1, max: 6 }),
      async (arrivals, size) => {
        const settings = { on: true, size, windowMs: 50 };
        const { live, time, service } = world(upper, { settings });
        const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
        const answers: Promise<[text: string, waitedMs: number]>[] = [];
        for (const [i, [gapMs, group]] of arrivals.entries()) {
          await advance(time, time.nowMs + gapMs, settle);
          const sinceMs = time.nowMs;
          answers.push(live.ask(group, `x${i}`).then((text) => [text, time.nowMs - sinceMs]));
        }
        await advance(time, time.nowMs + 50, settle);
        for (const [i, [text, waitedMs]] of (await Promise.all(answers)).entries()) {
          expect(text).toBe(`X${i}`);
          expect(waitedMs).toBeLessThanOrEqual(50);
        }
        for (const [{ values }] of service.mock.calls) expect(values.length).toBeLessThanOrEqual(size);
        expect(live.batcher.counts.items).toBe(arrivals.length);
      },
    ),
    { numRuns: 40 },
  );
});
