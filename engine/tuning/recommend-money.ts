import { amount, percent } from '../simulation/wording.ts';
import type { Simulation } from '../simulation/simulation.ts';
import { inPath, STORM, type Rule } from './recommend-rule.ts';
import { windowS } from './recent-window.ts';
import type { Recommendation } from './recommend.ts';

/** Spending this much above a budget's pace is worth a word; less comes and goes. */
const OVER = 1.1;
/** An agent type that spends so many times what it usually does beside the others, and so much of everything, has run away. */
const RUNAWAY = 3;
const LARGE = 0.3;
const HOUR_MS = 3_600_000;

/** A cheaper model for a station whose calls all cost the same. */
const cheaperModel: Rule = (simulation, seen) =>
  inPath(simulation).flatMap((station): Recommendation[] => {
    const { models } = simulation.scenario;
    const now = station.modelName === null ? undefined : models[station.modelName];
    const { budgetUsdPerDay } = simulation.scenario.objectives;
    if (!now || budgetUsdPerDay === undefined || seen.costUsdPerHour * 24 <= OVER * budgetUsdPerDay)
      return [];
    // What a storm costs is for nobody: the storm is to end, not to become cheaper.
    if (seen.triesPerRequest > STORM) return [];
    const cheaper = Object.entries(models)
      .filter(([, m]) => m.usdPerMTokens < now.usdPerMTokens)
      .sort(([, a], [, b]) => b.usdPerMTokens - a.usdPerMTokens)[0];
    if (!cheaper) return [];
    const [name, model] = cheaper;
    return [
      {
        id: `model:${station.name}`,
        title: `Ask ${name} instead of ${station.modelName}`,
        why: `At this pace the day costs ${percent((seen.costUsdPerHour * 24) / budgetUsdPerDay)} of its budget.`,
        lever: `stations.${station.name}.model`,
        value: name,
        predicted: {
          figure: 'costUsdPerHour',
          now: seen.costUsdPerHour,
          then: (seen.costUsdPerHour * model.usdPerMTokens) / now.usdPerMTokens,
          by: 'price of a token',
          with: `$${model.usdPerMTokens} instead of $${now.usdPerMTokens} a million tokens`,
        },
        weight: 25,
      },
    ];
  });

/** The gateway's choice of a model: what it saves on the tokens of the last minutes. */
const routeByScore: Rule = (simulation, seen) => {
  const gateway = simulation.world.gateway?.gateway;
  if (!gateway || gateway.settings.route !== 'fixed' || seen.costUsdPerHour === 0) return [];
  const { models } = simulation.scenario;
  const now = models[gateway.settings.model]!;
  // The dearest of the cheaper ones: what a score with bounds on accuracy may well choose.
  const next = Object.entries(models)
    .filter(([, m]) => m.usdPerMTokens < now.usdPerMTokens)
    .sort(([, a], [, b]) => b.usdPerMTokens - a.usdPerMTokens)[0];
  if (!next) return [];
  const [name, model] = next;
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
        then: (seen.costUsdPerHour * model.usdPerMTokens) / now.usdPerMTokens,
        by: 'price of a token of the next cheaper model',
        with: `${name}: $${model.usdPerMTokens} instead of $${now.usdPerMTokens} a million tokens`,
      },
      weight: 35,
    },
  ];
};

/** One agent type that spends many times what it did: the budget of its own is closed before it takes everybody's. */
const stopRunaway: Rule = (simulation, seen) => {
  const { world, scenario } = simulation;
  const gateway = world.gateway;
  if (!gateway || !scenario.gateway) return [];
  return gateway.budgetStates(world.nowMs).flatMap((budget): Recommendation[] => {
    if (budget.scope.kind !== 'agentType' || budget.remainingUsd <= 0) return [];
    const agent = budget.scope.of;
    const { nowUsdPerHour, usualUsdPerHour } = spending(simulation, agent);
    if (!(nowUsdPerHour > RUNAWAY * usualUsdPerHour) || nowUsdPerHour < LARGE * seen.costUsdPerHour)
      return [];
    const limitUsd = Math.max(1, Math.floor(budget.spentUsd));
    return [
      {
        id: `wall:${budget.name}`,
        title: `Close the budget of ${agent} at the $${amount(limitUsd)} it has spent`,
        why: `It spends $${amount(nowUsdPerHour)} an hour, ${amount(nowUsdPerHour / usualUsdPerHour)} times what it usually does beside the others, and ${percent(nowUsdPerHour / seen.costUsdPerHour)} of everything. Until the ${budget.window} ends it goes without.`,
        lever: `gateway.budgets.${budget.name}.limitUsd`,
        value: limitUsd,
        predicted: {
          figure: 'costUsdPerHour',
          now: seen.costUsdPerHour,
          then: Math.max(0, seen.costUsdPerHour - nowUsdPerHour),
          by: 'a budget that is used up lets nothing through',
          with: `$${amount(seen.costUsdPerHour)} less $${amount(nowUsdPerHour)} an hour of ${agent}`,
        },
        weight: 75,
      },
    ];
  });
};

/** What an agent type spends an hour now, and what it would spend beside the others if it did as it did until an hour ago. */
function spending(simulation: Simulation, agent: string): { nowUsdPerHour: number; usualUsdPerHour: number } {
  const { world, scenario } = simulation;
  const { recorder } = world;
  const own = recorder.column(`spend.agent.${agent}`);
  const all = recorder.column('costUsd');
  const sum = (column: Float64Array, from: number, to: number): number =>
    column.subarray(from, to).reduce((a, b) => a + b, 0);
  const rows = Math.min(recorder.closed, Math.round((windowS(simulation) * 1000) / recorder.intervalMs));
  const from = recorder.closed - rows;
  const perHour = (scenario.fleet.cells * HOUR_MS) / (rows * recorder.intervalMs);
  const nowUsd = sum(own, from, recorder.closed);
  const othersUsd = sum(all, from, recorder.closed) - nowUsd;
  const before = Math.max(0, recorder.closed - Math.round(HOUR_MS / recorder.intervalMs));
  const ownBefore = sum(own, 0, before);
  // Without a past there is nothing usual to compare with.
  const ratio = before > 0 ? ownBefore / (sum(all, 0, before) - ownBefore) : NaN;
  return { nowUsdPerHour: nowUsd * perHour, usualUsdPerHour: othersUsd * ratio * perHour };
}

export const moneyRules: readonly Rule[] = [cheaperModel, routeByScore, stopRunaway];
