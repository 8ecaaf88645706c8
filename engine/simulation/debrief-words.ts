/** A goal, and how far a run has come to it, in words. */
import { formatClock, parseClock } from '../core/clock.ts';
import { secondsOf, type Condition, type Goal } from './debrief-goal.ts';
import type { ObjectiveState } from './objectives.ts';
import type { Scenario } from './scenario.ts';
import { amount, duration, percent, time } from './wording.ts';

type Id = ObjectiveState['id'];

interface Words {
  /** Within a sentence. */
  label: string;
  text: (value: number) => string;
  bound: 'at most' | 'at least';
  target: (objectives: Scenario['objectives']) => number | undefined;
}

const dollars = (usd: number): string => `$${amount(usd).replace('.0 ', ' ')}`;
/** Shares that are told by what is missing. */
const finePercent = (share: number): string =>
  `${Number((share * 100).toFixed(share > 0.05 && share < 0.95 ? 1 : 2))} %`;

/** 2:33, or 13 h 4 min. */
export const lengthWords = (seconds: number): string =>
  seconds < 3600
    ? duration(seconds)
    : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;

const WORDS: Record<Id, Words> = {
  meanMs: { label: 'mean response', text: time, bound: 'at most', target: ({ meanMs }) => meanMs },
  p99Ms: { label: 'p99 response', text: time, bound: 'at most', target: ({ p99Ms }) => p99Ms },
  hitRate: { label: 'hit rate', text: percent, bound: 'at least', target: ({ hitRate }) => hitRate },
  errorRate: {
    label: 'without an answer',
    text: finePercent,
    bound: 'at most',
    target: ({ errorRate }) => errorRate,
  },
  recovery: {
    label: 'recovered',
    text: (s) => (s === 0 ? 'at once' : lengthWords(s)),
    bound: 'at most',
    target: ({ recoverWithinS }) => recoverWithinS,
  },
  budget: { label: 'pace of spending', text: percent, bound: 'at most', target: () => 1 },
  costUsd: { label: 'cost of the run', text: dollars, bound: 'at most', target: ({ costUsd }) => costUsd },
  criticalServed: {
    label: 'critical requests served',
    text: finePercent,
    bound: 'at least',
    target: ({ criticalServed }) => criticalServed,
  },
  memoryShare: {
    label: 'live memory',
    text: percent,
    bound: 'at most',
    target: ({ memoryShare }) => memoryShare,
  },
  stallMs: { label: 'longest pause', text: time, bound: 'at most', target: ({ stallMs }) => stallMs },
};

/** "mean response at most 94 ms", "recovered within 7:00". */
function targetWords(id: Id, { objectives }: Pick<Scenario, 'objectives'>): string {
  const { label, text, bound, target } = WORDS[id];
  const value = text(target(objectives) ?? NaN);
  if (id === 'recovery') return `recovered within ${value}`;
  if (id === 'errorRate') return `${bound} ${value} ${label}`;
  return id === 'budget' ? 'spending within the day’s budget' : `${label} ${bound} ${value}`;
}

/** "mean response 52 ms", "recovered after 2:33". */
export const figureWords = (id: Id, value: number): string =>
  `${WORDS[id].label} ${id === 'recovery' && value > 0 ? 'after ' : ''}${WORDS[id].text(value)}`;

/** "217 ms", "2:33". */
export const valueWords = (id: Id, value: number): string => WORDS[id].text(value);

export type WordedScenario = Pick<Scenario, 'objectives' | 'startsAt' | 'levers'>;

/** A time of the run as its clock shows it. */
export const clockAt = (atS: number, { startsAt }: Pick<Scenario, 'startsAt'>): string =>
  formatClock(parseClock(startsAt, 'startsAt') + atS);

export const leverLabel = (id: string, { levers }: Pick<Scenario, 'levers'>): string =>
  levers.find((lever) => lever.id === id)?.label ?? id;

/** What has to be, one condition each. */
export function goalWords(goal: Goal, scenario: WordedScenario): string[] {
  return [
    ...goal.objectives.map((id) => targetWords(id, scenario)),
    ...(goal.from === undefined
      ? []
      : [`no lever before ${clockAt(secondsOf(goal.from, scenario), scenario)}`]),
    ...(goal.without ?? []).map((id) => `“${leverLabel(id, scenario)}” as it is`),
  ];
}

/** What a run is short of. */
export function missWords(condition: Condition, scenario: WordedScenario): string {
  switch (condition.kind) {
    case 'objective': {
      const { id, value } = condition;
      if (id === 'recovery') return `not ${targetWords(id, scenario)}`;
      const { label, text, bound, target } = WORDS[id];
      if (value === undefined || !Number.isFinite(value)) return `${label} unknown`;
      if (id === 'budget') return `spending at ${percent(value)} of the day’s budget`;
      return `${label} ${text(value)} (${bound} ${text(target(scenario.objectives) ?? NaN)})`;
    }
    case 'from':
      return `a lever was pulled at ${clockAt(condition.earlyS ?? 0, scenario)}, before ${clockAt(condition.fromS, scenario)}`;
    case 'without':
      return `${condition.levers.map((id) => `“${leverLabel(id, scenario)}”`).join(' and ')} had to stay as it was`;
    case 'as it is':
      return 'settings were changed before the start, so it is another system';
  }
}
