import { InputError, show } from '../../core/errors.ts';
import { INCIDENTS, incidentById, RESCUE_SEED, type Incident } from '../../rescue/rules.ts';
import { ArgumentReader } from './argument-reader.ts';

export interface RescueArguments {
  what: 'search' | 'check';
  incidents: Incident[];
  seeds: number[];
  /** Most pulls in a set. */
  most: number;
  width: number;
  write: boolean;
  help: boolean;
}

export const RESCUE_USAGE = `Looks for the shortest rescue of an incident, or plays the known ones again.

  npm run --silent rescue -- search [INCIDENT …] [options]
  npm run --silent rescue -- check [INCIDENT …] [--seeds A,B,…]

INCIDENT is one of ${INCIDENTS.map(({ id }) => id).join(', ')}; without one it is all of them.

  --seeds A,B,…   the first is searched on, all of them check what was found (default ${RESCUE_SEED},1,2,3,4)
  --most N        most pulls in a set (default 3)
  --width N       sets that are carried on from round to round (default 4)
  --write         writes what was found to engine/rescue/known.ts
`;

const OPTIONS = ['--seeds', '--most', '--width', '--write', '--help'];

/** @throws InputError for anything that is not understood */
export function parseRescueArguments(argv: readonly string[]): RescueArguments {
  const result: RescueArguments = {
    what: 'check',
    incidents: [],
    seeds: [RESCUE_SEED, 1, 2, 3, 4],
    most: 3,
    width: 4,
    write: false,
    help: argv.length === 0,
  };
  const reader = new ArgumentReader(argv, OPTIONS);
  let first = true;
  for (let arg = reader.word(); arg !== undefined; arg = reader.word(), first = false) {
    if (arg === '--help' || arg === '-h') result.help = true;
    else if (arg === '--write') result.write = true;
    else if (arg === '--seeds') result.seeds = reader.wholes(arg, 0);
    else if (arg === '--most') result.most = reader.whole(arg, 1);
    else if (arg === '--width') result.width = reader.whole(arg, 1);
    else if (arg.startsWith('-')) throw reader.unknown(arg);
    else if (first) result.what = commandOf(arg);
    else result.incidents.push(incidentById(arg));
  }
  if (result.incidents.length === 0) result.incidents = [...INCIDENTS];
  return result;
}

function commandOf(text: string): 'search' | 'check' {
  if (text === 'search' || text === 'check') return text;
  throw new InputError('command', 'search or check', show(text));
}
