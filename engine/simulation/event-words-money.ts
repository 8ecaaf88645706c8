/** Events of money and of servers that are added or taken away. */
import { number, stationTitle, type WordsOf } from './event-figures.ts';
import type { Scenario } from './scenario.ts';
import { amount, percent, time } from './wording.ts';

const dollars = (usd: number): string => `$${amount(usd)}`;
const limitOf = (budget: string, scenario: Scenario): number =>
  scenario.gateway?.budgets.find((one) => one.name === budget)?.limitUsd ?? NaN;

const WHY = {
  load: 'More is coming than so many servers can take within the aimed response time.',
  wait: 'The mean response is above its aim, so more servers are needed.',
  spare: 'Fewer servers are enough for what is coming, and each one costs.',
  limit: 'More servers are needed than the keeper may start.',
} as const;

export const moneyWords: Record<string, WordsOf> = {
  alert: ({ data }, scenario) => {
    const budget = String(data['budget']);
    const limit = limitOf(budget, scenario);
    const share = number(data, 'share');
    return {
      title: `Budget ${budget} at ${percent(number(data, 'threshold'))}`,
      because: 'A payment took the spending of the budget’s window past this threshold for the first time.',
      figures: [
        { label: 'spent', value: percent(share), against: `threshold ${percent(number(data, 'threshold'))}` },
        ...(Number.isFinite(limit)
          ? [{ label: 'in dollars', value: dollars(share * limit), against: `of ${dollars(limit)}` }]
          : []),
      ],
      section: 'thresholds',
    };
  },
  refusing: ({ data }, { fleet }) => ({
    title: `Budget ${String(data['budget'])} refuses`,
    because:
      'The most that a call may cost is reserved before it is made. For the first time in this window no room was left for one, so it was refused.',
    figures: [
      { label: 'spent', value: percent(number(data, 'share')) },
      {
        label: 'in dollars',
        value: dollars(number(data, 'spentUsd') * fleet.cells),
        against: `of ${dollars(number(data, 'limitUsd') * fleet.cells)}`,
      },
      { label: 'calls refused', value: amount(number(data, 'refused') * fleet.cells) },
    ],
    section: 'budgets',
  }),
  measures: ({ data }, scenario) => {
    const [level, from] = [number(data, 'level'), number(data, 'from')];
    const { levels, band } = scenario.gateway!.measures;
    const at = levels[Math.max(level, from) - 1]?.at ?? NaN;
    return {
      title: level > 0 ? `Measures: ${String(data['name'])}` : 'Measures over',
      because:
        level > from
          ? 'Of the tightest budget for everybody so much was spent or reserved that the next level of measures came into force.'
          : 'The share that is spent or reserved fell below the level by more than its band, so it ceased.',
      figures: [
        {
          label: 'spent or reserved',
          value: percent(number(data, 'share')),
          against: level > from ? `at least ${percent(at)}` : `below ${percent(at - band)}`,
        },
        { label: 'level', value: amount(level), against: `was ${amount(from)}` },
      ],
      section: 'thresholds',
    };
  },
  decision: ({ data }, scenario) => {
    const [from, to] = [number(data, 'from'), number(data, 'to')];
    return {
      title: `${stationTitle(data, scenario)}: ${amount(from)} to ${amount(to)} servers`,
      because: `The keeper looked at what came since its last look. ${WHY[data['why'] as keyof typeof WHY] ?? ''}`,
      figures: [
        {
          label: 'mean response',
          value: time(number(data, 'meanMs')),
          against: `aim ${time(number(data, 'targetMs'))}`,
        },
        { label: 'arrivals', value: `${amount(number(data, 'arrivalsPerS'))} a second` },
        { label: 'service', value: time(number(data, 'serviceMs')) },
      ],
      section: 'tuning',
    };
  },
  interrupted: ({ data }) => ({
    title:
      number(data, 'agents') === 1
        ? 'A spot agent was taken back'
        : `${amount(number(data, 'agents'))} spot agents were taken back`,
    because:
      'Spot agents are cheap because their owner may take them back at any time. What they worked at is begun anew, and a new agent has to start first.',
    figures: [{ label: 'agents taken back', value: amount(number(data, 'agents')) }],
    section: 'agent-pools',
  }),
};
