/** What a run came to, beside its goals, in the words of the page. */
import { dollars, milliseconds, percent, span } from '../../format.ts';
import type { RunRecord } from '../../stores/runs-saved.ts';

type Goal = RunRecord['objectives'][number];

export interface GoalView {
  id: string;
  title: string;
  value: string;
  bound: string;
  met: boolean;
}

/** Short, for a narrow column; others keep the title of the run. */
const TITLES: Partial<Record<string, string>> = {
  meanMs: 'Mean',
  hitRate: 'Hit rate',
  recovery: 'Recovered',
  budget: 'Budget',
};

/** More is better. */
const AT_LEAST = new Set(['hitRate', 'criticalServed']);

export const goalViews = ({ objectives, recoveredAfterS }: RunRecord): GoalView[] =>
  objectives.map((goal) => ({
    id: goal.id,
    title: TITLES[goal.id] ?? goal.title,
    value: goal.id === 'recovery' && recoveredAfterS === null ? 'not back' : written(goal, goal.value),
    bound: `${AT_LEAST.has(goal.id) ? '≥' : '≤'} ${written(goal, goal.bound)}`,
    met: goal.met,
  }));

function written({ unit }: Goal, value: number): string {
  switch (unit) {
    case 'ms':
      return milliseconds(value);
    case 's':
      return span(value);
    case 'USD':
      return dollars(value);
    case 'share':
      return percent(value, Number.isInteger(Math.round(value * 1e6) / 1e4) ? 0 : 1);
    case '×':
      return percent(value, 0);
    default:
      return `${Number(value.toPrecision(3))} ${unit}`.trim();
  }
}
