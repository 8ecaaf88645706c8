import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../cache/flow/virtual-time.ts';
import { PlacedStream, RandomStream } from '../core/random.ts';
import { confidenceOf } from '../cost/cascade.ts';
import { DIMENSIONS } from '../cost/spend-ledger.ts';
import type { Task } from '../cost/task.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { GatewaySettings } from '../gateway/settings.ts';
import { profileOf } from '../simulation/models.ts';
import { parseScenario, type ScenarioInput } from '../simulation/scenario.ts';
import { Simulation } from '../simulation/simulation.ts';
import { LiveGateway, type LiveAnswer } from './gateway-driver.ts';
import { advance } from './testing/virtual-clock.ts';

const SEED = 8;
const HOURS = 6;
const CONVERSATIONS = 1500;

const profile = (usdPerM: number) => ({
  promptCacheMinTokens: 200,
  prices: [
    {
      from: null,
      inputUsdPerM: usdPerM,
      outputUsdPerM: 3 * usdPerM,
      cacheReadUsdPerM: usdPerM / 10,
      cacheWriteUsdPerM: 1.25 * usdPerM,
    },
  ],
});
const station = (servers: number) => ({
  servers,
  maxQueue: 0,
  service: { law: 'constant' as const, meanMs: 300 },
});

/** Everything that the gateway can do happens in these six hours from six in the evening. */
const base: ScenarioInput = {
  name: 'equivalence',
  startsAt: '18:00:00',
  durationS: HOURS * 3600 + 86_400,
  intervalS: 3600,
  load: { ratePerS: 0 },
  path: ['gateway'],
  stations: { big: station(2), mid: station(3), tiny: station(3) },
  models: {
    large: {
      meanMs: 2000,
      usdPerMTokens: 0,
      accuracy: 0.98,
      quality: 0.95,
      station: 'big',
      msPerOutputToken: 8,
      ...profile(30),
    },
    medium: {
      meanMs: 1500,
      usdPerMTokens: 0,
      accuracy: 0.96,
      quality: 0.9,
      station: 'mid',
      msPerOutputToken: 6,
      ...profile(10),
    },
    small: {
      meanMs: 1000,
      usdPerMTokens: 0,
      accuracy: 0.92,
      quality: 0.85,
      station: 'tiny',
      msPerOutputToken: 4,
      ...profile(0.5),
    },
  },
  traffic: {
    tenants: [
      { name: 'shop', share: 0.7 },
      { name: 'internal', share: 0.3 },
    ],
    agents: [
      {
        name: 'support',
        share: 0.6,
        criticality: 'critical',
        prefixTokens: 300,
        inputTokens: { mean: 200 },
        outputTokens: { mean: 150 },
        maxOutputTokens: 400,
        minAccuracy: 0.9,
        turns: 2,
        think: { law: 'constant', meanMs: 5000 },
      },
      {
        name: 'research',
        share: 0.25,
        prefixTokens: 800,
        inputTokens: { mean: 500 },
        outputTokens: { mean: 300 },
        minAccuracy: 0.95,
        turns: 5,
        think: { law: 'constant', meanMs: 2000 },
        contextTokens: 4000,
      },
      {
        name: 'reports',
        share: 0.15,
        criticality: 'low',
        inputTokens: { mean: 1500 },
        outputTokens: { mean: 200 },
        deferrable: true,
        deadlineS: 20_000,
      },
    ],
  },
  gateway: { model: 'large', timeZone: 'Europe/Berlin' },
  // Half a millisecond off, so that no time-out meets an answer.
  caller: { timeoutMs: 3000.5, retries: 1, backoff: { refusedMs: 50 } },
  events: [
    { at: 7200.000125, label: 'dearer', set: { 'models.large.priceFactor': 1.5 } },
    { at: 14_400.000125, label: 'cheaper', set: { 'models.large.priceFactor': 0.7 } },
  ],
};

const variants: Record<string, Partial<NonNullable<ScenarioInput['gateway']>>> = {
  everything: {
    route: 'select',
    rulesOn: true,
    rules: [
      { name: 'noise', when: 'tenant == "internal" and complexity > 0.95', then: { refuse: true } },
      { name: 'warm', when: 'warm and budget_used > 0.3', then: { model: 'medium', maxOutputTokens: 120 } },
      {
        name: 'evening',
        when: 'hour >= 20 and hour < 22 and agent == "support"',
        then: { model: 'cheapest', batch: true },
      },
    ],
    batching: { on: true, size: 3, windowMs: 1200 },
    offPeak: { on: true },
    measures: { on: true },
    budgets: [
      { name: 'all', scope: { kind: 'global' }, window: 'day', limitUsd: 12 },
      {
        name: 'research',
        scope: { kind: 'agentType', of: 'research' },
        window: 'day',
        limitUsd: 8,
        keepForCritical: 0.1,
      },
      { name: 'large', scope: { kind: 'model', of: 'large' }, window: 'week', limitUsd: 6 },
    ],
  },
  'a cascade, checked budgets': {
    route: 'cascade',
    cascade: { small: 'small', big: 'large', confidence: 0.85 },
    budgetMode: 'check',
    offPeak: { on: true },
    budgets: [{ name: 'large', scope: { kind: 'model', of: 'large' }, window: 'day', limitUsd: 10 }],
  },
  'one model for all': { budgets: [{ name: 'all', scope: { kind: 'global' }, window: 'day', limitUsd: 30 }] },
};

