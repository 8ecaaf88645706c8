import type { LoadReport } from './load-report.ts';
import { amount, percent, time } from './wording.ts';

const NAMES = [
  ['median', 'p50Ms'],
  ['p95', 'p95Ms'],
  ['p99', 'p99Ms'],
] as const;

/** A tester within a tenth of the truth has told it. */
const TOLD = 0.9;

/** The report in one sentence. */
export function headlineOf({
  requests,
  offeredPerS,
  throughputPerS,
  errorRate,
  quantiles,
}: LoadReport): string {
  if (requests === 0) return 'No request has ended yet.';
  const failed =
    errorRate === 0
      ? 'none failed'
      : `${errorRate < 0.0005 ? 'fewer than 0.1 %' : errorRate < 0.095 ? `${(errorRate * 100).toFixed(1)} %` : percent(errorRate)} failed`;
  return `Of ${amount(offeredPerS)} requests a second ${amount(throughputPerS)} were answered and ${failed}; half took ${time(quantiles.p50Ms)} or less, one in a hundred ${time(quantiles.p99Ms)} or more.`;
}

/** What coordinated omission did to this run, in plain words. */
export function omissionInWords({ requests, quantiles, omission, toS, fromS }: LoadReport): string {
  if (requests === 0 || omission.sent === 0) return 'Nothing has ended yet, so there is nothing to compare.';
  const { connections, sent, due } = omission;
  const tester = `A tester with ${connections} ${connections === 1 ? 'connection' : 'connections'}, each waiting for its answer before it sends the next request,`;
  // Where the two are furthest apart.
  const [name, key] = NAMES.reduce((a, b) =>
    omission.quantiles[b[1]] / quantiles[b[1]] < omission.quantiles[a[1]] / quantiles[a[1]] ? b : a,
  );
  const told = omission.quantiles[key];
  const truth = quantiles[key];
  const unsent = Math.max(0, due - sent);
  if (told >= TOLD * truth)
    return `${tester} would have told much the same of this run: at the ${name} ${time(told)} where it was ${time(truth)}. ${
      unsent > 0.1 * due
        ? `It sent ${amount(sent)} of the ${amount(due)} requests that were due, but what it did send met the same delays.`
        : 'Nothing stood still for so long that its silence would show.'
    }`;
  return `${tester} would have reported a ${name} of ${time(told)}. It was ${time(truth)}. Whenever the system was slow, so was the tester: in the ${time((toS - fromS) * 1000)} of this report it sent ${amount(sent)} of ${amount(due)} requests that were due. The other ${amount(unsent)} were due while it waited, and are in none of its figures. That is coordinated omission. Here each request counts from the moment when it was due, whether or not anything before it was answered.`;
}
