import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunStore } from '../../../stores/run.svelte.ts';
import { LookBack } from './look-back.svelte.ts';

const steps: string[] = [];

function open(search: string, hash = '#/'): void {
  vi.stubGlobal('location', {
    pathname: '/',
    search,
    hash,
    get href() {
      return `${location.pathname}${location.search}${location.hash}`;
    },
  });
  const go = (to: string): void => {
    const url = new URL(to, 'http://lab.example/');
    Object.assign(location, { search: url.search, hash: url.hash });
  };
  vi.stubGlobal('history', {
    state: null,
    pushState: (_: unknown, __: string, to: string) => {
      steps.push(location.href);
      go(to);
    },
    replaceState: (_: unknown, __: string, to: string) => go(to),
  });
}

/** A run of 900 s that has come to its end, with events at 100 s and 431 s. */
function aRun(parts: Partial<RunStore> = {}): RunStore {
  const run: Record<string, unknown> = {
    opened: true,
    scrubS: undefined,
    nowS: 900,
    headedS: 0,
    info: { scenario: { durationS: 900 } },
    events: [{ atS: 100 }, { atS: 431 }],
    replay: { stop: vi.fn() },
    scrubTo: vi.fn((atS: number) => (run.scrubS = atS)),
    scrubLive: vi.fn(() => (run.scrubS = undefined)),
    branch: vi.fn(async (_atS: number) => (run.scrubS = undefined)),
    ...parts,
  };
  return run as unknown as RunStore;
}

beforeEach(() => {
  steps.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('looking back', () => {
  it('begins with what the address says', () => {
    open('?scenario=mmc&seed=1&t=431&why=1&micro=1&request=57');
    const look = new LookBack(aRun());
    expect([look.micro, look.request, look.why]).toEqual([true, 57, 1]);
  });
  it('opens nothing when the address is wrong', () => {
    open('?scenario=mmc&seed=1&micro=yes&why=1');
    const look = new LookBack(aRun());
    expect([look.micro, look.request, look.why]).toEqual([false, undefined, undefined]);
  });
  it('goes to an event as a step of its own, and the address says where one was before', () => {
    open('?scenario=mmc&seed=1');
    const run = aRun();
    const look = new LookBack(run);
    look.drag(100);
    look.tell(1);
    expect(run.scrubS).toBe(431);
    expect(look.why).toBe(1);
    expect(steps).toEqual(['/?scenario=mmc&seed=1&t=100#/']);
    look.live();
    expect(steps.at(-1)).toBe('/?scenario=mmc&seed=1&t=431&why=1#/');
    expect(run.scrubS).toBeUndefined();
    expect(look.why).toBeUndefined();
  });
  it('says how far a run had come that has not ended', () => {
    open('?scenario=mmc&seed=1');
    const look = new LookBack(aRun({ nowS: 500 }));
    look.drag(431);
    look.live();
    expect(steps).toEqual(['/?scenario=mmc&seed=1&t=431&to=500#/']);
  });
  it('stays where it is for an event that there is not', () => {
    open('?scenario=mmc&seed=1');
    const run = aRun();
    new LookBack(run).tell(7);
    expect(steps).toEqual([]);
    expect(run.scrubTo).not.toHaveBeenCalled();
  });
  it('leaves the address of another page alone', () => {
    open('?scenario=mmc&seed=1', '#/compare');
    const look = new LookBack(aRun());
    look.drag(431);
    look.live();
    expect(steps).toEqual(['/?scenario=mmc&seed=1#/compare']);
  });
  it('branches at the place looked at, one step from it, and not without one', async () => {
    open('?scenario=mmc&seed=1');
    const run = aRun();
    const look = new LookBack(run);
    await look.branch();
    expect(run.branch).not.toHaveBeenCalled();
    look.tell(1);
    await look.branch();
    expect(run.branch).toHaveBeenCalledWith(431);
    expect(look.branchedAtS).toBe(431);
    expect(look.why).toBeUndefined();
    expect(steps.at(-1)).toBe('/?scenario=mmc&seed=1&t=431&why=1#/');
  });
});
