import { describe, expect, it } from 'vitest';
import type { CheckInfo } from '../../engine/runner/trust-protocol.ts';
import type { CheckPoint } from '../../engine/trust/check.ts';
import { scaleOf, seriesOf, verdictOf, withUnit } from '../routes/trust/points.ts';
import { OWN_TRACE, TrustStore, type HireTrust } from './trust.svelte.ts';

const info = (id: string) => ({ id, y: { title: 'Wait', unit: 'ms' } }) as CheckInfo;
const point = (more: Partial<CheckPoint>): CheckPoint => ({
  series: 'a',
  label: '80 %',
  x: 1,
  expected: 100,
  measured: 98,
  halfWidth: 5,
  slack: 0,
  holds: true,
  ...more,
});

/** Workers whose checks end when the test says so. */
function desk() {
  const open: { id: string; end: (holds: boolean) => void; fail: (message: string) => void }[] = [];
  const ended: boolean[] = [];
  const hire: HireTrust = () => {
    const at = ended.push(false) - 1;
    return {
      remote: {
        checks: () => Promise.resolve([info('one'), info('two'), info('three')]),
        run: (id, onProgress) =>
          new Promise((resolve, reject) =>
            open.push({
              id,
              end(holds) {
                resolve({ points: [], holds });
                setTimeout(() => onProgress(1));
              },
              fail: (message) => reject(new Error(message)),
            }),
          ),
        replay: () => Promise.reject(new Error('none of the published traces')),
      },
      end: () => void (ended[at] = true),
    };
  };
  return { open, ended, hire };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('the checks as the page sees them', () => {
  it('go to so many workers as there are, in order, and are summed up', async () => {
    const { open, ended, hire } = desk();
    const store = new TrustStore(hire, 2, () => 0);
    await store.load();
    expect(store.checks.map(({ id }) => id)).toEqual(['one', 'two', 'three']);
    const all = store.run(['one', 'two', 'three']);
    expect(open.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(store.of('three').phase).toBe('waiting');
    open[1].end(false);
    await settle();
    expect(open.map(({ id }) => id)).toEqual(['one', 'two', 'three']);
    open[0].end(true);
    open[2].end(true);
    await all;
    await settle();
    expect(store.of('three').phase).toBe('done');
    expect(store.announcement).toBe('3 checks are done: 2 hold, 1 do not.');
    expect(ended.every(Boolean)).toBe(true);
  });

  it('keep what is done when the rest is stopped', async () => {
    const { open, hire } = desk();
    const store = new TrustStore(hire, 1, () => 0);
    void store.run(['one', 'two']);
    open[0].end(true);
    await settle();
    store.stop();
    open[1].end(true);
    await settle();
    expect([store.of('one').phase, store.of('two').phase, store.busy]).toEqual(['done', 'idle', false]);
  });

  it('tell what went wrong, each for itself', async () => {
    const { open, hire } = desk();
    const store = new TrustStore(hire, 1, () => 0);
    const all = store.run(['one', 'two']);
    open[0].fail('the worker died');
    await settle();
    open[1].end(true);
    await all;
    expect([store.of('one').message, store.of('two').phase]).toEqual(['the worker died', 'done']);
    await store.replay(new File(['x'], 'x.txt'));
    expect(store.of(OWN_TRACE).message).toBe('none of the published traces');
  });
});

describe('what is said of a check', () => {
  it('is written from its figures', () => {
    expect(verdictOf(info('one'), [point({}), point({ label: '90 %', measured: 101 })])).toEqual({
      good: true,
      words: 'All 2 points hold; the farthest is 2\u00a0% from what is expected.',
    });
    expect(verdictOf(info('one'), [point({}), point({ measured: 120, holds: false })])).toEqual({
      good: false,
      words: 'One point does not fit. 80 %: expected 100\u00a0ms, measured 120 ± 5.',
    });
    expect(
      verdictOf(info('one'), [
        point({ measured: 100, halfWidth: 0 }),
        point({ measured: 100, halfWidth: 0 }),
      ]),
    ).toEqual({ good: true, words: 'All 2 counts are equal, 200 in sum.' });
  });

  it('stands on scales that reach from the first to the last', () => {
    const log = scaleOf([1, 10, 100], true);
    expect([log.place(1), log.place(10), log.place(100)]).toEqual([0, expect.closeTo(0.5, 9), 1]);
    expect(log.ticks).toEqual([1, 10, 100]);
    expect(scaleOf([2, 4], false).place(3)).toBe(0.5);
    expect(scaleOf([5], false).place(5)).toBe(0);
    expect(
      seriesOf([point({}), point({ series: 'b' }), point({ x: 2 })]).map(({ name, points }) => [
        name,
        points.length,
      ]),
    ).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(withUnit(1234.5, '')).toBe('1,235');
  });
});
