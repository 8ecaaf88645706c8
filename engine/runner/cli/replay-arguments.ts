import type { CsvColumns } from '../../cache/replay/formats/format.ts';
import type { ReplayPolicy } from '../../cache/replay/replay.ts';
import { FORMAT_NAMES, formatNamed, type FormatName } from '../../cache/replay/trace-formats.ts';
import { ORACLE_NAMES, POLICY_NAMES } from '../../cache/eviction/registry.ts';
import { parseWorkload, WORKLOADS, type WorkloadRequest } from '../../cache/workloads/catalogue.ts';
import { InputError, nearest, show } from '../../core/errors.ts';
import { ArgumentReader } from './argument-reader.ts';

/** A bound of the cache as written: a number, or a share of what the trace holds. */
export interface CapacityArgument {
  unit: 'entries' | 'bytes';
  /** Number of entries or bytes, or share from 0 to 1. */
  value: number;
  relative: boolean;
}

export interface ReplayArguments {
  /** Null with `generate`. */
  file: string | null;
  generate: WorkloadRequest | null;
  policies: ReplayPolicy[];
  capacities: CapacityArgument[];
  format: FormatName | null;
  columns: CsvColumns;
  seed: number;
  json: boolean;
  help: boolean;
}

const ALL_POLICIES: readonly ReplayPolicy[] = [...POLICY_NAMES, ...ORACLE_NAMES];
const DEFAULT_POLICIES: ReplayPolicy[] = [
  'fifo',
  'lru',
  'lfu',
  'arc',
  'sieve',
  's3-fifo',
  'w-tinylfu',
  'score',
];
const DEFAULT_CAPACITIES: CapacityArgument[] = [0.001, 0.01, 0.1].map((value) => ({
  unit: 'entries',
  value,
  relative: true,
}));

export const REPLAY_USAGE = `Replays a trace of requests through caches and counts what they miss.

  npm run --silent replay -- FILE [options]
  npm run --silent replay -- --generate NAME[:parameter=number,…] [options]

FILE is a trace, as it is or packed by gzip; docs/replay.md describes the formats.

  --policy A,B,…       ${ALL_POLICIES.join(' ')}; or all
  --capacity N,M,…     entries, or a share of the different keys such as 1%
  --bytes N,M,…        bytes instead, for traces with sizes: 1000000, 64MB, 10%
  --format NAME        ${FORMAT_NAMES.join(' ')}; without it the file tells
  --columns id=2,size=3   for csv: which column is what, by number from 1 or by the header's name
  --seed N             for the policy random (default 1)
  --json               prints one JSON object instead of the table

Workloads for --generate (each takes seed=N, too):
${Object.entries(WORKLOADS)
  .map(
    ([name, { summary, parameters }]) =>
      `  ${name.padEnd(16)} ${summary}\n${' '.repeat(19)}${Object.entries(parameters)
        .map(([parameter, { default: value }]) => `${parameter}=${value}`)
        .join(',')}`,
  )
  .join('\n')}
`;

