import type { ReadOutcome, Step, StepResult } from '../../engine/cache/flow/protocol.ts';
import { explain, type Match } from '../../engine/cache/semantic/semantic-index.ts';
import type { TierLevel } from '../../engine/cache/tiers/tier.ts';
import { milliseconds } from '../format.ts';

const NBSP = '\u00a0';

export const LEVELS: readonly TierLevel[] = ['l1', 'l2', 'l3', 'l4'];
export const LEVEL_NAMES: Readonly<Record<TierLevel, string>> = {
  l1: 'L1 memory',
  l2: 'L2 Redis',
  l3: 'L3 IndexedDB',
  l4: 'L4 CDN edge',
};

/** Where a walk stops: at the match of the prompt, at each level, at the model. */
export type LaneName = 'match' | TierLevel | 'model';

export type Tone = 'idle' | 'asking' | 'hit' | 'miss' | 'trouble' | 'skipped';

export interface Lane {
  name: LaneName;
  tone: Tone;
  /** One or two words. */
  word: string;
  tookMs: number | null;
  /** Why; may be empty. */
  reason: string;
}

const RESULTS: Readonly<Record<StepResult, { tone: Tone; word: string }>> = {
  fresh: { tone: 'hit', word: 'hit' },
  stale: { tone: 'hit', word: 'stale' },
  miss: { tone: 'miss', word: 'miss' },
  expired: { tone: 'miss', word: 'expired' },
  'not-newer': { tone: 'miss', word: 'not newer' },
  invalidated: { tone: 'miss', word: 'purged' },
  garbage: { tone: 'trouble', word: 'corrupt' },
  failed: { tone: 'trouble', word: 'failed' },
  timeout: { tone: 'trouble', word: 'timed out' },
  'circuit-open': { tone: 'trouble', word: 'not asked' },
  'queued-write': { tone: 'hit', word: 'hit' },
  loaded: { tone: 'hit', word: 'answered' },
  joined: { tone: 'hit', word: 'joined' },
  cancelled: { tone: 'skipped', word: 'stopped' },
};

const REASONS: Partial<Record<StepResult, string>> = {
  miss: 'does not have it',
  expired: 'past its end, so not served',
  invalidated: 'deleted meanwhile',
  'queued-write': 'among the writes that wait',
  joined: 'another request’s call',
};

export interface LaneContext {
  /** Levels of the data policy. */
  levels: readonly TierLevel[];
  /** The one level that has no connection to break. */
  l1Off: boolean;
}

/** The lanes before anything was asked. */
export function idleLanes({ levels, l1Off }: LaneContext): Lane[] {
  const tier = (name: TierLevel): Lane =>
    name === 'l1' && l1Off
      ? { name, tone: 'skipped', word: 'off', tookMs: null, reason: 'switched off' }
      : levels.includes(name)
        ? { name, tone: 'idle', word: '', tookMs: null, reason: '' }
        : { name, tone: 'skipped', word: 'skipped', tookMs: null, reason: 'not in this policy' };
  const idle = { tone: 'idle', word: '', tookMs: null, reason: '' } as const;
  return [{ name: 'match', ...idle }, ...LEVELS.map(tier), { name: 'model', ...idle }];
}

/** The same lanes with one of them changed. */
export const withLane = (lanes: readonly Lane[], name: LaneName, change: Partial<Lane>): Lane[] =>
  lanes.map((lane) => (lane.name === name ? { ...lane, ...change } : lane));

/** What the walk met, lane by lane. */
export function lanesOf(outcome: ReadOutcome, match: Lane, context: LaneContext): Lane[] {
  const steps = new Map<LaneName, Step>(
    outcome.steps.map((step) => [step.level === 'origin' ? 'model' : step.level, step]),
  );
  return idleLanes(context).map((lane) => {
    if (lane.name === 'match') return match;
    const step = steps.get(lane.name);
    if (!step) return lane.tone === 'skipped' ? lane : { ...lane, tone: 'skipped', word: 'not needed' };
    return {
      ...lane,
      ...RESULTS[step.result],
      tookMs: step.tookMs,
      reason: reasonOf(step, outcome),
    };
  });
}

function reasonOf(step: Step, outcome: ReadOutcome): string {
  if (step.result === 'fresh' && step.tier === outcome.tier)
    return outcome.freshForMs === null ? 'fresh' : `fresh for ${life(outcome.freshForMs)} more`;
  if (step.result === 'stale' && step.tier === outcome.tier)
    return outcome.reason === 'stale-if-error'
      ? 'stale, served as the model failed'
      : 'stale, being renewed behind your back';
  if (step.result === 'stale') return 'past its freshness, so asked on';
  // Errors begin with the tier's name, which stands above them already.
  const note = step.note?.replace(new RegExp(`^${step.tier}: `), '');
  if (note) return note;
  return REASONS[step.result] ?? '';
}

const SAME_WORDS = 'same words';

/** How the wording was matched, before any tier was asked. */
export function matchLane(match: Match, tookMs: number | null, threshold: number): Lane {
  const reason = explain(match, threshold);
  if (match.hit)
    return {
      name: 'match',
      tone: 'hit',
      word: match.how === 'exact' ? SAME_WORDS : 'similar',
      tookMs,
      reason,
    };
  const refused = match.why === 'guard';
  return { name: 'match', tone: 'miss', word: refused ? 'refused' : 'new', tookMs, reason };
}

/** A length of time for people: 42 ms, 3.1 s, 12 min, 1.5 h. */
export function duration(ms: number): string {
  if (ms === Infinity) return 'ever';
  if (ms < 0.05) return `< 0.1${NBSP}ms`;
  if (ms < 60_000) return milliseconds(ms);
  const minutes = ms / 60_000;
  return minutes < 90 ? `${Math.round(minutes)}${NBSP}min` : `${(minutes / 60).toFixed(1)}${NBSP}h`;
}

/** How long something has been or will be, in whole steps: < 1 s, 42 s, 12 min, 1.5 h. */
export function life(ms: number): string {
  if (ms < 1000) return `< 1${NBSP}s`;
  return ms < 120_000 ? `${Math.floor(ms / 1000)}${NBSP}s` : duration(ms);
}

const nameOf = (level: ReadOutcome['level']): string =>
  level === 'origin' || level === null ? 'the model' : level.toUpperCase();

/** The walk in one or two sentences, for those who listen. */
export function inWords(lanes: readonly Lane[], outcome: ReadOutcome): string {
  const took = duration(outcome.tookMs);
  const met = lanes
    .filter(({ tone, name }) => name !== 'match' && ['hit', 'miss', 'trouble'].includes(tone))
    .map(({ name, word }) => `${name === 'model' ? 'model' : name.toUpperCase()} ${word}`)
    .join(', ');
  const match = lanes.find(({ name }) => name === 'match');
  const same = match?.word === SAME_WORDS;
  const matched = match?.reason ? `Wording: ${same ? '' : `${match.word}, `}${match.reason}. ` : '';
  if (outcome.status === 'failed')
    return outcome.reason === 'abandoned'
      ? 'Stopped.'
      : `${matched}Not answered: ${outcome.error ?? 'the model failed'}. ${met}.`;
  const stale = outcome.freshness === 'stale' ? ', a stale answer' : '';
  const copied =
    outcome.promotedTo.length > 0
      ? ` Copied to ${outcome.steps
          .filter(({ tier }) => outcome.promotedTo.includes(tier))
          .map(({ level }) => level.toUpperCase())
          .join(' and ')}.`
      : '';
  return `${matched}Answered by ${nameOf(outcome.level)} in ${took}${stale}. ${met}.${copied}`;
}
