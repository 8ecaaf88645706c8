import { claimById } from '../../claims/board.ts';
import { InputError, nearest, show } from '../../core/errors.ts';

/** What the command line of `claims` says. */
export interface ClaimsArguments {
  /** Empty: all. */
  ids: string[];
  json: boolean;
  list: boolean;
  help: boolean;
  /** Null: as many as the machine runs at once. */
  jobs: number | null;
}

export const CLAIMS_USAGE = `Sets the figures that the module prints beside what the lab measures, and says which are reproduced.

  npm run --silent claims -- [ID ...] [options]

Without an ID it measures every claim. It writes no file.

  --json      prints one JSON object instead of the table
  --list      prints the ids and the claims, and runs nothing
  --jobs N    runs at once (default: as many as the machine has processors)

docs/claims.md says how a verdict is computed.
`;

const OPTIONS = ['--json', '--list', '--jobs', '--help'];

/** @throws InputError for anything that is not understood. */
export function parseClaimsArguments(argv: readonly string[]): ClaimsArguments {
  const result: ClaimsArguments = { ids: [], json: false, list: false, help: false, jobs: null };
  const rest = argv.flatMap((arg) => {
    const match = /^(--[a-z-]+)=(.*)$/s.exec(arg);
    return match ? [match[1], match[2]] : [arg];
  });
  while (rest.length > 0) {
    const arg = rest.shift()!;
    if (arg === '--help' || arg === '-h') result.help = true;
    else if (arg === '--json') result.json = true;
    else if (arg === '--list') result.list = true;
    else if (arg === '--jobs') {
      const text = rest.shift() ?? 'nothing';
      const jobs = Number(text);
      if (!Number.isSafeInteger(jobs) || jobs < 1)
        throw new InputError(arg, 'a whole number of 1 or more', show(text));
      result.jobs = jobs;
    } else if (arg.startsWith('-')) {
      const guess = nearest(arg, OPTIONS);
      throw new InputError(
        'option',
        'one that --help lists',
        show(arg),
        guess === undefined ? '' : `Did you mean ${guess}?`,
      );
    } else result.ids.push(claimById(arg).id);
  }
  return result;
}
