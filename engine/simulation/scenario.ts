/**
 * The scenario format: load, system, faults and operator actions as checked data. docs/scenarios.md is its manual.
 * Units are in the names: `…S` seconds, `…Ms` milliseconds, shares from 0 to 1.
 */
import * as v from 'valibot';
import { POLICY_NAMES } from '../cache/eviction/registry.ts';
import { parseClock, secondsAfter } from '../core/clock.ts';
import { InputError } from '../core/errors.ts';
import { parse } from '../core/schema.ts';
import { gatewaySchema } from '../gateway/settings.ts';
import { callerSchema } from './caller-schema.ts';
import { controlsSchema } from './controls-schema.ts';
import { checkGuards } from './guard-checks.ts';
import { lawSchema } from './law-schema.ts';
import { leverSchema } from './lever-schema.ts';
import { memorySchema } from './memory-schema.ts';
import { scenarioModelSchema } from './models.ts';
import { checkGateway, checkMemory, checkPath } from './scenario-checks.ts';
import { stationSchema } from './station-schema.ts';
import { strategySchema } from './strategy-schema.ts';
import { trafficSchema } from './traffic-schema.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));
const nonNegative = v.pipe(number, v.minValue(0, 'a number of 0 or more'));
const positive = v.pipe(number, v.gtValue(0, 'a number above 0'));
const count = v.pipe(number, v.integer('a whole number'), v.minValue(1, 'a whole number of 1 or more'));
const share = v.pipe(number, v.minValue(0, 'a share from 0 to 1'), v.maxValue(1, 'a share from 0 to 1'));
const places = v.pipe(number, v.integer('a whole number'), v.minValue(0, 'a whole number of 0 or more'));
const name = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]*$/, 'a name in lower case letters, digits and hyphens, beginning with a letter'),
);

const loadSchema = v.strictObject({
  /** Requests per second of one cell, before the profile and the factor. */
  ratePerS: nonNegative,
  /** Rate over time as a multiple of ratePerS: straight lines between the points, flat before the first and after the last. */
  profile: v.optional(v.array(v.strictObject({ atS: nonNegative, factor: nonNegative })), []),
  /** Multiplies the rate; what a surge event changes. */
  factor: v.optional(v.pipe(nonNegative, v.maxValue(1000, 'a factor from 0 to 1000')), 1),
  /** Share of arrivals refused at the door. */
  shedShare: v.optional(share, 0),
  /** What a refusal at the door costs the caller. */
  shedMs: v.optional(nonNegative, 1),
  /** Classes of requests; a lower priority number is served first under the priority discipline. */
  classes: v.optional(
    v.pipe(
      v.array(
        v.strictObject({ name, share, priority: v.pipe(places, v.maxValue(99, 'a priority from 0 to 99')) }),
      ),
      v.minLength(1, 'at least one class'),
      v.maxLength(8, 'at most 8 classes'),
      v.check(
        (c) => Math.abs(c.reduce((s, x) => s + x.share, 0) - 1) < 1e-9,
        'classes whose shares add up to 1',
      ),
    ),
    [{ name: 'all', share: 1, priority: 0 }],
  ),
});

const populationSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('zipf'),
    keys: v.pipe(count, v.maxValue(16_000_000, 'at most 16 million keys')),
    exponent: v.optional(nonNegative, 1),
    /** Share of requests for something that nobody asks again. */
    oneTimeShare: v.optional(share, 0),
  }),
  v.strictObject({
    kind: v.literal('weighted'),
    weights: v.pipe(
      v.array(nonNegative),
      v.minLength(1, 'at least one weight'),
      v.check((w) => w.some((x) => x > 0), 'weights of which at least one is above 0'),
    ),
    oneTimeShare: v.optional(share, 0),
  }),
]);

