import { InputError, show } from '../../../engine/core/errors.ts';
import type { Goal } from '../../../engine/tuning/score.ts';
import { fieldScale, figureNamed } from './figures.ts';

/** A bound as it is edited. */
export interface BoundForm {
  id: number;
  figure: string;
  side: 'atMost' | 'atLeast';
  /** Shares in percent. */
  text: string;
}

export interface GoalForm {
  figure: string;
  direction: Goal['direction'];
  bounds: BoundForm[];
}

/** @param from the first of the ids, which are to differ on the page */
export function formOf({ figure, direction, constraints = [] }: Goal, from = 0): GoalForm {
  const bounds = constraints.flatMap((bound) =>
    (['atMost', 'atLeast'] as const)
      .filter((side) => bound[side] !== undefined)
      .map((side) => ({
        figure: bound.figure,
        side,
        text: String(Number((bound[side]! * fieldScale(figureNamed(bound.figure))).toPrecision(12))),
      })),
  );
  return { figure, direction, bounds: bounds.map((bound, i) => ({ id: from + i, ...bound })) };
}

/** @throws InputError whose place is `bound-ID` */
export function goalFrom({ figure, direction, bounds }: GoalForm): Goal {
  return {
    figure,
    direction,
    constraints: bounds.map(({ id, figure: of, side, text }) => {
      const n = Number(text.replace(',', '.'));
      if (text.trim() === '' || !Number.isFinite(n))
        throw new InputError(`bound-${id}`, 'a number', show(text.trim()));
      return { figure: of, [side]: Number((n / fieldScale(figureNamed(of))).toPrecision(12)) };
    }),
  };
}
