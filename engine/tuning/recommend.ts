import type { PullValue } from '../simulation/levers.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { Station } from '../simulation/station.ts';
import { mmc } from '../simulation/theory.ts';
import { recentWindow, type RecentWindow } from './recent-window.ts';

/** Figures that recommendations speak of. Shares from 0 to 1; rates and dollars of the whole fleet. */
export type EffectFigure =
  'meanMs' | 'hitRate' | 'triesPerRequest' | 'wastedShare' | 'callsPerS' | 'costUsdPerHour';

/** What to do, why, and what it should bring. */
export interface Recommendation {
  /** Stable for the same advice about the same part. */
  id: string;
  title: string;
  /** What was seen that calls for it. */
  why: string;
  lever: string;
  value: PullValue;
  predicted: { figure: EffectFigure; now: number; then: number; by: string };
  /** Larger is more urgent. */
  weight: number;
}

const WINDOW_S = 60;
const BUSY = 0.85;
/** Load that a recommended number of servers has. */
const AIM = 0.7;

/**
 * What to change now, from the last minute of the run, most urgent first (L10). Predictions are closed forms fed with what was measured; each holds
 * under its formula's assumptions, and what came of it is measured after it was taken (`effectOf`).
 */
export function recommend(simulation: Simulation): Recommendation[] {
  const seen = recentWindow(simulation, WINDOW_S);
  if (seen === null) return [];
  const all = RULES.flatMap((rule) => rule(simulation, seen));
  return all
    .filter(({ lever }) => canPull(simulation, lever))
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
}

type Rule = (simulation: Simulation, seen: RecentWindow) => Recommendation[];

/** More servers: Erlang C with the measured arrivals and service time. */
const moreServers: Rule = (simulation, seen) =>
  inPath(simulation).flatMap((station): Recommendation[] => {
    const s = seen.stations[station.index]!;
    if (!Number.isFinite(station.servers) || s.busyShare < BUSY || !(s.serviceMs > 0)) return [];
    // In a storm most calls are repeated ones: what is wanted in earnest is what is asked for the first time.
    const perMs = (s.arrivalsPerS / 1000) * Math.min(1, 1 / seen.triesPerRequest);
    const servers = Math.max(station.servers + 1, Math.ceil((perMs * s.serviceMs) / AIM));
    const waitMs = mmc(perMs, 1 / s.serviceMs, servers).meanWait;
    return [
      {
        id: `servers:${station.name}`,
        title: `Raise ${titleOf(station)} from ${station.servers} to ${servers} servers`,
        why: `${percent(s.busyShare)} busy, ${Math.round(s.queue)} waiting.`,
        lever: `stations.${station.name}.servers`,
        value: servers,
        predicted: {
          figure: 'meanMs',
          now: seen.meanMs,
          then: Math.max(0, seen.meanMs - s.askedShare * s.waitMs) + s.askedShare * waitMs,
          by: 'Erlang C',
        },
        weight: 50 * s.busyShare + Math.min(40, s.queue / station.servers),
      },
    ];
  });

/** A retry budget: at most 1 + ratio tries for each request. */
const retryBudget: Rule = ({ world }, seen) => {
  if (seen.triesPerRequest < 1.25 || world.callerRules.retryBudget.on) return [];
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
        by: 'load ≤ (1 + ratio) × first tries',
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
    return [
      {
        id: `margin:${station.name}`,
        title: `Drop calls that would come too late at ${titleOf(station)}`,
        why: `${percent(s.wastedShare)} of what it finishes is for callers who have left.`,
        lever: `stations.${station.name}.deadlineMarginMs`,
        value: Math.min(Math.round(s.serviceMs * 1.2), Math.round(timeoutMs * 0.9)),
        predicted: {
          figure: 'wastedShare',
          now: s.wastedShare,
          then: 0.05,
          by: 'a call begun with more than its service time left is in time',
        },
        weight: 80 * s.wastedShare,
      },
    ];
  });
};

/** A longer TTL: with requests of a key at rate λ the odds of a hit are λT. */
const longerTtl: Rule = ({ world }, seen) =>
  world.tiers.flatMap((tier): Recommendation[] => {
    const hits = seen.tierHitShare[tier.index]!;
    if (!tier.on || tier.ttlMs === Infinity || tier.ttlMs > 43_200_000 || !(hits > 0.02 && hits < 0.9))
      return [];
    if (tier.entries >= 0.95 * tier.capacity * tier.caches.length) return []; // it is full: entries go before they expire
    const odds = hits / (1 - hits);
    const then = (2 * odds) / (1 + 2 * odds);
    return [
      {
        id: `ttl:${tier.name}`,
        title: `Keep ${tier.settings.title ?? tier.name} for twice as long, ${Math.round((tier.ttlMs * 2) / 1000)} s`,
        why: `It answers ${percent(hits)} of its lookups and has room.`,
        lever: `tiers.${tier.name}.ttlS`,
        value: (tier.ttlMs * 2) / 1000,
        predicted: {
          figure: 'hitRate',
          now: seen.hitRate,
          then: Math.min(1, seen.hitRate + (then - hits) * seen.tierAskedShare[tier.index]!),
          by: 'hit = λT / (1 + λT), one key',
        },
        weight: 20 * (then - hits) * 10,
      },
    ];
  });

