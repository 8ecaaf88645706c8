import { claimById } from '../../claims/board.ts';
import { ArgumentReader } from './argument-reader.ts';

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
  const reader = new ArgumentReader(argv, OPTIONS);
  for (let arg = reader.word(); arg !== undefined; arg = reader.word()) {
    if (arg === '--help' || arg === '-h') result.help = true;
    else if (arg === '--json') result.json = true;
    else if (arg === '--list') result.list = true;
    else if (arg === '--jobs') result.jobs = reader.whole(arg, 1);
    else if (arg.startsWith('-')) throw reader.unknown(arg);
    else result.ids.push(claimById(arg).id);
  }
  return result;
}
