import type { RequestTrace, TraceSpan } from '../../../../engine/simulation/request-trace.ts';
import { causeWords, cents, lengthOf, outcomeWords, requestName, took, type Names } from './names.ts';
import { standing, whole } from './span-words.ts';

/** Ways and waits of a smaller share of the response time go untold; the waterfall has them. */
const WORTH_TELLING = 0.01;

/** What a request went through in plain words: a paragraph for each try, the first with who asks, the last with how it ended. */
export function storyOf(trace: RequestTrace, names: Names, untilMs: number): string[] {
  const lengthMs = (trace.endedAtMs ?? untilMs) - trace.arrivedAtMs;
  const told: string[] = [];
  for (let attempt = 0; attempt <= trace.tries; attempt++) {
    const spans = trace.spans.filter((span) => span.attempt === attempt);
    if (spans.length === 0) continue;
    const worth = spans.filter((span) => isWorth(span, attempt, lengthMs));
    const text = sentences(worth, names);
    if (attempt <= 1) told.push(`${opening(trace, names)} ${text}`.trim());
    else told.push(`Try ${attempt}. ${text}`.trim());
  }
  if (told.length === 0) told.push(opening(trace, names));
  told[told.length - 1] = `${told.at(-1)} ${ending(trace, names, untilMs)} ${leftBehind(trace)}`.trim();
  return told;
}

/** Later tries go the way of the first: what they ask on it is told once. */
function isWorth(span: TraceSpan, attempt: number, lengthMs: number): boolean {
  const isLong = lengthOf(span) >= WORTH_TELLING * lengthMs;
  switch (span.kind) {
    case 'deadWork':
      return false;
    case 'probe':
      return span.found !== 'off' && (attempt <= 1 || span.found === 'hit');
    case 'service':
      return span.found === null || attempt <= 1 || span.found === 'hit' || isLong;
    case 'travel':
    case 'queue':
    case 'connection':
    case 'handshake':
    case 'window':
    case 'backoff':
      return isLong;
    case 'failure':
      // The span before it says that its caller left.
      return span.cause !== 'timeout' && span.cause !== 'deadline';
    default:
      return true;
  }
}

function opening({ kind, agent, key, id }: RequestTrace, { areKeyed }: Names): string {
  if (kind === 'renewal') return `${capital(requestName(id))} fetches the entry of key ${whole(key)} anew.`;
  if (!agent) return areKeyed ? `Somebody asks for key ${whole(key)}.` : 'Somebody asks.';
  const turn =
    agent.turn > 1 ? `turn ${whole(agent.turn)} of a conversation` : 'the first turn of a conversation';
  const unhurried = kind === 'background' ? ' Nobody waits for it.' : '';
  return `The agent ${agent.name} asks with ${whole(agent.inputTokens)} tokens, ${turn}.${unhurried}`;
}

function ending(trace: RequestTrace, names: Names, untilMs: number): string {
  const { outcome, arrivedAtMs, endedAtMs } = trace;
  if (outcome.kind === 'underWay')
    return `It has been under way for ${took(untilMs - arrivedAtMs)}, and the run has come no further yet.`;
  const after = took(endedAtMs! - arrivedAtMs);
  if (outcome.kind === 'answered') return `It was ${outcomeWords(trace, names)} after ${after}.`;
  return outcome.cause === 'door' ? `That took ${after}.` : `It was given up after ${after}.`;
}

/** Calls that go on for nobody. */
function leftBehind({ spans }: RequestTrace): string {
  const dead = spans.filter((span) => span.kind === 'deadWork');
  if (dead.length === 0) return '';
  const owedUsd = dead.reduce((usd, span) => usd + (span.owedUsd ?? 0), 0);
  const calls = dead.length === 1 ? 'Its call goes on' : `Its ${whole(dead.length)} calls go on`;
  return `${calls} as work for nobody${owedUsd > 0 ? `, and will cost ${cents(owedUsd)}` : ''}.`;
}

function sentences(spans: readonly TraceSpan[], names: Names): string {
  const told: string[] = [];
  for (let i = 0; i < spans.length; i++) {
    const looks: string[] = [];
    for (let look = lookWords(spans[i], names); look !== null; look = lookWords(spans[++i], names))
      looks.push(look);
    if (looks.length > 0) told.push(`It asked ${looks.join(', then ')}.`);
    const span = spans[i];
    if (!span) continue;
    const text = sentence(span, names);
    if (text !== '')
      told.push(span.copy === 2 && span.kind !== 'hedge' ? text.replace(/^It /, 'The second copy ') : text);
  }
  return told.join(' ');
}

const FOUND = { hit: 'and found it', miss: 'and missed', expired: 'and found it expired' };

