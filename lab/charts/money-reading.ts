import { CRITICALITIES } from '../../engine/cost/task.ts';
import type { Scenario } from '../../engine/simulation/scenario.ts';
import type { Series } from '../stores/series.ts';
import { COST_INTERVALS } from './reading.ts';

/** A budget at the end of a stretch, in dollars of the fleet. */
export interface BudgetReading {
  limitUsd: number;
  spentUsd: number;
  /** Held for calls that have not ended. */
  reservedUsd: number;
  overshootUsd: number;
}

/** Agents at the end of a stretch. */
export interface AgentsReading {
  ready: number;
  starting: number;
  spot: number;
  forecast: number;
  /** How many of them the work would keep busy, mean of the stretch. */
  atWork: number;
  usdPerH: number;
}

/** What a scenario with a gateway has to say of a stretch of time. Rates and dollars are of the whole fleet. */
export interface MoneyReading {
  /** Requests begun, those that nobody waits for too. */
  requestsPerS: number;
  /** Calls sent to models; a batch is one. */
  callsPerS: number;
  /** Refused by a budget, by a measure or by a rule. */
  refusedPerS: number;
  /** Deferred work at the end. */
  waiting: number;
  /** Paid in the stretch for each model, in the scenario's order. */
  byModelUsd: number[];
  baselineUsd: number;
  /** Dollars an hour of each model, in the scenario's order. */
  byModelUsdPerH: number[];
  /** What the same tokens would have cost on the model of the fixed route. */
  baselineUsdPerH: number;
  /** Mean of the models that answered, weighted by their calls; null when none did. */
  quality: number | null;
  /** In the scenario's order. */
  budgets: BudgetReading[];
  /** Share of the requests that ended without an answer, from critical to low; null where none ended. */
  givenUp: (number | null)[];
  /** Of the tiers that are tuned, in their order. */
  ttlS: number[];
  /** Levels of the graduated actions in force for everybody. */
  level: number;
  agents: AgentsReading | undefined;
}

const REFUSED = ['gateway.refusedBudget', 'gateway.refusedMeasures', 'gateway.refusedRule'] as const;

/** @param from first interval of the stretch; `to` is the one after its last */
export function moneyReading(series: Series, scenario: Scenario, from: number, to: number): MoneyReading {
  const { cells } = scenario.fleet;
  const seconds = (to - from) * series.intervalS;
  const perS = (...columns: string[]): number =>
    (columns.reduce((sum, column) => sum + series.sum(column, from, to), 0) * cells) / seconds;
  const costFrom = Math.max(0, to - COST_INTERVALS);
  const perH = (column: string): number =>
    (series.sum(column, costFrom, to) * cells * 3600) / ((to - costFrom) * series.intervalS);
  const last = (column: string): number => series.at(column, to - 1);
  return {
    requestsPerS: perS('arrivals', 'background.arrivals'),
    callsPerS: perS('gateway.calls'),
    refusedPerS: perS(...REFUSED),
    waiting: last('background.waiting') * cells,
    byModelUsd: Object.keys(scenario.models).map(
      (model) => series.sum(`spend.model.${model}`, from, to) * cells,
    ),
    baselineUsd: series.sum('gateway.baselineUsd', from, to) * cells,
    byModelUsdPerH: Object.keys(scenario.models).map((model) => perH(`spend.model.${model}`)),
    baselineUsdPerH: perH('gateway.baselineUsd'),
    quality: meanQuality(series, from, to),
    budgets: (scenario.gateway?.budgets ?? []).map(({ name }) => ({
      limitUsd: last(`budget.${name}.limitUsd`) * cells,
      spentUsd: last(`budget.${name}.spentUsd`) * cells,
      reservedUsd: last(`budget.${name}.reservedUsd`) * cells,
      overshootUsd: last(`budget.${name}.overshootUsd`) * cells,
    })),
    givenUp: CRITICALITIES.map((c) => {
      const ended = series.sum(`class.${c}.ended`, from, to);
      return ended > 0 ? series.sum(`class.${c}.givenUp`, from, to) / ended : null;
    }),
    ttlS: (scenario.controls.ttl?.tiers ?? []).map((tier) => last(`tier.${tier}.ttlS`)),
    level: last('gateway.measures'),
    agents: agentsReading(series, scenario, from, to, perH),
  };
}

function agentsReading(
  series: Series,
  scenario: Scenario,
  from: number,
  to: number,
  perH: (column: string) => number,
): AgentsReading | undefined {
  const { agents } = scenario.controls;
  if (!agents) return undefined;
  const { cells } = scenario.fleet;
  const last = (column: string): number => series.at(`agents.${column}`, to - 1) * cells;
  const busy = series.sum(`station.${agents.station}.busy`, from, to) / (to - from);
  return {
    ready: last('ready'),
    starting: last('starting'),
    spot: last('spot'),
    forecast: last('forecast'),
    atWork: (busy * cells) / agents.pool.slotsPerAgent,
    usdPerH: perH('agents.infraUsd'),
  };
}

function meanQuality(series: Series, from: number, to: number): number | null {
  let sum = 0;
  let calls = 0;
  for (let i = from; i < to; i++) {
    const quality = series.at('gateway.quality', i);
    const weight = series.at('gateway.calls', i);
    if (Number.isNaN(quality) || weight === 0) continue;
    sum += quality * weight;
    calls += weight;
  }
  return calls > 0 ? sum / calls : null;
}
