/**
 * Looks for the shortest rescue of an incident. All single pulls at the start of the clock, then all pairs; then, set by set, one more pull
 * to the best of the last round, as long as the score grows. Of the best sets each pull is then moved in time, and what is found is checked
 * with other seeds. Nothing is proven: what comes out is the shortest *known* rescue.
 */
import { leverState, type PullValue } from '../simulation/levers.ts';
import type { Scenario, SettingValue } from '../simulation/scenario.ts';
import type { Incident, TimedPull } from './rules.ts';
import type { GameResult } from './score.ts';

export interface Tried {
  pulls: TimedPull[];
  result: GameResult;
}

export interface SearchPlan {
  /** Pulls that may be made, each at its best moment. */
  options: readonly Omit<TimedPull, 'afterS'>[];
  /** Moments that are tried, seconds on the clock. */
  timesS: readonly number[];
  /** The first is searched on; all of them check what was found. */
  seeds: readonly number[];
  /** Sets that are carried into the next round, and checked in the end. */
  width: number;
  most: number;
  play: (seed: number, pulls: readonly TimedPull[]) => GameResult;
  /** Is told of each game. */
  onGame?: (pulls: readonly TimedPull[], result: GameResult) => void;
}

/** A set of pulls that rescues with every seed. */
export interface Found {
  pulls: TimedPull[];
  /** By seed, in the plan's order. */
  results: GameResult[];
  /** Mean over the seeds. */
  score: number;
}

export interface SearchEnd {
  /** Fewest pulls first, then the best mean score. */
  found: Found[];
  games: number;
}

export function search(plan: SearchPlan): SearchEnd {
  let games = 0;
  const play = (pulls: readonly TimedPull[], seed: number): GameResult => {
    games++;
    const result = plan.play(seed, pulls);
    plan.onGame?.(pulls, result);
    return result;
  };
  const seed = plan.seeds[0]!;
  const tried = new Map<string, Tried>();
  const attempt = (pulls: TimedPull[]): Tried => {
    const key = keyOf(pulls);
    const before = tried.get(key);
    if (before) return before;
    const one = { pulls, result: play(pulls, seed) };
    tried.set(key, one);
    return one;
  };

  const options = plan.options.map((option) => ({ ...option, afterS: 0 }));
  let round = options.map((option) => attempt([option])).sort(better);
  const best: Tried[] = rescues(round).slice(0, plan.width);
  for (let size = 2; size <= plan.most; size++) {
    // Two levers may do together what neither does alone, so all pairs are tried; larger sets grow from good ones.
    const from = size === 2 ? round : round.slice(0, plan.width);
    const next = from.flatMap(({ pulls }) =>
      options
        .filter(({ lever }) => pulls.every((pull) => pull.lever !== lever))
        .map((option) => attempt([...pulls, option])),
    );
    round = [...new Set(next)].sort(better);
    const before = Math.max(0, ...best.map(({ result }) => result.score.total));
    best.push(...rescues(round).slice(0, plan.width));
    if (before > 0 && (round[0]?.result.score.total ?? 0) <= before) break;
  }
  const timed = [...best]
    .sort(better)
    .slice(0, plan.width)
    .map((one) => bestMoments(one, plan, attempt));
  const shortest = [...best]
    .sort(shorter)
    .slice(0, plan.width)
    .map((one) => bestMoments(one, plan, attempt));

  const found = [...new Set([...timed, ...shortest])].flatMap(({ pulls, result }): Found[] => {
    const results = plan.seeds.map((other) => (other === seed ? result : play(pulls, other)));
    if (!results.every(({ score }) => score.rescued)) return [];
    return [
      { pulls, results, score: results.reduce((sum, { score }) => sum + score.total, 0) / results.length },
    ];
  });
  return {
    found: found.sort((a, b) => a.pulls.length - b.pulls.length || b.score - a.score),
    games,
  };
}

/** Moves each pull in turn to the moment that scores best, until none moves any more. */
function bestMoments(start: Tried, { timesS }: SearchPlan, attempt: (pulls: TimedPull[]) => Tried): Tried {
  let best = start;
  for (let moved = true; moved;) {
    moved = false;
    for (let i = 0; i < best.pulls.length; i++)
      for (const afterS of timesS) {
        const other = attempt(best.pulls.map((pull, j) => (j === i ? { ...pull, afterS } : pull)));
        if (better(other, best) >= 0) continue;
        best = other;
        moved = true;
      }
  }
  return best;
}

const rescues = (round: readonly Tried[]): Tried[] => round.filter(({ result }) => result.score.rescued);
const better = (a: Tried, b: Tried): number => b.result.score.total - a.result.score.total;
const shorter = (a: Tried, b: Tried): number => a.pulls.length - b.pulls.length || better(a, b);

/** The same pulls at the same moments are the same game, in whatever order they are written; at one moment the order is that of the names. */
const keyOf = (pulls: readonly TimedPull[]): string =>
  pulls
    .map(({ afterS, lever, value }) => JSON.stringify([afterS, lever, value]))
    .sort()
    .join();

/**
 * What may be pulled: each switch the other way, each other choice, each action, and the incident's values for what is set to a number.
 * @param read value of a live setting when the clock starts
 */
export function optionsOf(
  incident: Pick<Incident, 'tries'>,
  scenario: Pick<Scenario, 'levers'>,
  read: (path: string) => SettingValue | undefined,
): Omit<TimedPull, 'afterS'>[] {
  return scenario.levers.flatMap((lever) => {
    const state = leverState(lever, read);
    const values: PullValue[] = [...(incident.tries[lever.id] ?? [])];
    const { control } = lever;
    if (control.kind === 'action') values.push(true);
    if (control.kind === 'switch' && values.length === 0) values.push(!state.on);
    if (control.kind === 'choice')
      values.push(...control.options.map(({ value }) => value).filter((value) => value !== state.choice));
    return values.map((value) => ({ lever: lever.id, value }));
  });
}