/** What somebody did, in the order in which it was done; times in ms from the start. */
type Deed =
  | { atMs: number; do: 'ask'; task: Task }
  | { atMs: number; do: 'leave'; request: number }
  | { atMs: number; do: 'price'; model: string; factor: number };

/** Everything that was seen, in plain words and exact amounts. */
interface Report {
  calls: string[];
  outcomes: string[];
  ledger: string[];
  budgets: string;
  counts: object;
}

function reportOf(gateway: Gateway, epochMs: number, calls: string[], outcomes: string[]): Report {
  const { ledger, budgets, counts } = gateway;
  return {
    calls,
    outcomes: outcomes.sort(),
    ledger: DIMENSIONS.flatMap((dimension) =>
      ledger.rows(dimension).map((row) => `${dimension} ${row.name} ${row.calls} ${row.cost.toPicoText()}`),
    ),
    budgets: JSON.stringify([budgets.states(epochMs), budgets.pastStates(epochMs)]),
    counts: { ...counts },
  };
}

interface SimulatedTask extends Task {
  outputTokens: number;
  doubt: number;
}

/** Runs the scenario in virtual time and writes down who did what. */
function simulated(scenario: ScenarioInput): { deeds: Deed[]; report: Report; originMs: number } {
  const simulation = new Simulation(scenario, SEED);
  const { world } = simulation;
  const desk = world.gateway!;
  const { gateway } = desk;
  const deeds: Deed[] = [];
  const calls: string[] = [];
  const outcomes: string[] = [];

  // Times with ten binary places are exact on both clocks, and hardly ever equal.
  const random = new RandomStream(SEED, 'times');
  const arrivals = Array.from(
    { length: CONVERSATIONS },
    () => Math.floor(random.uniform() * HOURS * 3_600_000 * 1024) / 1024,
  ).sort((a, b) => a - b);
  let next = 0;
  world.arrivals.nextMs = arrivals[0]!;
  world.arrivals.take = () => {
    world.arrivals.nextMs = arrivals[++next] ?? Infinity;
    return true;
  };

  const request = gateway.request.bind(gateway);
  gateway.request = (ref, task, atMs) => {
    deeds.push({ atMs, do: 'ask', task });
    return request(ref, task, atMs);
  };
  const abandon = gateway.abandon.bind(gateway);
  gateway.abandon = (job, atMs) => {
    deeds.push({ atMs, do: 'leave', request: job });
    outcomes.push(`${job} left`);
    abandon(job, atMs);
  };
  const set = gateway.prices.set.bind(gateway.prices);
  gateway.prices.set = (model, factor) => {
    deeds.push({ atMs: world.nowMs, do: 'price', model, factor });
    set(model, factor);
  };
  const start = desk.start.bind(desk);
  desk.start = (call, atMs) => {
    const { model, jobs } = gateway.call(call);
    const told = jobs.map((j) => `${j.id}/${j.maxOutputTokens}/${j.cachedTokens}/${j.cacheWriteTokens}`);
    calls.push(`${atMs} ${gateway.chooser.nameOf(model)} ${told.join(' ')}`);
    start(call, atMs);
  };
  const answered = desk.answered.bind(desk);
  desk.answered = (t, atMs, ...more: unknown[]) => {
    const [job] = more as [
      {
        id: number;
        answer: number;
        spent: number;
        warning: string;
        escalated: boolean;
        rule: { name: string } | null;
      },
    ];
    outcomes.push(
      `${job.id} ${gateway.chooser.nameOf(job.answer)} ${job.spent} ${job.escalated} ${job.rule?.name ?? null} ${job.warning} ${atMs}`,
    );
    answered(t, atMs);
  };
  const refused = desk.refused.bind(desk);
  desk.refused = (t, why, atMs, ...more: unknown[]) => {
    const [job] = more as [{ id: number; warning: string }];
    outcomes.push(`${job.id} refused: ${why}, ${job.warning} ${atMs}`);
    refused(t, why, atMs);
  };
  simulation.run();
  const endMs = desk.epochMs(simulation.durationMs);
  return { deeds, report: reportOf(gateway, endMs, calls, outcomes), originMs: desk.epochMs(0) };
}

