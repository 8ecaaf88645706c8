import type { ScenarioInput } from './scenario.ts';
import { Simulation, type Pull } from './simulation.ts';

type Agent = NonNullable<ScenarioInput['traffic']>['agents'][number];

/** 100 tokens in and 50 out, always: at $10 for a million, $0.0015. */
export function agentOf(more: Partial<Agent> = {}): Agent {
  return {
    name: 'clerk',
    share: 1,
    inputTokens: { mean: 100, sigma: 0 },
    outputTokens: { mean: 50, sigma: 0 },
    maxOutputTokens: 100,
    repeatShare: 0,
    ...more,
  };
}

const station = { servers: null, service: { law: 'constant' as const, meanMs: 100 } };

/** An office with one kind of agent and two models, at $10 and $1 for a million tokens: 100 ms and 2 ms for each token of the answer. */
export function office(more: Partial<ScenarioInput> = {}, agents: Agent[] = [agentOf()]): ScenarioInput {
  return {
    name: 'office',
    durationS: 600,
    intervalS: 60,
    load: { ratePerS: 2 },
    path: ['gateway'],
    stations: { first: station, second: station },
    models: {
      good: {
        meanMs: 200,
        usdPerMTokens: 10,
        accuracy: 0.98,
        quality: 0.9,
        station: 'first',
        msPerOutputToken: 2,
      },
      cheap: {
        meanMs: 150,
        usdPerMTokens: 1,
        accuracy: 0.9,
        quality: 0.8,
        station: 'second',
        msPerOutputToken: 1,
      },
    },
    traffic: { agents },
    ...more,
    gateway: { model: 'good', ...more.gateway },
  };
}

export const run = (scenario: ScenarioInput, seed = 1, pulls: Pull[] = []): Simulation =>
  new Simulation(scenario, seed, { pulls }).run();

/** Sum of a column over the whole run. */
export function total(simulation: Simulation, column: string): number {
  const { recorder } = simulation.world;
  if (!recorder.columns.includes(column)) throw new Error(`No column ${column}.`);
  return recorder.column(column).reduce((sum, x) => sum + x, 0);
}
