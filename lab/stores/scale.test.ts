import { describe, expect, it } from 'vitest';
import type { CellResult } from '../../engine/simulation/fleet.ts';
import { cellsFor, fleetRequest, FLEET_CELLS, parseCells, scaleScenario } from './scale-plan.ts';
import { ScaleStore, type FleetHand } from './scale.svelte.ts';

const rows = 3600;
const result = (cell: number): CellResult => ({
  cell,
  requests: 100 + cell,
  series: new Float64Array(6 * rows).fill(1),
  histogram: new Float64Array(2689),
  recoveredAfterS: cell % 2 ? 10 : null,
  fingerprint: String(cell),
});

function desk() {
  const open: {
    cell: number;
    end: () => void;
    fail: (message: string) => void;
    tell: (requests: number, share: number) => void;
  }[] = [];
  const told: string[] = [];
  const hire = (): FleetHand => ({
    remote: {
      run: (_, cell, onProgress) =>
        new Promise((resolve, reject) =>
          open.push({
            cell,
            end: () => resolve(result(cell)),
            fail: (message) => reject(new Error(message)),
            tell: onProgress,
          }),
        ),
      hold: () => Promise.resolve(void told.push('hold')),
      goOn: () => Promise.resolve(void told.push('go on')),
    },
    end: () => void told.push('end'),
  });
  return { open, told, hire };
}
const settle = () => new Promise((resolve) => setTimeout(resolve));
const choice = { cells: 3, mode: 'untouched', seed: 7 } as const;

describe('a fleet as the page sees it', () => {
  it('is the sum of cells that workers make, and tells how far it is', async () => {
    const { open, told, hire } = desk();
    let nowMs = 0;
    const store = new ScaleStore(hire, 2, () => nowMs);
    store.start(choice);
    expect(scaleScenario.durationS).toBe(rows);
    expect(open.map(({ cell }) => cell)).toEqual([0, 1]);
    nowMs = 1000;
    open[0].tell(50, 0.5);
    expect([store.requests, store.requestsPerS]).toEqual([50, 50]);
    expect(store.share).toBeCloseTo(1 / 6);
    expect(store.leftS).toBeCloseTo(5);
    open[1].end();
    await settle();
    expect([store.cells, store.cellsDone, open[2].cell]).toEqual([0, 1, 2]);
    open[0].end();
    await settle();
    open[0].tell(100, 1); // late
    nowMs = 3000;
    open[2].end();
    await settle();
    expect(store.phase).toBe('done');
    expect([store.fleet.requests, store.requests, store.fleet.recovered]).toEqual([303, 303, 1]);
    expect(store.requestsPerS).toBe(101);
    expect(store.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(told).toEqual(['end', 'end']);
  });

  it('holds, goes on, and leaves the pause out of its rate', async () => {
    const { open, told, hire } = desk();
    let nowMs = 0;
    const store = new ScaleStore(hire, 1, () => nowMs);
    store.start(choice);
    nowMs = 1000;
    store.pause();
    nowMs = 61_000;
    store.resume();
    nowMs = 62_000;
    open[0].tell(20, 0.2);
    expect(told).toEqual(['hold', 'go on']);
    expect([store.workedS, store.requestsPerS]).toEqual([2, 10]);
  });

  it('keeps the sum when it is cancelled, and hears nothing more', async () => {
    const { open, hire } = desk();
    const store = new ScaleStore(hire, 1, () => 0);
    store.start(choice);
    open[0].end();
    await settle();
    store.cancel();
    open[1].end();
    await settle();
    expect([store.phase, store.cells, store.requests]).toEqual(['cancelled', 1, 100]);
    expect(store.announcement).toBe('Cancelled. The sum is of 1 cells.');
  });

  it('tells why it failed, and starts afresh', async () => {
    const { open, hire } = desk();
    const store = new ScaleStore(hire, 2, () => 0);
    store.start(choice);
    open[1].fail('out of memory');
    await settle();
    expect([store.phase, store.failure]).toEqual(['failed', 'out of memory']);
    store.start(choice);
    expect([store.phase, store.failure]).toEqual(['running', undefined]);
  });
});

describe('what is asked of the engine', () => {
  it('is Prime Day, untouched or with its rescue at 02:19', () => {
    expect(fleetRequest(choice)).toEqual({ scenario: 'prime-day', seed: 7, pulls: [] });
    const { pulls } = fleetRequest({ ...choice, mode: 'rescue' });
    expect(pulls).toContainEqual({ atS: 1140, lever: 'l3', value: true });
    expect([FLEET_CELLS, cellsFor(127_000_000), cellsFor(500_000_000)]).toEqual([100, 100, 394]);
    expect(parseCells(' 12 ')).toBe(12);
    expect(() => parseCells('0')).toThrow('cells: expected a whole number from 1 to 4000, got "0"');
  });
});
