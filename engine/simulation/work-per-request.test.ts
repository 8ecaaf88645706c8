import { describe, expect, it } from 'vitest';
import { primeDay } from '../scenarios/prime-day.ts';
import { Simulation } from './simulation.ts';

interface Insides {
  events: { push(timeMs: number, code: number): void; pushOrdered(timeMs: number, code: number): void };
  tries: object;
  desk: { calls: object };
}

/** What a request of Prime Day costs the engine between two simulated times, in counts: times would depend on the machine. */
function workPerRequest(fromS: number, toS: number) {
  const simulation = new Simulation({ ...primeDay, durationS: toS, view: undefined, presets: {} }, 1);
  simulation.advanceTo(fromS * 1000);
  const { world } = simulation;
  const { events, tries, desk } = world as unknown as Insides;
  let pushes = 0;
  for (const name of ['push', 'pushOrdered'] as const) {
    const plain = events[name].bind(events);
    events[name] = (timeMs, code) => {
      pushes++;
      plain(timeMs, code);
    };
  }
  const requests = () => world.recorder.total.requests + world.recorder.arrivals;
  const before = requests();
  simulation.run();
  const bytes = [world.callers.requests, tries, desk.calls]
    .flatMap((table) => Object.values(table) as unknown[])
    .reduce<number>((sum, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0), 0);
  return { events: pushes / (requests() - before), bytes: bytes / world.callers.outcomes.underWay };
}

describe('the work for one request', () => {
  /** Of ten, six are answered by an instance’s memory and have no event; Redis takes three, the model one more. */
  it('is 1.2 events in a healthy system', () => {
    expect(workPerRequest(300, 600).events).toBeLessThan(1.25);
  });

  /** Four tries of three events each. Columns double, and a try’s slot outlives its call, hence twice the bytes of the rows at most. */
  it('is twelve events in collapse, and under 512 bytes while it is under way', () => {
    const work = workPerRequest(1300, 1400);
    expect(work.events).toBeLessThan(12.5);
    expect(work.bytes).toBeLessThan(512);
  });
});
