import type { Estimate } from '../../../engine/tuning/estimate.ts';
import { estimateText, isNothing, shareText, valueText, type Figure } from './figures.ts';
import type { AblationView } from './view.ts';

/** The result in one sentence. @param lengthS how long each run was, simulated */
export function headline(view: AblationView, lengthS: number): string {
  const { figure, gain, gainShare, off, least } = view;
  const subject = view.rows.length === 1 ? 'It' : 'Together they';
  if (isNothing(gain, least))
    return Math.abs(gain.mean) <= least && (gain.high === null || gain.high - gain.mean <= least)
      ? `${subject} change${view.rows.length === 1 ? 's' : ''} nothing about ${about(figure)}: ${valueText(off.mean, figure)} with all off as with all on.`
      : `What ${view.rows.length === 1 ? 'it does' : 'they do'} to ${about(figure)} cannot be told from chance: ${estimateText(gain, figure, least)} of ${valueText(off.mean, figure)}.`;
  const counts = gainShare !== null && gain.mean > 0 && view.rows.length > 1;
  return `${effect(view, subject, lengthS)}${counts ? doubleCount(view) : '.'}`;
}

function effect(
  { figure, gain, gainShare, off, on }: AblationView,
  subject: string,
  lengthS: number,
): string {
  const one = subject === 'It';
  const verb = (word: string): string => (one ? `${word}s` : word);
  const by = gainShare ? shareOf(gainShare) : null;
  const length = lengthWords(lengthS);
  const whole = valueText(off.mean, figure);
  const paid = length.startsWith('in')
    ? `${whole} ${figure.noun} ${length}`
    : `${whole} ${length} ${figure.noun}`;
  if (figure.unit === 'usd' && by !== null)
    return gain.mean > 0
      ? `${subject} ${verb('save')} ${by} of the ${paid}`
      : `${subject} ${verb('cost')} ${by} more than the ${paid} without`;
  if (figure.unit === 'count' && by !== null)
    return `${subject} ${verb(gain.mean > 0 ? 'spare' : 'add')} ${by} of the ${whole} ${figure.noun} ${length}`;
  const down = on.mean < off.mean;
  return `${subject} ${verb(down ? 'lower' : 'raise')} ${about(figure)} from ${whole} to ${valueText(on.mean, figure)}${
    by === null ? '' : `, by ${by}`
  }`;
}

/** What the sum of the effects alone has to do with the whole. */
function doubleCount({ countedTwice, sums, off, least }: AblationView): string {
  const difference = Math.abs(countedTwice.mean / off.mean);
  if (isNothing(countedTwice, least) || difference < 0.005)
    return '; taken one by one they would add up to the same.';
  return countedTwice.mean > 0
    ? `; taken one by one they would add up to ${shareText(sums.aloneShare, 0)}: what is counted twice is shown below.`
    : `; taken one by one they would add up to no more than ${shareText(sums.aloneShare, 0)}: how they help each other is shown below.`;
}

/** Without a sign, the half interval rounded up, so that it never claims more than is known. */
function shareOf({ mean, high }: Estimate): string {
  const percent = Math.abs(mean) * 100;
  const half = high === null ? null : Math.abs(high - mean) * 100;
  const decimals = percent < 9.95 ? 1 : 0;
  const scale = 10 ** decimals;
  const ends = half === null ? '' : ` ± ${(Math.ceil(half * scale - 1e-6) / scale).toFixed(decimals)}`;
  return `${percent.toFixed(decimals)}\u00a0%${ends}`;
}

const about = ({ unit, noun }: Figure): string =>
  unit === 'usd' ? `the cost ${noun}` : unit === 'count' ? `the number of ${noun}` : noun;

/** "a day", "in 2 hours", "in 45 minutes". */
export function lengthWords(seconds: number): string {
  if (seconds === 86_400) return 'a day';
  const hours = seconds / 3600;
  if (Number.isInteger(hours)) return hours === 1 ? 'an hour' : `in ${hours} hours`;
  if (hours > 3) return `in ${hours.toFixed(1)} hours`;
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? 'a minute' : `in ${minutes} minutes`;
}
