import { describe, expect, it } from 'vitest';
import { handWorked, type Arrival } from './hand-worked.ts';
import type { ScenarioInput } from './scenario.ts';
import { stationReports } from './summary.ts';

type ConnectionsInput = NonNullable<NonNullable<ScenarioInput['stations']>[string]['connections']>;

/** As many servers as it takes, 100 ms for each call; a name takes 20 ms, a connection 30, encryption 60. */
function desk(
  connections: ConnectionsInput,
  arrivals: readonly Arrival[],
  caller: ScenarioInput['caller'] = {},
  more: Partial<ScenarioInput> = {},
) {
  const { simulation, outcomes } = handWorked(
    {
      path: ['desk'],
      stations: { desk: { servers: null, service: { law: 'constant', meanMs: 100 }, connections } },
      caller,
      ...more,
    },
    arrivals,
  );
  return { simulation, outcomes, report: () => stationReports(simulation)['desk']!.connections! };
}
const at = (...times: number[]): Arrival[] => times.map((ms, i) => [ms, i]);
const latencies = (outcomes: readonly { latencyMs: number }[]) => outcomes.map((o) => o.latencyMs);

describe('connections to a station', () => {
  it('are paid for once, in terms, and used again while they are kept', () => {
    const { simulation, outcomes, report } = desk({}, at(0, 1500, 40_500));
    simulation.run();
    // The name is known for a minute; after 30 s idle the connection is not.
    expect(latencies(outcomes)).toEqual([210, 100, 190]);
    expect(report()).toEqual({
      requests: 3,
      reusedShare: 1 / 3,
      opened: 2,
      handshakeMs: { dns: 20, tcp: 60, tls: 120 },
      waits: 0,
      meanWaitMs: 0,
      timedOut: 0,
      refused: 0,
      races: 0,
    });
    const column = (name: string) => simulation.world.recorder.column(`station.desk.connections.${name}`);
    expect([...column('requests').subarray(0, 3)]).toEqual([1, 1, 0]);
    expect([column('dnsMs')[0], column('tlsMs')[40], column('open')[2]]).toEqual([20, 60, 1]);
  });

  it('are waited for when there are too few, and not for longer than is said', () => {
    const two = desk({ maxPerHost: 1 }, at(0, 10));
    two.simulation.run();
    expect(latencies(two.outcomes)).toEqual([210, 300]); // the second waits till 210, and needs no handshake
    expect(two.report()).toMatchObject({ requests: 2, opened: 1, waits: 1, meanWaitMs: 200 });
    const hurried = desk({ maxPerHost: 1, queueTimeoutMs: 50 }, at(0, 10, 230));
    hurried.simulation.run();
    expect(hurried.outcomes).toEqual([
      { atMs: 60, latencyMs: 50, by: 'failed' },
      { atMs: 210, latencyMs: 210, by: 'fresh' },
      { atMs: 330, latencyMs: 100, by: 'fresh' },
    ]);
    expect(hurried.report().timedOut).toBe(1);
    const full = desk({ maxPerHost: 1, maxWaiting: 0 }, at(0, 10));
    full.simulation.run();
    expect(latencies(full.outcomes)).toEqual([0, 210]);
    expect(full.report().refused).toBe(1);
  });

  it('are closed when their caller leaves, and the place in the queue is given up', () => {
    const { simulation, outcomes, report } = desk({ maxPerHost: 1 }, at(0, 10, 160), { timeoutMs: 150 });
    simulation.advanceTo(155);
    // The first, sent after its handshake at 110, has left at 150: its connection is closed, and the second begins with a new one.
    expect(report()).toMatchObject({ opened: 2, waits: 1 });
    simulation.run();
    expect(outcomes.map((o) => [o.atMs, o.by])).toEqual([
      [150, 'failed'],
      [160, 'failed'],
      [310, 'failed'],
    ]);
    expect(report()).toMatchObject({ requests: 3, opened: 3 });
    // The work of the first was under way.
    expect(stationReports(simulation)['desk']).toMatchObject({ arrivals: 2, deadCompleted: 2 });
  });

  it('that are kept for longer than the server keeps them meet the reset', () => {
    const arrivals = at(0, 5200); // idle from 210; the server closes at 5210
    const again = desk({ serverKeepAliveMs: 5000 }, arrivals);
    again.simulation.run();
    expect(latencies(again.outcomes)).toEqual([210, 220]); // a round trip, then a new connection
    expect(again.report()).toMatchObject({ races: 1, opened: 2 });
    const never = desk({ serverKeepAliveMs: 5000, idempotent: false }, arrivals);
    never.simulation.run();
    expect(never.outcomes[1]).toEqual({ atMs: 5230, latencyMs: 30, by: 'failed' });
    const shorter = desk({ serverKeepAliveMs: 5000, keepAliveMs: 4000 }, arrivals);
    shorter.simulation.run();
    expect(shorter.report()).toMatchObject({ races: 0, opened: 2 });
  });

  it('are of each instance, or of all; to one host, or to several', () => {
    const crowd = at(...Array.from({ length: 40 }, (_, i) => i / 10));
    const opened = (connections: ConnectionsInput): number => {
      const { simulation, report } = desk(
        { maxTotal: 8, maxPerHost: 4, ...connections },
        crowd,
        {},
        { instances: 3 },
      );
      simulation.run();
      expect(simulation.world.recorder.total.failed).toBe(0);
      return report().opened;
    };
    expect(opened({ scope: 'shared' })).toBe(4);
    expect(opened({})).toBe(12);
    expect(opened({ scope: 'shared', hosts: 5 })).toBeGreaterThanOrEqual(8);
  });

  it('follow their limits as these change', () => {
    const { simulation, outcomes } = desk(
      { maxPerHost: 1, keepAliveMs: 0 },
      at(0, 10, 20, 1000, 2000),
      {},
      {
        events: [
          { at: 0.05, label: 'more', set: { 'stations.desk.connections.maxPerHost': 5 } },
          { at: 0.5, label: 'kept', set: { 'stations.desk.connections.keepAliveMs': 5000 } },
          { at: 0.6, label: 'far away', set: { 'stations.desk.connections.handshake.tcpMs': 300 } },
        ],
      },
    );
    simulation.run();
    // Those who wait are let in at 50; the name is known by then.
    expect(outcomes.map((o) => o.atMs)).toEqual([210, 240, 240, 1460, 2100]);
  });

  it('that are not to be had say nothing about the station: no breaker opens for it', () => {
    const { simulation } = desk({ maxPerHost: 1, queueTimeoutMs: 50 }, at(0, 10, 20, 30, 300), {
      breaker: { failures: 1 },
    });
    simulation.run();
    expect(simulation.world.recorder.total).toMatchObject({ completed: 5, failed: 3 });
    expect(stationReports(simulation)['desk']!.breaker).toEqual({ state: 'closed', opened: 0, refused: 0 });
  });

  it('do not go from one copy to the other when both are given up', () => {
    const caller = { timeoutMs: 150, hedge: { delayMs: 20 } };
    const { simulation, report } = desk({ maxPerHost: 1 }, at(0), caller);
    simulation.run();
    expect(report()).toMatchObject({ requests: 2, waits: 1, opened: 1 });
  });

  it('are taken for each copy of a hedged call', () => {
    const { simulation, outcomes, report } = desk({}, at(0), { hedge: { delayMs: 150 } });
    simulation.run();
    expect(latencies(outcomes)).toEqual([210]);
    // The second was still on its way to a connection: closed in mid-handshake.
    expect(report()).toMatchObject({ requests: 2, opened: 2 });
    expect(stationReports(simulation)['desk']!.arrivals).toBe(1);
    expect(simulation.world.visits!.guards[0]!.connections!.levels(50_000)).toEqual({
      open: 0,
      inUse: 0,
      waiting: 0,
    });
  });
});
