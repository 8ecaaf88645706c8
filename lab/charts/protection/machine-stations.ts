import type { Scenario } from '../../../engine/simulation/scenario.ts';

export type Machine =
  'breaker' | 'limit' | 'shed' | 'codel' | 'hedge' | 'connections' | 'batch' | 'work' | 'replicas';

/** The station that has each machine, the first if there are several; those that no station has are absent. */
export type MachineStations = Partial<Record<Machine, string>>;

export function machineStations(scenario: Scenario): MachineStations {
  const { caller, path, tiers, stations } = scenario;
  const met = path.map((node) => tiers[node]?.station ?? node).filter((name) => name in stations);
  const guarded = (names: readonly string[] | null | undefined): string | undefined => (names ?? met)[0];
  const having = (
    key: 'limit' | 'shed' | 'codel' | 'connections' | 'batch' | 'replicas',
  ): string | undefined => met.find((name) => stations[name]![key] !== undefined);
  // Where callers leave and try again, or say when they will, the question is for whom the servers work.
  const plain = Object.keys(tiers).length === 0 && !scenario.gateway;
  const leave = caller.timeoutMs !== null && caller.onTimeout === 'leave';
  const asked = caller.retries > 0 || caller.deadlineMs !== undefined;
  const found = {
    breaker: caller.breaker && guarded(caller.breaker.stations),
    hedge: caller.hedge && guarded(caller.hedge.stations),
    limit: having('limit'),
    shed: having('shed'),
    codel: having('codel'),
    connections: having('connections'),
    batch: having('batch'),
    replicas: having('replicas'),
    work: plain && leave && asked ? met.at(-1) : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, name]) => name !== undefined));
}
