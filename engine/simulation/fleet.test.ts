import { describe, expect, it } from 'vitest';
import { FleetSession } from '../runner/fleet-session.ts';
import { cellResult, cellSeed, Fleet, type CellResult } from './fleet.ts';
import { Simulation } from './simulation.ts';

const office = {
  name: 'office',
  durationS: 60,
  intervalS: 10,
  load: { ratePerS: 20 },
  path: ['desk'],
  stations: { desk: { servers: 3, service: { law: 'exponential', meanMs: 100 } } },
  caller: { timeoutMs: 400, retries: 1 },
} as const;

const cell = (n: number): CellResult => cellResult(new Simulation(office, cellSeed(7, n)).run(), n);

describe('a fleet of cells', () => {
  it('of one is the single run', () => {
    const simulation = new Simulation(office, 7).run();
    const fleet = new Fleet(6);
    fleet.add(cell(0));
    const { recorder } = simulation.world;
    expect(fleet.requests).toBe(recorder.total.requests);
    expect([...fleet.column('arrivals')]).toEqual([...recorder.column('arrivals')]);
    expect(fleet.latencies().counts).toEqual(recorder.histogram.counts);
    const latencyMs = fleet.column('latencyMs').reduce((sum, x) => sum + x, 0);
    expect(latencyMs).toBeCloseTo(recorder.total.latencySumMs, 6);
  });

  it('adds up the same in whatever order the cells end', () => {
    const cells = [0, 1, 2, 3].map(cell);
    const [forward, back] = [new Fleet(6), new Fleet(6)];
    for (const one of cells) forward.add(one);
    for (const one of [...cells].reverse()) back.add(one);
    expect(back.cells).toBe(4);
    expect(back.series).toEqual(forward.series);
    expect(back.fingerprint()).toBe(forward.fingerprint());
    expect(forward.requests).toBe(cells.reduce((sum, { requests }) => sum + requests, 0));
    const other = new Fleet(6);
    for (const one of cells) other.add({ ...one, fingerprint: one.fingerprint.replace(/.$/, 'x') });
    expect(other.fingerprint()).not.toBe(forward.fingerprint());
  });

  it('counts a cell that waits for an earlier one as done, but not in the sum', () => {
    const fleet = new Fleet(6);
    fleet.add(cell(1));
    expect([fleet.done, fleet.cells, fleet.requests]).toEqual([1, 0, 0]);
    expect(() => fleet.add({ ...cell(0), series: new Float64Array(3) })).toThrow(
      'cell 0: expected 36 numbers, got 3',
    );
  });

  it('has seeds of its own for each cell, and the run’s for the first', () => {
    const seeds = Array.from({ length: 400 }, (_, i) => cellSeed(4217, i));
    expect(seeds[0]).toBe(4217);
    expect(new Set(seeds).size).toBe(400);
    expect(cellSeed(4218, 5)).not.toBe(seeds[5]);
  });
});

describe('the session that simulates a cell', () => {
  it('makes the same cell in slices, tells how far it is, and holds', async () => {
    let nowMs = 0;
    const yields: (() => void)[] = [];
    const session = new FleetSession({
      nowMs: () => (nowMs += 5),
      yield: () => new Promise((resolve) => yields.push(resolve)),
    });
    const told: number[] = [];
    const request = { scenario: office, seed: 7 };
    const made = session.run(request, 2, (_, share) => told.push(share));
    const turn = async () => {
      yields.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    };
    await turn();
    await session.hold();
    await turn();
    await turn();
    expect(yields).toHaveLength(0);
    await session.goOn();
    let ended = false;
    void made.then(() => (ended = true));
    for (let i = 0; i < 500 && !ended; i++) await turn();
    expect(await made).toEqual(cell(2));
    expect(told.length).toBeGreaterThan(3);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
  });

  it('says what was wrong with a request', async () => {
    const session = new FleetSession({ nowMs: () => 0, yield: () => Promise.resolve() });
    await expect(session.run({ scenario: 'prime-dya', seed: 1 }, 0, () => {})).rejects.toThrow(
      'Did you mean "prime-day"?',
    );
  });
});