const tierSchema = v.strictObject({
  title: v.optional(v.string()),
  level: v.picklist(['l1', 'l2', 'l3', 'l4']),
  on: v.optional(v.boolean(), true),
  /** One cache in each instance, or one for the whole cell. */
  scope: v.optional(v.picklist(['instance', 'shared']), 'shared'),
  /** Eviction policy, by its name on the command line. */
  policy: v.optional(v.picklist(POLICY_NAMES), 'lru'),
  capacityEntries: v.pipe(count, v.maxValue(16_000_000, 'at most 16 million entries')),
  /** Null: entries never expire. */
  ttlS: v.optional(v.nullable(positive), null),
  /** Fixed: from the fill. Sliding: from the last hit. */
  ttlMode: v.optional(v.picklist(['fixed', 'sliding']), 'fixed'),
  /** Time a lookup takes when nothing queues for it. */
  lookup: v.optional(lawSchema, { law: 'constant', meanMs: 0 }),
  /** The station that serves the lookups, if they can queue. */
  station: v.optional(v.nullable(name), null),
  /** With a station: a lookup is given up after this time. Absent or null: only the caller's time-out counts. */
  lookupTimeoutMs: v.optional(v.nullable(positive)),
  /** With a station: a lookup that fails fails the try, or counts as a miss. Absent: fail. */
  onFailure: v.optional(v.picklist(['fail', 'miss'])),
  /** An entry that is found this close to the end of its life is renewed by a request of its own, one at a time. */
  refreshAheadS: v.optional(v.nullable(positive)),
  /** "population": holds every key of the population at the start, with ages spread evenly over the TTL. */
  preload: v.optional(v.picklist(['none', 'population']), 'none'),
});

const eventSchema = v.strictObject({
  /** Seconds from the start, or a time of day. */
  at: v.union([nonNegative, v.string()]),
  label: v.string(),
  kind: v.optional(v.picklist(['surge', 'fault', 'relief', 'operator']), 'fault'),
  /** Live settings by path; docs/scenarios.md lists them. */
  set: v.record(v.string(), v.union([v.boolean(), v.number(), v.string(), v.null()])),
});

const objectivesSchema = v.strictObject({
  meanMs: v.optional(positive),
  hitRate: v.optional(share),
  p99Ms: v.optional(positive),
  /** Largest share of requests that end without an answer. */
  errorRate: v.optional(share),
  /** From the first scripted event. */
  recoverWithinS: v.optional(positive),
  budgetUsdPerDay: v.optional(positive),
  /** Model calls and agents, of the whole run and fleet. */
  costUsd: v.optional(positive),
  /** Share of the critical requests that get an answer, over the whole run; with traffic. */
  criticalServed: v.optional(share),
  /** With memory: share of the heaps that a collection would leave, and the longest that an instance stands still. */
  memoryShare: v.optional(share),
  stallMs: v.optional(positive),
  /** Objectives are judged over this trailing window. */
  windowS: v.optional(positive, 30),
});

export const scenarioSchema = v.strictObject({
  name,
  title: v.optional(v.string()),
  question: v.optional(v.string()),
  /** Time of day at the start. */
  startsAt: v.optional(v.string(), '00:00:00'),
  /** Day at the start; budgets and dated prices go by it. */
  startDate: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{4}-\d\d-\d\d$/, 'a date as 2026-11-27'),
      v.check((date) => Number.isFinite(Date.parse(date)), 'a day that exists, as 2026-11-27'),
    ),
    '2026-11-27',
  ),
  durationS: v.pipe(positive, v.maxValue(31_536_000, 'at most a year')),
  /** Station statistics begin here. */
  warmupS: v.optional(nonNegative, 0),
  /** Width of the time series' intervals; default: durationS / 3600, at least 1. */
  intervalS: v.optional(positive),
  /** Past seconds replayed through the caches, with instant fills, before the start. */
  historyS: v.optional(nonNegative, 0),
  fleet: v.optional(
    v.strictObject({
      /** Equal, independent cells; one is simulated and totals are multiplied. */
      cells: v.optional(count, 1),
      users: v.optional(positive),
    }),
    {},
  ),
  load: loadSchema,
  population: v.optional(populationSchema, { kind: 'weighted', weights: [1] }),
  /** Agent instances in a cell: each has its own instance-scoped tiers. */
  instances: v.optional(v.pipe(count, v.maxValue(10_000, 'at most 10000 instances')), 1),
  /** Names of tiers and stations in the order a request meets them. */
  path: v.pipe(v.array(name), v.minLength(1, 'at least one tier or station')),
  tiers: v.optional(v.record(name, tierSchema), {}),
  stations: v.optional(v.record(name, stationSchema), {}),
  models: v.optional(v.record(v.string(), scenarioModelSchema), {}),
  /** Who asks for what, where requests are not all alike. Takes the place of `load.classes`. */
  traffic: v.optional(trafficSchema),
  /** The cost manager; the path then has a node "gateway". */
  gateway: v.optional(gatewaySchema),
  /** What looks at the system from time to time and changes it: TTL tuning, agent pools. */
  controls: v.optional(controlsSchema, {}),
  /** The instances' memory, which is collected and may run out. */
  memory: v.optional(memorySchema),
  caller: v.optional(callerSchema, {}),
  events: v.optional(v.array(eventSchema), []),
  objectives: v.optional(objectivesSchema, {}),
  levers: v.optional(v.array(leverSchema), []),
  /** Named sets of lever pulls with the time at which they are pulled. */
  presets: v.optional(
    v.record(
      name,
      v.strictObject({
        title: v.string(),
        at: v.union([nonNegative, v.string()]),
        pulls: v.record(v.string(), v.union([v.boolean(), v.number(), v.string()])),
      }),
    ),
    {},
  ),
  /** What saves money or time here, each with the settings that turn it off: the rows of an ablation. */
  strategies: v.optional(v.array(strategySchema), []),
  /** What the charts show first. */
  view: v.optional(v.strictObject({ fromS: nonNegative, toS: positive })),
});