/** "L2 and missed (1.0 ms)"; null for a span that is no lookup. */
function lookWords(span: TraceSpan | undefined, names: Names): string | null {
  if (span?.kind === 'service' && span.found !== null && span.copy === 1 && span.end === 'done') {
    const tier = names.tierAt(span.station);
    return `${tier ? names.tier(tier) : names.station(span.station)} ${FOUND[span.found]} (${took(lengthOf(span))})`;
  }
  if (span?.kind !== 'probe' || span.found === 'off') return null;
  const { promotedTo } = span;
  const copies = promotedTo.length > 0 ? `; ${promotedTo.map(names.tier).join(' and ')} got a copy` : '';
  return `${names.tier(span.tier)} ${FOUND[span.found]} (${took(lengthOf(span))}${copies})`;
}

function sentence(span: TraceSpan, names: Names): string {
  const time = took(lengthOf(span));
  const left = span.end === 'left';
  const open = span.end === 'open';
  switch (span.kind) {
    case 'turnedAway':
      return 'It was turned away at the door, as a share of the load is.';
    case 'travel':
      return `The way to ${names.station(span.to)} took ${time}${left ? ', too long for its caller' : ''}.`;
    case 'paused':
      return `Its instance stood still to collect memory: it waited ${time}.`;
    case 'connection':
      return `It waited ${time} for a connection to ${names.station(span.station)}${left ? ', until its time was up' : ''}.`;
    case 'handshake':
      return `A new connection had to be made (${time}).`;
    case 'window': {
      const company =
        span.with.length > 0 ? `, shared with ${whole(span.with.length)} others` : ', and went alone';
      return `It waited ${time} for its batch${left ? ', and its time was up' : company}.`;
    }
    case 'held': {
      const why = span.why === 'batch' ? 'to gather a batch' : 'for the cheap hours';
      return `The gateway ${open ? 'holds' : 'held'} it back for ${time}, ${why}.`;
    }
    case 'queue':
      return queueSentence(span, names);
    case 'service': {
      const replica = span.replica === null ? '' : ` (replica ${span.replica})`;
      const ends = { done: '', left: ', and its time was up', cancelled: '', open: ' so far' };
      return `It was served by ${names.station(span.station)}${replica} for ${time}${ends[span.end]}.`;
    }
    case 'joined': {
      const end = left ? ', until its time was up' : '';
      return span.owner === null
        ? `The call of an earlier try was still there, so it waited ${time} for that${end}.`
        : `${capital(requestName(span.owner.id))} had asked for the same, so it waited ${time} for that answer${end}.`;
    }
    case 'lost':
      return `${names.station(span.station)} dropped its call without a word: it waited ${time} for nothing.`;
    case 'backoff':
      return `The next try came ${time} later.`;
    case 'hedge':
      return 'No answer so far: a second copy went out.';
    case 'choice': {
      const reserved = cents(span.reservedUsd);
      if (span.escalated) return `In doubt, the gateway reserved ${reserved} and asked ${span.model} too.`;
      const why =
        span.warning?.replace(/\.$/, '') ?? (span.rule === null ? '' : `by the rule “${span.rule}”`);
      return `The gateway reserved ${reserved} and chose ${span.model}${why === '' ? '' : ` (${why})`}.`;
    }
    case 'failure': {
      const what = span.next === 'retry' || span.attempt > 1 ? `Try ${span.attempt} failed` : 'It failed';
      const budget = span.next === 'budget' ? ', and the budget for retries was empty' : '';
      return `${what}: ${causeWords(span.cause)}${budget}.`;
    }
    case 'passedBy':
      return `${names.tier(span.tier)} was passed by: ${causeWords(span.cause)}.`;
    case 'fill':
      return `The answer was kept in ${span.tiers.map(names.tier).join(' and ')}.`;
    case 'renewal':
      return `What it found ends soon, so ${requestName(span.renewal)} set out to fetch it anew.`;
    case 'probe':
    case 'deadWork':
      return '';
  }
}

function queueSentence(span: Extract<TraceSpan, { kind: 'queue' }>, names: Names): string {
  const time = took(lengthOf(span));
  const station = names.station(span.station);
  const where = span.gate ? `outside ${station}` : `in the queue of ${station}`;
  const stood =
    span.ahead === 0
      ? `It was the next ${where}`
      : `It stood behind ${standing(span.ahead, span.dead)}, ${where}`;
  const newest = span.newestFirst ? ' (where the newest is served first)' : '';
  const end = {
    done: ` for ${time}`,
    left: `, and its time was up after ${time}`,
    cancelled: ` until the other copy was first, after ${time}`,
    open: `, and has waited ${time}`,
  };
  return `${stood}${newest}${end[span.end]}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
