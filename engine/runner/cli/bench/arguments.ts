import { InputError, nearest, show } from '../../../core/errors.ts';
import { ArgumentReader } from '../argument-reader.ts';

export interface BenchArguments {
  /** Null: all. */
  name: string | null;
  json: boolean;
  quick: boolean;
  /** Whether the case's section of docs/benchmarks.md is written anew. */
  write: boolean;
  pairs: number;
  help: boolean;
}

/** Fewer than five pairs say little about the spread. */
export const LEAST_PAIRS = 5;

export const BENCH_USAGE = `Measures the engine against its peers, and writes docs/benchmarks.md when it ran all of it.

  npm run bench
  npm run --silent bench -- NAME [options]

  --json      prints one JSON object instead of the table; needs a NAME
  --write     writes the section of this NAME in docs/benchmarks.md anew; the others stay
  --quick     less work: shows that a case runs, and writes no file; its figures are too short to be quoted
  --pairs N   pairs of runs (default and least: ${LEAST_PAIRS})
  --help      this text and the names
`;

const OPTIONS = ['--json', '--quick', '--write', '--pairs', '--help'];

/** @throws InputError for anything that is not understood. */
export function parseBenchArguments(argv: readonly string[], names: readonly string[]): BenchArguments {
  const reader = new ArgumentReader(argv, OPTIONS);
  const args: BenchArguments = {
    ...{ name: null, json: false, quick: false, write: false },
    ...{ pairs: LEAST_PAIRS, help: false },
  };
  for (let word = reader.word(); word !== undefined; word = reader.word()) {
    if (word === '--json') args.json = true;
    else if (word === '--quick') args.quick = true;
    else if (word === '--write') args.write = true;
    else if (word === '--help' || word === '-h') args.help = true;
    else if (word === '--pairs') args.pairs = reader.whole(word, LEAST_PAIRS);
    else if (word.startsWith('-')) throw reader.unknown(word);
    else if (args.name !== null)
      throw new InputError('NAME', 'one name', `${show(args.name)} and ${show(word)}`);
    else if (!names.includes(word)) {
      const guess = nearest(word, names);
      throw new InputError(
        'NAME',
        `one of ${names.join(', ')}`,
        show(word),
        guess === undefined ? '' : `Did you mean ${guess}?`,
      );
    } else args.name = word;
  }
  if (args.json && args.name === null && !args.help)
    throw new InputError('--json', `a name beside it: ${names.join(', ')}`, 'none');
  if (args.write && (args.name === null || args.quick))
    throw new InputError(
      '--write',
      'a name beside it, and no --quick',
      args.quick ? '--quick' : 'none',
      'A whole run writes the file by itself.',
    );
  return args;
}
