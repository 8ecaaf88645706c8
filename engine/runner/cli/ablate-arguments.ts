import { InputError, nearest, show } from '../../core/errors.ts';
import type { Override } from '../../simulation/overrides.ts';

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
  const rest = argv.flatMap((arg) => {
    const match = /^(--[a-z-]+)=(.*)$/s.exec(arg);
    return match ? [match[1], match[2]] : [arg];
  });
  const next = (option: string, what: string): string => {
    const value = rest.shift();
    if (value === undefined || value === '' || value.startsWith('--'))
      throw new InputError(option, what, value ? show(value) : 'nothing');
    return value;
  };
  const whole = (option: string, least: number): number => {
    const what = `a whole number of ${least} or more`;
    const text = next(option, what);
    const n = Number(text);
    if (!Number.isSafeInteger(n) || n < least) throw new InputError(option, what, show(text));
    return n;
  };
  while (rest.length > 0) {
    const arg = rest.shift()!;
    switch (arg) {
      case '--help':
      case '-h':
        result.help = true;
        break;
      case '--json':
        result.json = true;
        break;
      case '--seeds':
        result.seeds = whole(arg, 1);
        break;
      case '--first-seed':
        result.firstSeed = whole(arg, 0);
        break;
      case '--jobs':
        result.jobs = whole(arg, 1);
        break;
      case '--figure':
        result.figures.push(next(arg, 'the name of a figure'));
        break;
      case '--strategies':
        result.strategies = next(arg, 'a file');
        break;
      case '--until':
        result.until = next(arg, 'a time');
        break;
      case '--set':
        result.overrides.push(assignment(next(arg, 'PATH=VALUE')));
        break;
      default:
        if (arg.startsWith('-')) {
          const guess = nearest(arg, OPTIONS);
          throw new InputError(
            'option',
            'one that --help lists',
            show(arg),
            guess === undefined ? '' : `Did you mean ${guess}?`,
          );
        }
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

function assignment(text: string): Override {
  const i = text.indexOf('=');
  if (i < 1) throw new InputError('--set', 'PATH=VALUE', show(text));
  return { path: text.slice(0, i), value: jsonOrText(text.slice(i + 1)) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