/** @throws InputError for anything that is not understood. */
export function parseReplayArguments(argv: readonly string[]): ReplayArguments {
  const result: ReplayArguments = {
    file: null,
    generate: null,
    policies: [],
    capacities: [],
    format: null,
    columns: {},
    seed: 1,
    json: false,
    help: false,
  };
  const reader = new ArgumentReader(argv, OPTIONS);
  for (let arg = reader.word(); arg !== undefined; arg = reader.word()) {
    switch (arg) {
      case '--help':
      case '-h':
        result.help = true;
        break;
      case '--json':
        result.json = true;
        break;
      case '--policy':
      case '--policies':
        result.policies.push(...list(reader.value(arg, 'names of policies')).flatMap(policies));
        break;
      case '--capacity':
      case '--capacities':
        result.capacities.push(
          ...list(reader.value(arg, 'numbers of entries')).map((text) => entries(arg, text)),
        );
        break;
      case '--bytes':
        result.capacities.push(
          ...list(reader.value(arg, 'numbers of bytes')).map((text) => bytes(arg, text)),
        );
        break;
      case '--format':
        result.format = formatNamed(reader.value(arg, 'the name of a format'));
        break;
      case '--columns':
        result.columns = columns(reader.value(arg, 'FIELD=COLUMN'));
        break;
      case '--seed':
        result.seed = reader.whole(arg, 0);
        break;
      case '--generate':
        result.generate = parseWorkload(reader.value(arg, 'the name of a workload'));
        break;
      default: {
        if (arg.startsWith('-')) throw reader.unknown(arg);
        if (result.file !== null)
          throw new InputError('trace', 'one file', `${show(result.file)} and ${show(arg)}`);
        result.file = arg;
      }
    }
  }
  if (result.help) return result;
  if (result.file !== null && result.generate !== null)
    throw new InputError(
      'trace',
      'a file or --generate',
      `both, ${show(result.file)} and ${result.generate.name}`,
    );
  if (result.file === null && result.generate === null)
    throw new InputError(
      'trace',
      'a file or --generate',
      'nothing',
      'For instance: npm run --silent replay -- trace.txt --policy lru,arc --capacity 1000',
    );
  result.policies = result.policies.length === 0 ? DEFAULT_POLICIES : [...new Set(result.policies)];
  if (result.capacities.length === 0) result.capacities = DEFAULT_CAPACITIES;
  return result;
}

const OPTIONS = [
  '--policy',
  '--capacity',
  '--bytes',
  '--format',
  '--columns',
  '--seed',
  '--json',
  '--help',
  '--generate',
];

const list = (text: string): string[] => text.split(',').map((part) => part.trim());

function policies(text: string): readonly ReplayPolicy[] {
  if (text.toLowerCase() === 'all') return ALL_POLICIES;
  const found = ALL_POLICIES.find((name) => name === text.toLowerCase());
  if (found !== undefined) return [found];
  const guess = nearest(text, ALL_POLICIES);
  throw new InputError(
    '--policy',
    `one of ${ALL_POLICIES.join(', ')}`,
    text === '' ? 'nothing' : show(text),
    guess === undefined ? '' : `Did you mean ${guess}?`,
  );
}

function share(option: string, text: string): number | null {
  if (!text.endsWith('%')) return null;
  const percent = /^\d*\.?\d+%$/.test(text) ? Number(text.slice(0, -1)) : NaN;
  if (!(percent > 0 && percent <= 100))
    throw new InputError(option, 'a share above 0 % and up to 100 %', show(text));
  return percent / 100;
}

function entries(option: string, text: string): CapacityArgument {
  const relative = share(option, text);
  if (relative !== null) return { unit: 'entries', value: relative, relative: true };
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= 1 && Number.isSafeInteger(value)))
    throw new InputError(
      option,
      'a whole number of entries from 1, or a share such as 1%',
      text === '' ? 'nothing' : show(text),
    );
  return { unit: 'entries', value, relative: false };
}

const UNITS: Record<string, number> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1048576,
  gib: 1073741824,
  tib: 1099511627776,
};

function bytes(option: string, text: string): CapacityArgument {
  const relative = share(option, text);
  if (relative !== null) return { unit: 'bytes', value: relative, relative: true };
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text);
  const unit = match === null ? undefined : UNITS[match[2].toLowerCase()];
  const value = match === null || unit === undefined ? NaN : Math.round(Number(match[1]) * unit);
  if (!(value >= 1 && Number.isSafeInteger(value)))
    throw new InputError(
      option,
      'a number of bytes from 1 such as 1000000, 64MB or 1GiB, or a share such as 10%',
      text === '' ? 'nothing' : show(text),
    );
  return { unit: 'bytes', value, relative: false };
}

function columns(text: string): CsvColumns {
  const result: CsvColumns = {};
  for (const part of list(text)) {
    const match = /^(id|size|time)=(.+)$/.exec(part);
    if (match === null)
      throw new InputError('--columns', 'id=COLUMN, size=COLUMN or time=COLUMN', show(part));
    result[match[1] as keyof CsvColumns] = match[2];
  }
  if (result.id === undefined)
    throw new InputError('--columns', 'the column of the key, such as id=2', show(text));
  return result;
}
