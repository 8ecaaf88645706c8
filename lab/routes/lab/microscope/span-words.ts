import type { SpanDetail, TraceSpan } from '../../../../engine/simulation/request-trace.ts';
import type { Tier } from '../../../components/rich-text.ts';
import { percent } from '../../../format.ts';
import { causeWords, cents, lengthOf, requestName, took, type Names } from './names.ts';

/** A row of the waterfall in words. */
export interface SpanWords {
  name: string;
  /** What there is to say of it; may be empty. */
  detail: string;
}

type Of<Kind extends SpanDetail['kind']> = Extract<TraceSpan, { kind: Kind }>;
type Worded = { [Kind in SpanDetail['kind']]: (span: Of<Kind>, names: Names) => SpanWords };

export const whole = (n: number): string => n.toLocaleString('en-US');
const many = (n: number, one: string, more = `${one}s`): string => `${whole(n)} ${n === 1 ? one : more}`;

/** "2,310 calls, 71 % of them dead". */
export function standing(ahead: number, dead: number): string {
  const calls = many(ahead, 'call');
  if (dead < 0.005 * ahead || dead === 0) return calls;
  return `${calls}, ${dead === ahead ? 'all' : percent(dead / ahead, 0)} of them dead`;
}

const others = (ids: readonly number[]): string =>
  ids.length === 0 ? 'nobody else' : many(ids.length, 'other request');

const listed = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');

function serversWords(busy: number, servers: number): string {
  if (!Number.isFinite(servers)) return '';
  return servers === 0 ? 'no server works' : `${whole(busy)} of ${whole(servers)} servers busy`;
}

