import type { GoalState } from '../../../engine/rescue/judge.ts';
import { dollars, dollarsPerHour, milliseconds, percent } from '../../format.ts';

/** A goal as its row shows it. Places on the meter are shares of its length. */
export interface GoalView {
  id: GoalState['id'];
  title: string;
  value: string;
  bound: string;
  met: boolean;
  fill: number;
  target: number;
}

const clamp = (value: number): number => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0);
const shareDigits = (share: number): number => (share < 0.005 ? 2 : 1);

const WORDS: Record<GoalState['id'], { title: string; words: (value: number) => string }> = {
  meanMs: { title: 'Mean response', words: milliseconds },
  hitRate: { title: 'Answered by a cache', words: (share) => percent(share) },
  errorRate: { title: 'Without an answer', words: (share) => percent(share) },
  criticalLost: { title: 'Critical ones lost', words: (share) => percent(share, shareDigits(share)) },
  usdPerHour: { title: 'Spent in an hour', words: dollarsPerHour },
};

export const goalTitle = (id: GoalState['id']): string => WORDS[id].title;
export const goalValue = ({ id, value }: Pick<GoalState, 'id' | 'value'>): string => WORDS[id].words(value);

export const goalBound = ({ id, target }: Pick<GoalState, 'id' | 'target'>): string =>
  id === 'hitRate'
    ? `≥ ${percent(target, 0)}`
    : `≤ ${id === 'errorRate' ? percent(target, 0) : id === 'usdPerHour' ? `${dollars(target).replace('.0', '')}/h` : WORDS[id].words(target)}`;

/** A limit's meter is logarithmic: the target is at a third of it, a hundred times as much at its end. */
const DECADES = 3;
const ofLimit = (ratio: number): number => clamp((Math.log10(ratio) + 1) / DECADES);

export function goalView(state: GoalState): GoalView {
  const { id, value, target, met } = state;
  const rate = id === 'hitRate';
  return {
    id,
    title: goalTitle(id),
    value: goalValue(state),
    bound: goalBound(state),
    met,
    fill: rate ? clamp(value) : ofLimit(value / target),
    target: rate ? target : 1 / DECADES,
  };
}
