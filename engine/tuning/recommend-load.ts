import { amount, percent, time } from '../simulation/wording.ts';
import { ttlWithFetch } from '../simulation/theory.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { Station } from '../simulation/station.ts';
import { inPath, STORM, titleOf, type Rule } from './recommend-rule.ts';
import type { RecentWindow } from './recent-window.ts';
import type { Recommendation } from './recommend.ts';

/** Below this share of calls saved, sharing them is not worth a line. */
const WORTH = 0.1;
/** Keys that are added up; those after them are asked too seldom to meet a call of their own. */
const KEYS = 20_000;

/** A retry budget: at most 1 + ratio tries for each request. */
const retryBudget: Rule = ({ world }, seen) => {
  if (seen.triesPerRequest < STORM || world.callerRules.retryBudget.on) return [];
  const { ratio } = world.callers.retryBudget;
  return [
    {
      id: 'retry-budget',
      title: `Cap retries to ${percent(ratio)} of first tries`,
      why: `Each request takes ${seen.triesPerRequest.toFixed(1)} tries: the load is ${seen.triesPerRequest.toFixed(1)} times what is asked.`,
      lever: 'caller.retryBudget.on',
      value: true,
      predicted: {
        figure: 'triesPerRequest',
        now: seen.triesPerRequest,
        then: Math.min(seen.triesPerRequest, 1 + ratio),
        by: 'tries ≤ 1 + ratio',
        with: `ratio = ${ratio}: at most ${(1 + ratio).toFixed(2)} tries a request`,
      },
      weight: 60 + 10 * seen.triesPerRequest,
    },
  ];
};

/** Work for nobody: dropped by a margin of its time-out. */
const dropDead: Rule = (simulation, seen) => {
  const { timeoutMs } = simulation.world.callerRules;
  if (timeoutMs === null) return [];
  return inPath(simulation).flatMap((station): Recommendation[] => {
    const s = seen.stations[station.index]!;
    if (s.wastedShare < 0.2 || !Number.isNaN(station.deadlineMarginMs)) return [];
    const wantedMs = Math.min(s.serviceMs * 1.2, timeoutMs * 0.9);
    // As an operator would set it: no odd milliseconds.
    const marginMs = wantedMs >= 500 ? Math.round(wantedMs / 100) * 100 : Math.round(wantedMs);
    return [
      {
        id: `margin:${station.name}`,
        title: `Drop calls that would come too late at ${titleOf(station)}`,
        why: `${percent(s.wastedShare)} of what it finishes is for callers who have left.`,
        lever: `stations.${station.name}.deadlineMarginMs`,
        value: marginMs,
        predicted: {
          figure: 'wastedShare',
          now: s.wastedShare,
          then: 0.05,
          by: 'a call begun with more than its service time left is in time',
          with: `margin ${time(marginMs)} of a time-out of ${time(timeoutMs)}, service ${time(s.serviceMs)}; one in twenty takes longer`,
        },
        weight: 80 * s.wastedShare,
      },
    ];
  });
};

/** Coalescing: while a call for a key is out, the others wait for it. */
const coalesce: Rule = (simulation, seen) =>
  inPath(simulation).flatMap((station): Recommendation[] => {
    const s = seen.stations[station.index]!;
    const saved = savedByCoalescing(simulation, seen, station);
    if (saved < WORTH) return [];
    const fetchMs = s.serviceMs + s.waitMs;
    return [
      {
        id: `coalesce:${station.name}`,
        title: `Let identical calls to ${titleOf(station)} share one answer`,
        why: `About ${percent(saved)} of its calls are for a key that is being fetched already.`,
        lever: `stations.${station.name}.coalesce`,
        value: true,
        predicted: {
          figure: 'callsPerS',
          now: s.arrivalsPerS,
          then: s.arrivalsPerS * (1 - saved),
          by: 'singleflight: λD of 1 + λD calls saved, key by key',
          with: `D = ${time(fetchMs)}; ${amount(s.arrivalsPerS * saved)} of ${amount(s.arrivalsPerS)} calls a second`,
        },
        weight: 10 + 50 * saved,
      },
    ];
  });

/**
 * Share of a station's calls that are for a key of which a call is out already: with one cache in front of it that holds for T, a key asked at
 * rate λ is fetched (1 + λD) / (1/λ + D + T) times a second, of which one each cycle is needed. 0 where it is not known who asks for what.
 */
export function savedByCoalescing(simulation: Simulation, seen: RecentWindow, station: Station): number {
  const { world, scenario } = simulation;
  const s = seen.stations[station.index]!;
  const { population } = world.callers.door;
  // A single key says that the scenario does not tell requests apart.
  if (station.coalesce || population.size < 2 || world.gateway || !(s.serviceMs > 0)) return 0;
  const fetchS = (s.serviceMs + Math.min(s.waitMs, world.callerRules.timeoutMs ?? Infinity)) / 1000;
  const keepS = seen.hitRate > 0.5 ? longestTtlS(simulation) : 0;
  const allPerS = seen.requestsPerS * seen.triesPerRequest;
  const wantedPerS = allPerS * (1 - population.oneTimeShare);
  let calls = allPerS - wantedPerS;
  let saved = 0;
  const keys = Math.min(population.size, KEYS);
  let shareSeen = 0;
  for (let key = 0; key < keys; key++) {
    const share = population.shareOf(key);
    shareSeen += share;
    const { originRateShared, originRateEach } = ttlWithFetch(wantedPerS * share, keepS, fetchS);
    calls += originRateEach;
    saved += originRateEach - originRateShared;
  }
  calls += keepS === 0 ? wantedPerS * (1 - shareSeen) : 0;
  return calls > 0 && scenario.path.includes(station.name) ? saved / calls : 0;
}

function longestTtlS({ world }: Simulation): number {
  return world.tiers.reduce((most, tier) => (tier.on ? Math.max(most, tier.ttlMs / 1000) : most), 0);
}

export const loadRules: readonly Rule[] = [retryBudget, dropDead, coalesce];
