import { usdOf, type PicoUsd } from '../../../engine/cost/money.ts';
import type { Measures } from '../../../engine/cost/graduated-actions.ts';
import type { RuleSettings } from '../../../engine/cost/rules/rule.ts';
import { CRITICALITIES, type Criticality } from '../../../engine/cost/task.ts';
import type { Refusal } from '../../../engine/gateway/port.ts';
import { NOTHING } from '../../format.ts';

const NBSP = '\u00a0';

/** Dollars as small as one call's: three figures below a dollar, cents above: $0.00225, $0.50, −$1.20. */
export function money(usd: number | null | undefined): string {
  if (usd === null || usd === undefined || !Number.isFinite(usd)) return NOTHING;
  const sign = usd < 0 ? '−' : '';
  const size = Math.abs(usd);
  if (size === 0) return '$0';
  if (size < 1e-12) return `${sign}<$0.000000000001`;
  if (size < 0.9995) {
    const decimals = Math.min(12, 2 - Math.floor(Math.log10(size)));
    return `${sign}$${size.toFixed(decimals).replace(/(\.\d\d\d*?)0+$/, '$1')}`;
  }
  return `${sign}$${size.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

export const picoMoney = (amount: PicoUsd): string => money(usdOf(amount));

/** 12,345 */
export const whole = (n: number): string => n.toLocaleString('en-US');

/** A moment by the clock of a zone: Mon 23 Nov 2026, 15:32. */
export function moment(ms: number, timeZone: string, seconds = false): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  });
  const of = Object.fromEntries(parts.formatToParts(ms).map(({ type, value }) => [type, value]));
  const time = seconds ? `${of.hour}:${of.minute}:${of.second}` : `${of.hour}:${of.minute}`;
  return `${of.weekday} ${of.day}${NBSP}${of.month} ${of.year}, ${time}`;
}

/** Time that is left until something, in its two largest units: 6 d 8 h, 8 h 27 min, 40 s. */
export function until(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return `${days}${NBSP}d ${hours}${NBSP}h`;
  if (hours > 0) return `${hours}${NBSP}h ${minutes % 60}${NBSP}min`;
  return minutes > 0 ? `${minutes}${NBSP}min` : `${Math.ceil(Math.max(0, ms) / 1000)}${NBSP}s`;
}

/** Who a measure is for: nobody, low and normal, everybody. */
export function whom(flags: Readonly<Record<Criticality, boolean>>): string {
  const list = [...CRITICALITIES].reverse().filter((criticality) => flags[criticality]);
  if (list.length === 0) return 'nobody';
  if (list.length === CRITICALITIES.length) return 'everybody';
  return list.length === 1 ? list[0] : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;
}

/** What measures do, and to whom. */
export function measuresInWords(measures: Measures): string[] {
  const { ttlFactor, cheaperModels, batch, defer, touches, refuses } = measures;
  const list: string[] = [];
  if (ttlFactor > 1) list.push(`caches keep answers ${ttlFactor} times as long`);
  if (cheaperModels) list.push(`cheapest model for ${whom(touches)}`);
  if (batch) list.push(`batches for ${whom(touches)}`);
  if (defer) list.push(`what can wait waits for the night, for ${whom(touches)}`);
  if (whom(refuses) !== 'nobody') list.push(`${whom(refuses)} refused`);
  return list;
}

/** What a level does beyond the one before it. */
export function addedInWords(measures: Measures, before: Measures | undefined): string[] {
  const known = before ? measuresInWords(before) : [];
  return measuresInWords(measures).filter((words) => !known.includes(words));
}

/** What a rule does: cheapest model, answers cut at 150 tokens. */
export function actionsInWords({
  model,
  maxOutputTokens,
  batch,
  defer,
  refuse,
}: RuleSettings['then']): string {
  const list: string[] = [];
  if (refuse) list.push('refuse');
  if (model !== undefined)
    list.push(['cheapest', 'fastest', 'best'].includes(model) ? `the ${model} model` : model);
  if (maxOutputTokens !== undefined) list.push(`answers of at most ${maxOutputTokens} tokens`);
  if (batch) list.push('in a batch');
  if (defer) list.push('wait for the night');
  return list.join(', ') || 'nothing';
}

export const REFUSED: Readonly<Record<Refusal, string>> = {
  budget: 'Refused: no budget has room for its worst case.',
  measures: 'Refused: the measures in force serve others first.',
  rule: 'Refused by a rule.',
  input: 'Refused: the input is too long.',
  failed: 'The call failed; its reservation was released, and nothing was paid.',
};
