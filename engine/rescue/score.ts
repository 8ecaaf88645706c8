/**
 * The score of a rescue: 0 to 1000 in four parts, each rounded to whole points so that the lines add up. docs/rescue.md explains it.
 *
 *   time       rescued: 150 + 250 × share of the clock that was left when the goals began to hold; else 100 × nearness of the goals
 *   users      300 × share of requests that were answered
 *   money      150, less in proportion as the bill goes from the usual to `billFactor` times the usual; only when rescued
 *   attention  150 × share of the allowed pulls that was not needed; only when rescued
 *
 * Thrift counts only when it is rescued: who does nothing spends no attention either.
 */
import { account, judge, type Account, type Columns, type Judgement } from './judge.ts';
import { PULLS_ALLOWED, type Incident } from './rules.ts';

export const POINTS = {
  rescued: 150,
  time: 250,
  nearness: 100,
  users: 300,
  money: 150,
  attention: 150,
} as const;

export interface ScoreLine {
  id: 'time' | 'users' | 'money' | 'attention';
  points: number;
  most: number;
}

export interface Score {
  total: number;
  rescued: boolean;
  lines: ScoreLine[];
}

/** What a score is made of. */
export interface Feat {
  rescued: boolean;
  /** Seconds on the clock when the goals began to hold; of a rescue only. */
  recoveredS: number;
  clockS: number;
  /** Mean nearness of the goals at the end, 0 to 1. */
  nearness: number;
  /** Requests that ended, and those of them that were given up or refused. */
  ended: number;
  lost: number;
  spentUsd: number;
  /** What is usually spent in the whole time of the clock, and the multiple of it that scores nothing. */
  usualUsd: number;
  billFactor: number;
  pulls: number;
  pullsAllowed: number;
}

const share = (value: number): number => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0);

export function scoreOf(feat: Feat): Score {
  const { rescued } = feat;
  const left = share((feat.clockS - feat.recoveredS) / feat.clockS);
  const answered = feat.ended > 0 ? share(1 - feat.lost / feat.ended) : 0;
  const most = feat.billFactor * feat.usualUsd;
  const thrift = feat.spentUsd <= feat.usualUsd ? 1 : share((most - feat.spentUsd) / (most - feat.usualUsd));
  const spared = share(1 - feat.pulls / feat.pullsAllowed);
  const line = (id: ScoreLine['id'], points: number, most: number): ScoreLine => ({
    id,
    points: Math.round(points),
    most,
  });
  const lines = [
    line(
      'time',
      rescued ? POINTS.rescued + POINTS.time * left : POINTS.nearness * share(feat.nearness),
      POINTS.rescued + POINTS.time,
    ),
    line('users', POINTS.users * answered, POINTS.users),
    line('money', rescued ? POINTS.money * thrift : 0, POINTS.money),
    line('attention', rescued ? POINTS.attention * spared : 0, POINTS.attention),
  ];
  return { total: lines.reduce((sum, { points }) => sum + points, 0), rescued, lines };
}

/** A game to the end of its clock, as far as its run has gone. */
export interface GameResult {
  judgement: Judgement;
  account: Account;
  score: Score;
  /** Pulls that counted: those before the end of the clock. */
  pulls: number;
}

export function resultOf(
  incident: Incident,
  columns: Columns,
  parts: { cells: number; firstEventS: number; pulls: number },
): GameResult {
  const judgement = judge(incident, columns, parts.cells);
  const spending = account(incident, columns, parts.cells, parts.firstEventS);
  const { goals, heldSinceS, rescued } = judgement;
  const score = scoreOf({
    rescued,
    recoveredS: heldSinceS ?? incident.clockS,
    clockS: incident.clockS,
    nearness: goals.reduce((sum, { nearness }) => sum + nearness, 0) / goals.length,
    ended: spending.ended,
    lost: spending.lost,
    spentUsd: spending.spentUsd,
    usualUsd: spending.usualClockUsd,
    billFactor: incident.billFactor,
    pulls: parts.pulls,
    pullsAllowed: PULLS_ALLOWED,
  });
  return { judgement, account: spending, score, pulls: parts.pulls };
}

export type Medal = 'gold' | 'silver' | 'bronze' | 'none';
/** Gold takes par, and this share of the score of the shortest known rescue. A rule of the game. */
export const GOLD_SHARE = 0.95;

/** Gold for par that is nearly the shortest known rescue, silver for par, bronze for any rescue. */
export function medalOf(score: Pick<Score, 'total' | 'rescued'>, par: number, known: number): Medal {
  if (!score.rescued) return 'none';
  if (score.total < par) return 'bronze';
  return score.total >= GOLD_SHARE * known ? 'gold' : 'silver';
}