/** Does the same deeds on the live gateway, whose models take as long and have as many servers. */
async function live(scenario: ScenarioInput, deeds: readonly Deed[], originMs: number): Promise<Report> {
  const { models, gateway, stations, durationS } = parseScenario(scenario);
  const time = new VirtualTime(originMs);
  const spread = new PlacedStream(SEED, 'gateway:spread');
  const calls: string[] = [];
  const outcomes: string[] = [];
  const requestOf = new Map<Task, number>();
  const busy = new Map<string, number>();
  const driver = new LiveGateway({
    settings: JSON.parse(JSON.stringify(gateway)) as GatewaySettings,
    models: Object.entries(models).map(([name, m]) => profileOf(name, m)),
    clock: { nowMs: () => time.nowMs },
    timers: {
      set(delayMs, run) {
        const alarm = time.at(time.nowMs + delayMs, run);
        return () => (alarm.cancelled = true);
      },
    },
    u: (job) => spread.at(job, 0).uniform(),
    provider: ({ model, tasks, maxOutputTokens, cachedTokens, cacheWriteTokens }) => {
      const told = tasks.map(
        (task, i) => `${requestOf.get(task)}/${maxOutputTokens[i]}/${cachedTokens[i]}/${cacheWriteTokens[i]}`,
      );
      calls.push(`${time.nowMs - originMs} ${model} ${told.join(' ')}`);
      const { accuracy, msPerOutputToken, station: name } = models[model]!;
      const now = busy.get(model) ?? 0;
      if (now === stations[name!]!.servers) return Promise.reject(new Error('busy'));
      busy.set(model, now + 1);
      const results = tasks.map((task, i) => {
        const { inputTokens, outputTokens, complexity, doubt } = task as SimulatedTask;
        return {
          usage: {
            inputTokens,
            cachedTokens: cachedTokens[i]!,
            cacheWriteTokens: cacheWriteTokens[i]!,
            outputTokens: Math.min(outputTokens, maxOutputTokens[i]!),
          },
          confidence: confidenceOf(complexity, accuracy, doubt),
        };
      });
      const longest = Math.max(...results.map((r) => r.usage.outputTokens));
      return new Promise((resolve) =>
        time.at(time.nowMs + 300 + longest * msPerOutputToken, () => {
          busy.set(model, busy.get(model)! - 1);
          resolve(results);
        }),
      );
    },
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const callers: AbortController[] = [];
  const note = (request: number, answer: LiveAnswer): void => {
    const atMs = time.nowMs - originMs;
    if (answer.kind === 'refused')
      outcomes.push(`${request} refused: ${answer.why}, ${answer.warning} ${atMs}`);
    else {
      const { model, costPico, escalated, rule, warning } = answer;
      outcomes.push(`${request} ${model} ${costPico} ${escalated} ${rule} ${warning} ${atMs}`);
    }
  };
  for (const deed of deeds) {
    await advance(time, originMs + deed.atMs, settle);
    if (deed.do === 'price') driver.gateway.prices.set(deed.model, deed.factor);
    else if (deed.do === 'leave') callers[deed.request]!.abort();
    else {
      const { task } = deed;
      const request = requestOf.size + 1;
      const known = { ...task, deadlineMs: task.deadlineMs === null ? null : originMs + task.deadlineMs };
      requestOf.set(known, request);
      const caller = (callers[request] = new AbortController());
      driver.ask(known, caller.signal).then(
        (answer) => note(request, answer),
        () => outcomes.push(`${request} left`),
      );
    }
  }
  const endMs = originMs + durationS * 1000;
  await advance(time, endMs, settle);
  return reportOf(driver.gateway, endMs, calls, outcomes);
}

describe('the live gateway and the simulated one', () => {
  it.each(Object.keys(variants))(
    'find the same calls, models, batches, refusals and dollars: %s',
    async (name) => {
      const scenario = { ...base, gateway: { ...base.gateway!, ...variants[name] } };
      const { deeds, report, originMs } = simulated(scenario);
      const other = await live(scenario, deeds, originMs);
      expect(other.calls).toEqual(report.calls);
      expect(other).toEqual(report);

      // It would prove little if some of it never happened.
      expect(report.calls.length).toBeGreaterThan(700);
      expect(deeds.filter((d) => d.do === 'leave').length).toBeGreaterThan(10);
      expect(deeds.filter((d) => d.do === 'price').length).toBe(2);
      const seen: Record<string, string[]> = {
        everything: ['batched', 'deferred', 'downgraded', 'refusedBudget', 'refusedMeasures', 'refusedRule'],
        'a cascade, checked budgets': ['escalated', 'deferred'],
        'one model for all': ['refusedBudget'],
      };
      for (const what of seen[name]!) {
        const times = (report.counts as Record<string, number>)[what]!;
        expect([what, times > 10]).toEqual([what, true]);
      }
      const failed = report.outcomes.some((text) => text.includes('failed'));
      expect(failed).toBe(name !== 'everything');
    },
    20_000,
  );
});
