import type { ReplayCapacity, ReplayPolicy, ReplayResult } from '../../engine/cache/replay/replay.ts';
import type { ReplayRun } from '../../engine/cache/replay/run.ts';
import { InputError, show } from '../../engine/core/errors.ts';
import type { TraceInfo } from '../../engine/runner/replay-protocol.ts';

export type CapacityUnit = 'entries' | 'bytes';

/** What was replayed, and what came of it; by position. */
export interface ReplayReport {
  info: TraceInfo;
  unit: CapacityUnit;
  runs: readonly ReplayRun[];
  results: readonly ReplayResult[];
  tookMs: number;
}

/**
 * Capacities as typed: `100, 1000, 5%`, shares being of the different keys or of their bytes. Ascending, each once.
 * @throws InputError naming the one that is wrong.
 */
export function parseCapacities(
  text: string,
  unit: CapacityUnit,
  info: Pick<TraceInfo, 'unique' | 'uniqueBytes'>,
): number[] {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  const example = unit === 'bytes' ? '64000000 or 10%' : '1000 or 5%';
  if (parts.length === 0) throw new InputError('capacities', `numbers such as ${example}`, 'nothing');
  const whole = unit === 'bytes' ? info.uniqueBytes : info.unique;
  if (whole === null)
    throw new InputError(
      'capacities',
      'a trace with sizes',
      'one without',
      'Choose entries instead of bytes.',
    );
  const capacities = parts.map((part) => {
    const share = /^(\d+(?:\.\d+)?)%$/.exec(part);
    const value = share ? Math.max(1, Math.round((Number(share[1]) / 100) * whole)) : Number(part);
    const fits = share
      ? Number(share[1]) > 0 && Number(share[1]) <= 100
      : Number.isSafeInteger(value) && value >= 1;
    if (!fits)
      throw new InputError(
        'capacities',
        `a whole number from 1, or a share up to 100%, such as ${example}`,
        show(part),
      );
    return value;
  });
  return [...new Set(capacities)].sort((a, b) => a - b);
}

export function runsOf(
  policies: readonly ReplayPolicy[],
  capacities: readonly number[],
  unit: CapacityUnit,
): ReplayRun[] {
  return policies.flatMap((policy) =>
    capacities.map((n): ReplayRun => ({
      policy,
      capacity: unit === 'bytes' ? { bytes: n } : { entries: n },
    })),
  );
}

export const amountOf = (capacity: ReplayCapacity): number =>
  'bytes' in capacity ? capacity.bytes : capacity.entries;

/** The same object that the command line prints with `--json`. */
export function reportAsJson({ info, runs, results }: ReplayReport): string {
  const { requests, unique, uniqueBytes } = info;
  return `${JSON.stringify(
    {
      trace: { requests, unique, ...(uniqueBytes === null ? {} : { uniqueBytes }) },
      results: results.map(({ misses, hitRatio, byteHitRatio }, i) => ({
        policy: runs[i].policy,
        capacity: amountOf(runs[i].capacity),
        ...('bytes' in runs[i].capacity ? { unit: 'bytes' } : {}),
        misses,
        hitRatio,
        ...(byteHitRatio === null ? {} : { byteHitRatio }),
      })),
    },
    null,
    1,
  )}\n`;
}

/** Messages name the options of the command line; the page has fields. */
export const forThePage = (message: string): string =>
  message
    .replace(/\(--columns [^)]*\)/g, '(name it under “Key column”)')
    .replace(/Name the format: /g, 'Choose the format: ')
    .replace(/If it is one of these, name it: /g, 'If it is one of these, choose it under “Format”: ')
    .replace(/--format names its format/g, 'choose its format under “Format”')
    .replace(/--format ([\w-]+)/g, '“$1”')
    .replace(/--columns id=\S+/g, '“Key column”')
    .replace(/--columns/g, '“Key column”')
    .replace(/--(capacity|bytes)\b/g, '“Capacities”');