/** What an author writes. */
export type ScenarioInput = v.InferInput<typeof scenarioSchema>;
/** What the engine runs: every default filled in. */
export type Scenario = v.InferOutput<typeof scenarioSchema>;
export type TierSettings = Scenario['tiers'][string];
export type StationSettings = Scenario['stations'][string];
export type TierLevel = TierSettings['level'];
export type ScriptedEvent = Scenario['events'][number];
/** Value of a live setting. */
export type SettingValue = boolean | number | string | null;

const MAX_INTERVALS = 100_000;

/**
 * Checks a scenario and fills in its defaults.
 * @throws InputError naming the place, what was expected and what was got.
 */
export function parseScenario(input: unknown): Scenario {
  const scenario = parse(scenarioSchema, input, 'scenario', SETTING_NAMES);
  checkPath(scenario);
  checkGateway(scenario);
  checkGuards(scenario);
  checkMemory(scenario);
  if (scenario.warmupS >= scenario.durationS)
    throw new InputError('warmupS', `less than durationS (${scenario.durationS})`, String(scenario.warmupS));
  if (intervalSOf(scenario) * MAX_INTERVALS < scenario.durationS)
    throw new InputError(
      'intervalS',
      `at least durationS / ${MAX_INTERVALS} = ${scenario.durationS / MAX_INTERVALS}`,
      String(scenario.intervalS),
      'A finer series would not fit in memory.',
    );
  parseClock(scenario.startsAt, 'startsAt');
  scenario.load.profile.forEach((point, i, all) => {
    if (i > 0 && point.atS <= all[i - 1]!.atS)
      throw new InputError(
        `load.profile.${i}.atS`,
        `more than ${all[i - 1]!.atS}`,
        String(point.atS),
        'Points go forward in time.',
      );
  });
  return scenario;
}

/** Width of the intervals of a scenario's time series, in seconds. */
export function intervalSOf(scenario: Pick<Scenario, 'intervalS' | 'durationS'>): number {
  return scenario.intervalS ?? Math.max(1, Math.ceil(scenario.durationS / 3600));
}

/** Seconds from the start of the run of an event's `at`. */
export function atSeconds(at: number | string, scenario: Pick<Scenario, 'startsAt'>, place: string): number {
  return typeof at === 'number' ? at : secondsAfter(scenario.startsAt, at, place);
}

/** Every setting name of the format, for "did you mean". */
export const SETTING_NAMES: readonly string[] = [...collectNames(scenarioSchema, new Set())];

function collectNames(schema: unknown, into: Set<string>): Set<string> {
  if (typeof schema !== 'object' || schema === null) return into;
  const s = schema as {
    entries?: Record<string, unknown>;
    wrapped?: unknown;
    item?: unknown;
    value?: unknown;
    options?: unknown[];
    pipe?: unknown[];
  };
  for (const [key, entry] of Object.entries(s.entries ?? {})) {
    into.add(key);
    collectNames(entry, into);
  }
  for (const inner of [s.wrapped, s.item, s.value, ...(Array.isArray(s.options) ? s.options : [])])
    collectNames(inner, into);
  return into;
}
