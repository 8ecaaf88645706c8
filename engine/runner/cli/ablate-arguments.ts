import { InputError, show } from '../../core/errors.ts';
import type { Override } from '../../simulation/overrides.ts';
import { ArgumentReader } from './argument-reader.ts';

/** What the command line of `ablate` says, not yet judged against a scenario. */
export interface AblateArguments {
  scenario: string;
  seeds: number;
  firstSeed: number;
  /** The first is the one that the report begins with. */
  figures: string[];
  until: string | null;
  overrides: Override[];
  /** Null: as many as the machine runs at once. */
  jobs: number | null;
  strategies: string | null;
  json: boolean;
  help: boolean;
}

export const ABLATE_USAGE = `Runs a scenario with its strategies on and off in every combination, and says which saves what.

  npm run --silent ablate -- SCENARIO [options]

SCENARIO is a name or the path of a scenario file (docs/scenarios.md); its "strategies" say what is turned off, and how.

  --strategies FILE   takes the strategies from a JSON file instead: [{"id", "title", "off": {PATH: VALUE}, "on": {PATH: VALUE}}];
                      "on" may be left out, then on is the scenario as it is written
  --figure NAME       what is attributed (default costUsd); also calls, requests, meanMs, p50Ms, p95Ms, p99Ms, hitRate, errorRate,
                      quality with a gateway, infraUsd and totalUsd with agents, or a column of the series, summed;
                      may be given several times
  --seeds N           runs of every combination, each with its own dice (default 20)
  --first-seed N      the first seed; the others follow it (default 1)
  --set PATH=VALUE    changes a setting in every run; VALUE is JSON or text
  --until TIME        ends every run there; a time of day or seconds from the start
  --jobs N            runs at once (default: as many as the machine has processors)
  --json              prints one JSON object instead of the report

Up to six strategies, every combination is run; with more (16 at most), a sample. Ctrl-C ends early and reports the seeds that are
complete.
`;

const OPTIONS = [
  '--strategies',
  '--figure',
  '--seeds',
  '--first-seed',
  '--set',
  '--until',
  '--jobs',
  '--json',
  '--help',
];

/** @throws InputError for anything that is not understood. */
export function parseAblateArguments(argv: readonly string[]): AblateArguments {
  const result: AblateArguments = {
    scenario: '',
    seeds: 20,
    firstSeed: 1,
    figures: [],
    until: null,
    overrides: [],
    jobs: null,
    strategies: null,
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
      case '--seeds':
        result.seeds = reader.whole(arg, 1);
        break;
      case '--first-seed':
        result.firstSeed = reader.whole(arg, 0);
        break;
      case '--jobs':
        result.jobs = reader.whole(arg, 1);
        break;
      case '--figure':
        result.figures.push(reader.value(arg, 'the name of a figure'));
        break;
      case '--strategies':
        result.strategies = reader.value(arg, 'a file');
        break;
      case '--until':
        result.until = reader.value(arg, 'a time');
        break;
      case '--set':
        result.overrides.push(reader.override(arg));
        break;
      default:
        if (arg.startsWith('-')) throw reader.unknown(arg);
        if (result.scenario !== '')
          throw new InputError('scenario', 'one scenario', `${show(result.scenario)} and ${show(arg)}`);
        result.scenario = arg;
    }
  }
  if (result.scenario === '' && !result.help)
    throw new InputError('scenario', 'a name or a file', 'nothing', '--help says more.');
  result.figures = result.figures.length === 0 ? ['costUsd'] : [...new Set(result.figures)];
  return result;
}
