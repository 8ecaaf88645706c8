import { describe, expect, it } from 'vitest';
import { keepAliveReuse } from '../../latency/formulas.ts';
import { stationReports } from '../summary.ts';
import { oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds } from './over-seeds.ts';

/**
 * Requests a second on one connection, and how long it is kept, in seconds; those of ../shared/truth/queueing.json, as formulas.test.ts
 * checks. So many requests that the intervals are as narrow as `power` asks: the more, the rarer the new connections.
 */
const POINTS = [
  { rate: 0.1, keepAliveS: 4, requests: 10_000 },
  { rate: 0.5, keepAliveS: 4, requests: 5000 },
  { rate: 1, keepAliveS: 4, requests: 25_000 },
  { rate: 0.1, keepAliveS: 60, requests: 30_000 },
  { rate: 0.02, keepAliveS: 120, requests: 8000 },
];
const TLS_MS = 0.02;

describe('a connection that is kept', () => {
  it.each(POINTS)('is used again at $rate a second, kept for $keepAliveS s', (point) => {
    const { rate, keepAliveS, requests: customers } = point;
    const scenario = oneStation(rate, customers, {
      servers: null,
      service: { law: 'constant', meanMs: 0 },
      connections: {
        maxPerHost: 1,
        keepAliveMs: keepAliveS * 1000,
        // So short that nobody waits for it.
        handshake: { dnsMs: 0, tcpMs: 0, tlsMs: TLS_MS },
      },
    });
    const figures = overSeeds(scenario, (simulation) => {
      const { reusedShare, handshakeMs, requests } = stationReports(simulation)['desk']!.connections!;
      return { reusedShare, newShare: 1 - reusedShare, meanTlsMs: handshakeMs.tls / requests };
    });
    const theory = keepAliveReuse(rate, keepAliveS, TLS_MS);
    const newShare = 1 - theory.reuseShare;
    const power = newShare < 0.01 ? 0.15 : 0.05;
    expect(
      misfits(figures, {
        reusedShare: { value: theory.reuseShare, power: 0.02 },
        newShare: { value: newShare, power },
        meanTlsMs: { value: theory.meanHandshake, power },
      }),
    ).toEqual([]);
  });
});