const WORDS: Worded = {
  turnedAway: () => ({ name: 'Turned away', detail: 'at the door, before anything was asked' }),
  probe: ({ tier, found, promotedTo }, names) => ({
    name: names.tier(tier),
    detail: {
      hit: promotedTo.length > 0 ? `hit, copied to ${promotedTo.map(names.tier).join(', ')}` : 'hit',
      miss: 'miss',
      expired: 'had it, but expired',
      off: 'off',
    }[found],
  }),
  travel: ({ to }, names) => ({ name: `Way to ${names.station(to)}`, detail: '' }),
  paused: ({ instance, answer }) => ({
    name: 'Instance stands still',
    detail: `instance ${instance + 1} collects memory${answer ? ', the answer waits' : ''}`,
  }),
  connection: ({ station }, names) => ({
    name: 'Waits for a connection',
    detail: `to ${names.station(station)}`,
  }),
  handshake: ({ station }, names) => ({
    name: 'Handshake',
    detail: `a new connection to ${names.station(station)}`,
  }),
  window: ({ with: ids }) => ({ name: 'Waits for a batch', detail: `with ${others(ids)}` }),
  held: ({ why }) => ({
    name: 'Held back',
    detail: why === 'batch' ? 'the gateway gathers a batch' : 'the gateway waits for the cheap hours',
  }),
  queue: ({ station, replica, gate, ahead, dead, busy, servers, newestFirst }, names) => ({
    name: gate ? `Outside ${names.station(station)}` : `Queue of ${names.station(station)}`,
    detail: listed(
      ahead === 0 ? 'next in line' : `behind ${standing(ahead, dead)}`,
      replica === null ? '' : `replica ${replica}`,
      serversWords(busy, servers),
      newestFirst ? 'the newest is served first' : '',
    ),
  }),
  service: ({ station, replica, members, found }, names) => {
    const tier = found === null ? undefined : names.tierAt(station);
    return {
      name: tier
        ? `${names.tier(tier)}, at ${names.station(station)}`
        : `Served by ${names.station(station)}`,
      detail: listed(
        replica === null ? '' : `replica ${replica}`,
        found === null ? '' : found === 'expired' ? 'had it, but expired' : found,
        members > 1 ? `one call for ${whole(members)} requests` : '',
      ),
    };
  },
  joined: ({ station, owner }, names) => ({
    name: owner === null ? 'Waits for its own call' : `Waits for ${requestName(owner.id)}`,
    detail: `${owner === null ? 'of an earlier try, still at' : 'which had asked for the same at'} ${names.station(station)}`,
  }),
  lost: ({ station }, names) => ({
    name: 'Waits for nothing',
    detail: `${names.station(station)} has dropped its call and told nobody`,
  }),
  backoff: () => ({ name: 'Waits before the next try', detail: '' }),
  hedge: ({ station }, names) => ({ name: 'Second copy', detail: `goes to ${names.station(station)}` }),
  choice: ({ model, rule, warning, reservedUsd, cachedTokens, priceShare, escalated, with: ids }) => ({
    name: escalated ? `Asks ${model} too` : `Gateway chooses ${model}`,
    detail: listed(
      rule === null ? '' : `rule “${rule}”`,
      `reserves ${cents(reservedUsd)}`,
      cachedTokens > 0 ? `${whole(cachedTokens)} input tokens cached` : '',
      priceShare < 1 ? `at ${percent(priceShare, 0)} of the price` : '',
      ids.length > 0 ? `in a batch with ${others(ids)}` : '',
      warning ?? '',
    ),
  }),
  failure: ({ cause, breaker, next, attempt, state }) => ({
    name: attempt > 1 || next === 'retry' ? `Try ${attempt} fails` : 'Fails',
    detail: [
      breaker === 'half-open' ? 'the breaker is half-open and its probes are out' : causeWords(cause),
      state && (cause === 'full' || cause === 'limit' || cause === 'shed')
        ? `${whole(state.waiting)} waiting, ${whole(state.busy)} in service` +
          (state.limit === null ? '' : `, limit ${whole(Math.floor(state.limit))}`)
        : '',
      {
        retry: '',
        triesUsed: 'no tries left',
        budget: 'no retry: the budget for retries is empty',
        deadline: 'no retry: it could not come in time',
        never: '',
      }[next],
    ]
      .filter((part) => part !== '')
      .join('; '),
  }),
  passedBy: ({ tier, cause }, names) => ({
    name: `${names.tier(tier)} passed by`,
    detail: `${causeWords(cause)}; it counts as a miss`,
  }),
  fill: ({ tiers }, names) => ({ name: 'Answer kept', detail: `in ${tiers.map(names.tier).join(', ')}` }),
  renewal: ({ tier, renewal }, names) => ({
    name: 'Renewal begins',
    detail: `what ${names.tier(tier)} has ends soon: ${requestName(renewal)} fetches it anew`,
  }),
  deadWork: ({ station, inService, owedUsd }, names) => ({
    name: 'Work for nobody',
    detail:
      (inService
        ? `${names.station(station)} works on it to the end`
        : `its call stays in the queue of ${names.station(station)}`) +
      (owedUsd ? ` and will cost ${cents(owedUsd)}` : ''),
  }),
};

export function spanWords(span: TraceSpan, names: Names): SpanWords {
  const { name, detail } = (WORDS[span.kind] as (span: TraceSpan, names: Names) => SpanWords)(span, names);
  const left = span.end === 'left' && lengthOf(span) > 0 ? 'its caller left' : '';
  const end = { done: '', left, cancelled: 'the other copy was first', open: 'still going on' }[span.end];
  return { name, detail: [detail, end].filter((part) => part !== '').join('; ') };
}

/** What of it a reader hears beside its words. */
export function timesOf(span: TraceSpan, beginMs: number): string {
  const from = took(span.fromMs - beginMs);
  return span.toMs === span.fromMs ? `at ${from}` : `from ${from}, for ${took(lengthOf(span))}`;
}

/** How its bar looks: the hue of a tier, waiting, working, or trouble. */
export type BarLook = Tier | 'wait' | 'work' | 'mark';

export function lookOf(span: TraceSpan, names: Names): BarLook {
  switch (span.kind) {
    case 'probe':
      return names.levelOf(span.tier) ?? 'work';
    case 'failure':
    case 'turnedAway':
    case 'lost':
    case 'deadWork':
      return 'trouble';
    case 'service': {
      const tier = span.found === null ? undefined : names.tierAt(span.station);
      return (tier === undefined ? undefined : names.levelOf(tier)) ?? 'model';
    }
    case 'travel':
    case 'handshake':
      return 'work';
    default:
      return span.toMs > span.fromMs ? 'wait' : 'mark';
  }
}
