import { InputError } from '../../core/errors.ts';
import type { Override } from '../../simulation/overrides.ts';
import { pullTextFrom, type PullText } from '../run-text.ts';
import { ArgumentReader } from './argument-reader.ts';

/** What the command line of `sim` says, not yet judged against a scenario. */
export interface SimArguments {
  scenario: string;
  seed: number;
  json: boolean;
  out: string | null;
  until: string | null;
  report: string | null;
  presets: string[];
  overrides: Override[];
  pulls: PullText[];
  help: boolean;
}

export const USAGE = `Simulates a scenario and reports what came of it.

  npm run --silent sim -- SCENARIO [options]

SCENARIO is a name (npm run --silent sim -- --help lists them) or the path of a scenario file (docs/scenarios.md).

  --seed N                 whole number; the same scenario and seed give the same run (default 1)
  --set PATH=VALUE         changes a setting before the start, such as stations.pool.servers=80; VALUE is JSON or text
  --at TIME LEVER=VALUE    pulls a lever at a time, such as 02:19:00 l3=on; TIME is a time of day or seconds from the start
  --preset NAME            pulls the levers of one of the scenario's presets, such as rescue
  --until TIME             ends the run there
  --report FILE            writes a load test report: a page (.html) or data (.json)
  --json                   prints one JSON object instead of the report
  --out FILE               writes the JSON object to a file
`;

const OPTIONS = ['--seed', '--preset', '--at', '--set', '--until', '--json', '--out', '--report', '--help'];

/** @throws InputError for anything that is not understood. */
export function parseArguments(argv: readonly string[]): SimArguments {
  const result: SimArguments = {
    scenario: '',
    seed: 1,
    json: false,
    out: null,
    until: null,
    report: null,
    presets: [],
    overrides: [],
    pulls: [],
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
      case '--seed':
        result.seed = reader.whole(arg, 0);
        break;
      case '--out':
        result.out = reader.value(arg, 'a file');
        break;
      case '--report':
        result.report = reader.value(arg, 'a file that ends in .html or .json');
        if (!/\.(html|json)$/.test(result.report))
          throw new InputError('--report', 'a file that ends in .html or .json', result.report);
        break;
      case '--until':
        result.until = reader.value(arg, 'a time');
        break;
      case '--preset':
        result.presets.push(reader.value(arg, 'the name of a preset'));
        break;
      case '--set':
        result.overrides.push(reader.override(arg));
        break;
      case '--at': {
        const at = reader.value(arg, 'a time and LEVER=VALUE');
        result.pulls.push(pullTextFrom(at, reader.value(arg, 'LEVER=VALUE after the time'), arg));
        break;
      }
      default:
        if (arg.startsWith('-')) throw reader.unknown(arg);
        if (result.scenario !== '')
          throw new InputError('scenario', 'one scenario', `"${result.scenario}" and "${arg}"`);
        result.scenario = arg;
    }
  }
  if (result.scenario === '' && !result.help)
    throw new InputError(
      'scenario',
      'a name or a file',
      'nothing',
      'For instance: npm run --silent sim -- prime-day',
    );
  return result;
}
