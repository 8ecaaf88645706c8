import type { FailureCause, RequestTrace, TraceSpan } from '../../../../engine/simulation/request-trace.ts';
import type { Scenario } from '../../../../engine/simulation/scenario.ts';
import type { Tier } from '../../../components/rich-text.ts';
import { milliseconds } from '../../../format.ts';

/** How the scenario's places are called on the page. */
export interface Names {
  /** "L2", or the tier's own name where a level has more than one. */
  tier(name: string): string;
  levelOf(name: string): Tier | undefined;
  station(name: string): string;
  /** Whether it matters what is asked for. */
  areKeyed: boolean;
  /** The tier whose lookups the station serves. */
  tierAt(station: string): string | undefined;
}

export function namesOf(scenario: Pick<Scenario, 'tiers' | 'stations'>): Names {
  const { tiers, stations } = scenario;
  const levels = Object.values(tiers).map((tier) => tier.level);
  return {
    tier(name) {
      const tier = tiers[name];
      if (!tier) return name;
      const isOnly = levels.filter((level) => level === tier.level).length === 1;
      return isOnly ? tier.level.toUpperCase() : (tier.title ?? name);
    },
    levelOf: (name) => tiers[name]?.level,
    station: (name) => stations[name]?.title ?? name,
    areKeyed: levels.length > 0 || Object.values(stations).some(({ coalesce }) => coalesce),
    tierAt: (station) => Object.keys(tiers).find((name) => tiers[name]!.station === station),
  };
}

/** Who answered, or that nobody did; its shape and hue stand for it in the picture. */
export type OutcomeMark = Tier | 'open';

export function markOf({ outcome }: RequestTrace, names: Names): OutcomeMark {
  if (outcome.kind === 'underWay') return 'open';
  if (outcome.kind === 'failed') return 'trouble';
  return (outcome.how === 'tier' ? names.levelOf(outcome.by) : undefined) ?? 'model';
}

export function outcomeWords({ outcome, kind }: RequestTrace, names: Names): string {
  if (outcome.kind === 'underWay') return 'still under way';
  if (outcome.kind === 'failed')
    return outcome.cause === 'door' ? 'turned away at the door' : `given up: ${causeWords(outcome.cause)}`;
  const by =
    outcome.how === 'tier'
      ? names.tier(outcome.by)
      : outcome.how === 'station'
        ? names.station(outcome.by)
        : outcome.by;
  return `${kind === 'renewal' ? 'fetched from' : 'answered by'} ${by}`;
}

const CAUSES: Record<FailureCause, string> = {
  timeout: 'its time was up',
  deadline: 'its deadline had come',
  full: 'the queue was full',
  shed: 'it was shed, as too little urgent',
  limit: 'the limit on calls was reached',
  replica: 'the replica failed it at once',
  patience: 'its patience in the queue was over',
  codel: 'CoDel dropped it from a queue that stood too long',
  tooLate: 'it was dropped, as it would have come too late',
  flushed: 'the queue was flushed',
  cancelled: 'it was cancelled',
  breaker: 'the breaker let nothing through',
  lookupTimeout: 'the lookup took too long',
  'connection timedOut': 'no connection came free in time',
  'connection refused': 'too many waited for a connection',
  'connection reset': 'the server had closed the connection',
  'batch missing': 'the batch came back without its answer',
  'batch failed': 'the batch failed',
  budget: 'no budget had room for it',
  measures: 'the measures in force serve others first',
  rule: 'a rule refuses such requests',
  input: 'its input is longer than any model takes',
  memory: 'its instance ran out of memory and began anew',
  door: 'turned away at the door',
  refused: 'it was refused',
};
export const causeWords = (cause: FailureCause): string => CAUSES[cause];

/** A length of time, also one below what the charts show. */
export function took(ms: number): string {
  if (ms === 0) return '0\u00a0ms';
  return ms < 0.05 ? '<\u00a00.1\u00a0ms' : milliseconds(ms);
}

export const lengthOf = ({ fromMs, toMs }: TraceSpan): number => toMs - fromMs;

/** A request's number as it is written: 12,345, or "renewal 3". */
export function requestName(id: number): string {
  return id > 0 ? `request ${id.toLocaleString('en-US')}` : `renewal ${(-id).toLocaleString('en-US')}`;
}

/** Dollars of one request: three figures, however small. */
export function cents(usd: number): string {
  if (usd === 0) return '$0';
  if (usd >= 1) return `$${usd.toFixed(2)}`;
  return `$${usd.toLocaleString('en-US', { maximumSignificantDigits: 3 })}`;
}