/** A tier that is off and holds everything that is asked twice. */
const switchOn: Rule = ({ world, scenario }, seen) =>
  world.tiers.flatMap((tier): Recommendation[] => {
    if (tier.on || tier.entries === 0) return [];
    const then = Math.max(seen.hitRate, 1 - scenario.population.oneTimeShare);
    if (then - seen.hitRate < 0.005) return [];
    return [
      {
        id: `on:${tier.name}`,
        title: `Switch ${tier.settings.title ?? tier.name} on`,
        why: `It holds ${tier.entries.toLocaleString('en')} entries that nobody reads.`,
        lever: `tiers.${tier.name}.on`,
        value: true,
        predicted: {
          figure: 'hitRate',
          now: seen.hitRate,
          then,
          by: 'everything asked before is there',
        },
        weight: 30 + 50 * (then - seen.hitRate),
      },
    ];
  });

/** Coalescing: while a call for a key is out, the others wait for it. */
const coalesce: Rule = (simulation, seen) =>
  inPath(simulation).flatMap((station): Recommendation[] => {
    const s = seen.stations[station.index]!;
    const { population } = simulation.world.callers.door;
    if (station.coalesce || population.size < 1 || simulation.world.gateway || !(s.serviceMs > 0)) return [];
    // Of the hottest key, if all its requests came here.
    const flying =
      (seen.requestsPerS / 1000) * population.shareOf(0) * (s.serviceMs + s.waitMs) * s.askedShare;
    if (flying < 0.3) return [];
    const saved = population.shareOf(0) * (flying / (1 + flying));
    return [
      {
        id: `coalesce:${station.name}`,
        title: `Let identical calls to ${titleOf(station)} share one answer`,
        why: `${flying.toFixed(1)} calls for the most popular key are under way at a time.`,
        lever: `stations.${station.name}.coalesce`,
        value: true,
        predicted: {
          figure: 'callsPerS',
          now: s.arrivalsPerS,
          then: s.arrivalsPerS * (1 - saved),
          by: 'singleflight: λE[D] / (1 + λE[D]) saved, hottest key only',
        },
        weight: 10 + 40 * saved,
      },
    ];
  });

/** A cheaper model for a station whose calls all cost the same. */
const cheaperModel: Rule = (simulation, seen) =>
  inPath(simulation).flatMap((station): Recommendation[] => {
    const { models } = simulation.scenario;
    const now = station.modelName === null ? undefined : models[station.modelName];
    const { budgetUsdPerDay } = simulation.scenario.objectives;
    if (!now || budgetUsdPerDay === undefined || seen.costUsdPerHour * 24 <= budgetUsdPerDay) return [];
    const cheaper = Object.entries(models)
      .filter(([, m]) => m.usdPerMTokens < now.usdPerMTokens)
      .sort(([, a], [, b]) => b.usdPerMTokens - a.usdPerMTokens)[0];
    if (!cheaper) return [];
    const [name, model] = cheaper;
    return [
      {
        id: `model:${station.name}`,
        title: `Ask ${name} instead of ${station.modelName}`,
        why: `At this pace the day costs ${(((seen.costUsdPerHour * 24) / budgetUsdPerDay) * 100).toFixed(0)} % of its budget.`,
        lever: `stations.${station.name}.model`,
        value: name,
        predicted: {
          figure: 'costUsdPerHour',
          now: seen.costUsdPerHour,
          then: (seen.costUsdPerHour * model.usdPerMTokens) / now.usdPerMTokens,
          by: 'price of a token',
        },
        weight: 25,
      },
    ];
  });

/** The gateway's strategies that are off: what they save on the tokens of the last minute. */
const routeByScore: Rule = (simulation, seen) => {
  const gateway = simulation.world.gateway?.gateway;
  if (!gateway || gateway.settings.route !== 'fixed') return [];
  const { models } = simulation.scenario;
  const now = models[gateway.settings.model]!;
  // The dearest of the cheaper ones: what a score with bounds on accuracy may well choose.
  const next = Object.values(models)
    .filter((m) => m.usdPerMTokens < now.usdPerMTokens)
    .sort((a, b) => b.usdPerMTokens - a.usdPerMTokens)[0];
  if (!next) return [];
  return [
    {
      id: 'route',
      title: 'Choose the model by score instead of one for all',
      why: `Everything is asked of ${gateway.settings.model}.`,
      lever: 'gateway.route',
      value: 'select',
      predicted: {
        figure: 'costUsdPerHour',
        now: seen.costUsdPerHour,
        then: (seen.costUsdPerHour * next.usdPerMTokens) / now.usdPerMTokens,
        by: 'price of a token of the next cheaper model',
      },
      weight: 35,
    },
  ];
};

const RULES: readonly Rule[] = [
  moreServers,
  retryBudget,
  dropDead,
  longerTtl,
  switchOn,
  coalesce,
  cheaperModel,
  routeByScore,
];

/** Stations that requests meet, not those that only serve a tier's lookups. */
function inPath({ world, scenario }: Simulation): Station[] {
  return world.stations.filter((s) => scenario.path.includes(s.name));
}

function canPull(simulation: Simulation, lever: string): boolean {
  return simulation.settingNow(lever) !== undefined;
}

const titleOf = (station: Station): string => station.settings.title ?? station.name;
const percent = (share: number): string => `${Math.round(share * 100)} %`;
