import { amount, percent, time } from '../simulation/wording.ts';
import { mmc } from '../simulation/theory.ts';
import { savedByCoalescing } from './recommend-load.ts';
import { askedOnce, elsewhereMs, inPath, STORM, titleOf, type Rule } from './recommend-rule.ts';
import { sinceChange, type StationWindow } from './recent-window.ts';
import type { Recommendation } from './recommend.ts';

const BUSY = 0.85;
/** Until so long after a change, servers that catch up look like servers that are too few. */
const CATCHING_UP_S = 30;
/** A queue of chance comes and goes within minutes; servers that are too few stay busy. */
const LONG_S = 300;
/** Load that a recommended number of servers has. */
const AIM = 0.7;
/** While requests are repeated, more than this many times the servers is no advice: the repeats are what is wrong. */
const MOST_IN_STORM = 4;
/** Where identical calls are this share of the load, servers for them would be for nothing. */
const MOSTLY_IDENTICAL = 0.3;
/** A replica this much busier than the rest of them, in shares of its servers, gets calls that it cannot do. */
const UNEVEN = 0.25;

/** More servers: Erlang C with the measured arrivals and service time. */
const moreServers: Rule = (simulation, seen) => {
  const longer = sinceChange(simulation, LONG_S)!;
  if (seen.toS - seen.fromS < CATCHING_UP_S) return [];
  return inPath(simulation).flatMap((station): Recommendation[] => {
    const s = seen.stations[station.index]!;
    if (!Number.isFinite(station.servers) || !(s.serviceMs > 0)) return [];
    if (Math.min(s.busyShare, longer.stations[station.index]!.busyShare) < BUSY) return [];
    if (slowest(s, station.serversEach) !== null) return [];
    if (savedByCoalescing(simulation, seen, station) > MOSTLY_IDENTICAL) return [];
    // In a storm most calls are repeated ones: what is wanted in earnest is what is asked for the first time.
    const perMs = s.arrivalsPerS / 1000 / seen.triesPerRequest;
    const parts = station.parts.length;
    const each = Math.ceil((perMs * s.serviceMs) / AIM / parts);
    if (each <= station.serversEach) return []; // there are enough for what is asked in earnest
    if (seen.triesPerRequest > STORM && each > MOST_IN_STORM * station.serversEach) return [];
    const servers = each * parts;
    const { meanWait } = mmc(perMs, 1 / s.serviceMs, servers);
    const asked = askedOnce(s, seen.triesPerRequest);
    return [
      {
        id: `servers:${station.name}`,
        title: `Raise ${titleOf(station)} from ${station.serversEach} to ${each} servers${parts > 1 ? ' for each replica' : ''}`,
        why: `${percent(s.busyShare)} busy, ${amount(s.queue)} waiting.`,
        lever: `stations.${station.name}.servers`,
        value: each,
        predicted: {
          figure: 'meanMs',
          now: seen.meanMs,
          then: elsewhereMs(simulation, seen, station) + asked * (s.serviceMs + meanWait),
          by: 'Erlang C: W = C(c, λS) / (c/S − λ)',
          with: `λ = ${amount(perMs * 1000)}/s, S = ${time(s.serviceMs)}, c = ${servers}: W = ${time(meanWait)}`,
        },
        weight: 50 * s.busyShare + Math.min(40, s.queue / station.servers),
      },
    ];
  });
};

/** A balancer that looks, where one replica has more than it can do and the others have time. */
const balance: Rule = (simulation, seen) =>
  inPath(simulation).flatMap((station): Recommendation[] => {
    const { replicas, serversEach } = station;
    const s = seen.stations[station.index]!;
    if (!replicas || (replicas.settings.kind !== 'random' && replicas.settings.kind !== 'round-robin'))
      return [];
    const slow = slowest(s, serversEach);
    if (slow === null) return [];
    const quick = s.replicas.filter((_, i) => i !== slow);
    const sharePerS = s.arrivalsPerS / s.replicas.length;
    // What one of the others takes, by Little's law: each gets its even share of the calls now.
    const quickMs = (1000 * mean(quick.map(({ busy }) => busy))) / sharePerS;
    const servers = quick.length * serversEach;
    const perMs = s.arrivalsPerS / 1000;
    const { meanWait } = mmc(perMs, 1 / quickMs, servers);
    if (!Number.isFinite(meanWait)) return [];
    const choice = { 'round-robin': 'in turn', random: 'at random' }[replicas.settings.kind];
    return [
      {
        id: `balance:${station.name}`,
        title: `Send calls to the faster of two replicas of ${titleOf(station)}`,
        why: `Replica ${slow + 1} is ${percent(s.replicas[slow]!.busy / serversEach)} busy with ${amount(s.replicas[slow]!.queue)} waiting, the others ${percent(mean(quick.map(({ busy }) => busy)) / serversEach)}; calls are sent ${choice}.`,
        lever: `stations.${station.name}.replicas.kind`,
        value: 'p2c-ewma',
        predicted: {
          figure: 'meanMs',
          now: seen.meanMs,
          then:
            elsewhereMs(simulation, seen, station) +
            askedOnce(s, seen.triesPerRequest) * (quickMs + meanWait),
          by: 'Erlang C over the replicas that keep up',
          with: `λ = ${amount(s.arrivalsPerS)}/s, S = ${time(quickMs)}, c = ${quick.length} × ${serversEach}: W = ${time(meanWait)}`,
        },
        weight: 85,
      },
    ];
  });

/** The replica that is full while the others, together, have time; null when they are alike. */
function slowest({ replicas }: StationWindow, serversEach: number): number | null {
  if (replicas.length < 2 || !Number.isFinite(serversEach)) return null;
  const most = replicas.reduce((a, one, i) => (one.busy > replicas[a]!.busy ? i : a), 0);
  const rest = mean(replicas.filter((_, i) => i !== most).map(({ busy }) => busy));
  return (replicas[most]!.busy - rest) / serversEach > UNEVEN && rest / serversEach < BUSY ? most : null;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

export const capacityRules: readonly Rule[] = [moreServers, balance];
