import { InputError, nearest, show } from '../../core/errors.ts';
import { INCIDENTS, incidentById, RESCUE_SEED, type Incident } from '../../rescue/rules.ts';

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
  const rest = argv.flatMap((arg) => {
    const match = /^(--[a-z]+)=(.*)$/s.exec(arg);
    return match ? [match[1]!, match[2]!] : [arg];
  });
  if (rest[0] === 'search' || rest[0] === 'check') result.what = rest.shift() as 'search' | 'check';
  else if (rest.length > 0 && !['--help', '-h'].includes(rest[0]!))
    throw new InputError('command', 'search or check', show(rest[0]));
  const whole = (option: string, text: string | undefined, least: number): number => {
    const value = /^\d+$/.test(text ?? '') ? Number(text) : NaN;
    if (!(Number.isSafeInteger(value) && value >= least))
      throw new InputError(
        option,
        `a whole number of ${least} or more`,
        text === undefined ? 'nothing' : show(text),
      );
    return value;
  };
  while (rest.length > 0) {
    const arg = rest.shift()!;
    if (arg === '--help' || arg === '-h') result.help = true;
    else if (arg === '--write') result.write = true;
    else if (arg === '--seeds')
      result.seeds = (rest.shift() ?? '').split(',').map((text) => whole(arg, text, 0));
    else if (arg === '--most') result.most = whole(arg, rest.shift(), 1);
    else if (arg === '--width') result.width = whole(arg, rest.shift(), 1);
    else if (arg.startsWith('-')) {
      const guess = nearest(arg, OPTIONS);
      throw new InputError(
        'option',
        'one that --help lists',
        show(arg),
        guess === undefined ? '' : `Did you mean ${guess}?`,
      );
    } else result.incidents.push(incidentById(arg));
  }
  if (result.incidents.length === 0) result.incidents = [...INCIDENTS];
  return result;
}
