import type { Scenario } from '../../../../engine/simulation/scenario.ts';
import { perSecond } from '../../../charts/small-rate.ts';
import { percent } from '../../../format.ts';
import type { Series } from '../../../stores/series.ts';

/** As in the rest of the topology, so that single arrivals don't make the figures flicker. */
const RATE_INTERVALS = 5;

export interface ModelFigures {
  name: string;
  callsPerS: number;
  /** Of what all models cost in that time; 0 when that is nothing. */
  costShare: number;
}

export interface GatewayFigures {
  requestsPerS: number;
  callsPerS: number;
  /** Of the requests that reached it. */
  refusedShare: number;
  /** Deferred to the night. */
  waiting: number;
  /** Levels of the graduated actions in force for everybody, and the name of the last. */
  level: number;
  levelName: string;
  /** The budget of which most is used; undefined without budgets. */
  budget: { name: string; used: number; spent: number; overspent: boolean } | undefined;
  models: ModelFigures[];
  /** All that in a sentence. */
  words: string;
}

export function gatewayFigures(series: Series, scenario: Scenario): GatewayFigures | undefined {
  const to = series.length;
  const { gateway } = scenario;
  if (to === 0 || !gateway) return undefined;
  const from = Math.max(0, to - RATE_INTERVALS);
  const { cells } = scenario.fleet;
  const sum = (column: string): number => series.sum(column, from, to);
  const perS = (column: string): number => (sum(column) * cells) / ((to - from) * series.intervalS);
  const last = (column: string): number => series.at(column, to - 1);
  const requests = sum('gateway.requests');
  const refused = sum('gateway.refusedBudget') + sum('gateway.refusedMeasures') + sum('gateway.refusedRule');
  const level = last('gateway.measures');
  const costUsd = sum('costUsd');
  const budget = gateway.budgets
    .map(({ name }) => {
      const limit = last(`budget.${name}.limitUsd`);
      const spent = last(`budget.${name}.spentUsd`) / limit;
      return {
        name,
        spent,
        used: spent + last(`budget.${name}.reservedUsd`) / limit,
        overspent: last(`budget.${name}.overshootUsd`) > 0,
      };
    })
    .sort((a, b) => b.used - a.used)[0];
  const models = Object.entries(scenario.models).map(([name, { station }]) => ({
    name,
    callsPerS: station === undefined ? 0 : perS(`station.${station}.arrivals`),
    costShare: costUsd > 0 ? sum(`spend.model.${name}`) / costUsd : 0,
  }));
  const figures = {
    requestsPerS: perS('gateway.requests'),
    callsPerS: perS('gateway.calls'),
    refusedShare: requests > 0 ? Math.min(1, refused / requests) : 0,
    waiting: last('background.waiting') * cells,
    level,
    levelName: level > 0 ? (gateway.measures.levels[level - 1]?.name ?? '') : '',
    budget,
    models,
  };
  const asked = models.map(({ name, callsPerS }) => `${name} ${perSecond(callsPerS)}`).join(', ');
  return {
    ...figures,
    words:
      `${perSecond(figures.requestsPerS)} reach the gateway, which makes ${perSecond(figures.callsPerS)} calls: ${asked}.` +
      (figures.refusedShare > 0 ? ` It refuses ${percent(figures.refusedShare, 0)}.` : '') +
      (budget ? ` Budget ${budget.name} is ${percent(budget.spent, 0)} spent.` : ''),
  };
}
