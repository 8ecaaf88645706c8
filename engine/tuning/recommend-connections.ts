import { keepAliveReuse } from '../latency/formulas.ts';
import { amount, percent, time } from '../simulation/wording.ts';
import { mmc } from '../simulation/theory.ts';
import { askedOnce, elsewhereMs, inPath, titleOf, type Rule } from './recommend-rule.ts';
import type { Recommendation } from './recommend.ts';

/** The module's keep-alive (L4). */
const KEEP_MS = 30_000;
/** Connections that are used again less often than this are hardly kept. */
const KEPT = 0.8;
/** Share of calls that wait for a connection, and of their time, before more of them are worth while; and the load that they then have. */
const WAITED = 0.1;
const AIM = 0.7;

/** Keep connections, or have more of them: each is a server whose service is the handshake and the call. */
const connections: Rule = (simulation, seen) =>
  inPath(simulation).flatMap((station): Recommendation[] => {
    const s = seen.stations[station.index]!;
    const pool = simulation.world.visits?.guards[station.index]?.connections;
    if (!pool || !s.connections || !(s.arrivalsPerS > 0)) return [];
    const { settings, pools } = pool;
    const { reusedShare, waitedShare, waitMs } = s.connections;
    const most = Math.min(settings.maxTotal, settings.maxPerHost * settings.hosts) * pools.length;
    const perMs = s.arrivalsPerS / 1000;
    const callMs = s.busy / perMs;
    const handshakeMs = Number.isNaN(s.connections.handshakeMs) ? 0 : s.connections.handshakeMs;
    const list: Recommendation[] = [];
    const predicted = (madeShare: number, c: number): { then: number; with: string } => {
      const holdMs = callMs + madeShare * handshakeMs;
      const { meanWait } = mmc(perMs, 1 / holdMs, c);
      return {
        then:
          elsewhereMs(simulation, seen, station) + askedOnce(s, seen.triesPerRequest) * (holdMs + meanWait),
        with: `λ = ${amount(s.arrivalsPerS)}/s, ${time(callMs)} a call and ${time(madeShare * handshakeMs)} for handshakes, c = ${c}: W = ${time(meanWait)}`,
      };
    };
    const keepMs = Math.min(KEEP_MS, (settings.serverKeepAliveMs ?? Infinity) / 2);
    const kept = keepAliveReuse(1 / callMs, keepMs, handshakeMs).reuseShare;
    const handshakes = (1 - reusedShare) * handshakeMs;
    if (
      reusedShare < KEPT &&
      kept > reusedShare &&
      settings.keepAliveMs < keepMs &&
      handshakes > 0.05 * callMs
    )
      list.push({
        id: `keep-alive:${station.name}`,
        title: `Keep connections to ${titleOf(station)} for ${Math.round(keepMs / 1000)} s`,
        why: `${percent(1 - reusedShare)} of calls open a connection, ${time(handshakeMs)} each${waitMs > 1 ? `, and wait ${time(waitMs)} for a free place` : ''}.`,
        lever: `stations.${station.name}.connections.keepAliveMs`,
        value: keepMs,
        predicted: {
          figure: 'meanMs',
          now: seen.meanMs,
          ...predicted(1 - kept, most),
          by: 'reuse = 1 − e^(−λT), then Erlang C over connections',
        },
        weight: 70,
      });
    const wanted = Math.ceil((perMs * (callMs + handshakes)) / AIM / pools.length / settings.hosts);
    const perHost = Math.min(wanted, Math.floor(settings.maxTotal / settings.hosts));
    if (waitedShare > WAITED && waitMs > WAITED * callMs && perHost > settings.maxPerHost)
      list.push({
        id: `connections:${station.name}`,
        title: `Allow ${perHost} connections to ${titleOf(station)} instead of ${settings.maxPerHost}`,
        why: `${percent(waitedShare)} of calls wait for one, ${time(waitMs)} on average.`,
        lever: `stations.${station.name}.connections.maxPerHost`,
        value: perHost,
        predicted: {
          figure: 'meanMs',
          now: seen.meanMs,
          ...predicted(1 - reusedShare, perHost * settings.hosts * pools.length),
          by: 'Erlang C over connections',
        },
        weight: 60,
      });
    return list;
  });

export const connectionRules: readonly Rule[] = [connections];
