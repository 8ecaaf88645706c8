/** The words of the result, from the figures of the game. */
import type { Incident } from '../../../engine/rescue/rules.ts';
import { POINTS, type GameResult, type Medal, type ScoreLine } from '../../../engine/rescue/score.ts';
import { PULLS_ALLOWED } from '../../../engine/rescue/rules.ts';
import { count, dollars, percent, span } from '../../format.ts';

/** A line of the score: what it is for, what was done, and how that makes points. */
export interface LineView extends ScoreLine {
  title: string;
  what: string;
  how: string;
}

const TITLES: Record<ScoreLine['id'], string> = {
  time: 'Back in time',
  users: 'Users answered',
  money: 'Money',
  attention: 'Attention',
};
const ONLY_RESCUED = 'counts only when it is rescued';

export function lineViews(
  incident: Pick<Incident, 'clockS' | 'billFactor'>,
  { score, judgement, account, pulls }: GameResult,
): LineView[] {
  const { rescued } = score;
  const heldS = judgement.heldSinceS ?? incident.clockS;
  const { ended, lost, spentUsd, usualClockUsd } = account;
  const nearness = judgement.goals.reduce((sum, goal) => sum + goal.nearness, 0) / judgement.goals.length;
  const most = incident.billFactor * usualClockUsd;
  const thrift = Math.min(1, Math.max(0, (most - spentUsd) / (most - usualClockUsd)));
  const words: Record<ScoreLine['id'], [what: string, how: string]> = {
    time: rescued
      ? [
          `The goals held again ${span(heldS)} after the clock started, and to its end.`,
          `${POINTS.rescued} for the rescue + ${POINTS.time} × ${percent(1 - heldS / incident.clockS)} of the clock left`,
        ]
      : [
          judgement.heldSinceS === null
            ? 'The goals did not hold at the end of the clock.'
            : 'The goals held at the end, not for long enough.',
          `${POINTS.nearness} × ${percent(nearness, 0)}, how near the goals were`,
        ],
    users: [
      `${count(ended - lost)} of ${count(ended)} requests were answered, ${count(lost)} were not.`,
      `${POINTS.users} × ${percent(1 - lost / ended)}`,
    ],
    money: [
      `The bill was ${dollars(spentUsd)}; usual for this time is ${dollars(usualClockUsd)}.`,
      !rescued
        ? ONLY_RESCUED
        : spentUsd <= usualClockUsd
          ? 'all of it, as it is not above the usual'
          : `${POINTS.money} × ${percent(thrift, 0)}: all at the usual bill, nothing at ${incident.billFactor} times as much`,
    ],
    attention: [
      `${pulls} of ${PULLS_ALLOWED} pulls.`,
      rescued ? `${POINTS.attention} − ${pulls} × ${POINTS.attention / PULLS_ALLOWED}` : ONLY_RESCUED,
    ],
  };
  return score.lines.map((line) => ({
    ...line,
    title: TITLES[line.id],
    what: words[line.id][0],
    how: words[line.id][1],
  }));
}

export const MEDALS: Record<Medal, string> = {
  gold: 'Gold',
  silver: 'Silver',
  bronze: 'Bronze',
  none: 'Not rescued',
};

/** A length of simulated time in words: 7 minutes, 7 hours, 30 seconds. */
export function long(seconds: number): string {
  const [value, unit] =
    seconds >= 3600
      ? [seconds / 3600, 'hour']
      : seconds >= 60
        ? [seconds / 60, 'minute']
        : [seconds, 'second'];
  const shown = Math.round(value * 10) / 10;
  return `${shown}\u00a0${unit}${shown === 1 ? '' : 's'}`;
}
