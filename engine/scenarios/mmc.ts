import type { ScenarioInput } from '../simulation/scenario.ts';

/** The smallest scenario: ten clerks, Poisson arrivals, exponential service. Erlang C knows its answers. */
export const mmc: ScenarioInput = {
  name: 'mmc',
  title: 'Ten clerks and one queue',
  question: 'How long does one wait when the clerks are busy 80 % of the time?',
  durationS: 40_000,
  warmupS: 2_000,
  load: { ratePerS: 8 },
  path: ['desk'],
  stations: { desk: { title: 'Desk', servers: 10, service: { law: 'exponential', meanMs: 1000 } } },
};
