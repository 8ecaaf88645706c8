import { InputError, nearest, show } from '../../core/errors.ts';
import type { Override } from '../../simulation/overrides.ts';
import type { Goal } from '../../tuning/score.ts';

/** What the command line of `tune` says, not yet judged against a scenario. Null: not said. */
export interface TuneArguments {
  scenario: string | null;
  at: string | null;
  until: string | null;
  levers: string[] | null;
  goal: Pick<Goal, 'figure' | 'direction'> | null;
  keep: NonNullable<Goal['constraints']> | null;
  starts: number | null;
  brackets: number | null;
  /** Of the longest runs of the search. */
  seeds: number | null;
  /** Of the check at the end. */
  check: number;
  searchSeed: number | null;
  overrides: Override[];
  /** Null: as many as the machine runs at once. */
  jobs: number | null;
  resume: string | null;
  out: string | null;
  json: boolean;
  help: boolean;
}

export const TUNE_USAGE = `Searches the levers of a scenario for a setting that reaches a goal, and checks it on fresh seeds.

  npm run --silent tune -- SCENARIO [options]

SCENARIO is a name or the path of a scenario file (docs/scenarios.md). docs/tuning.md says how the search works.

  --at TIME                when the levers are pulled, such as 02:19:00 or seconds from the start (default: with the
                           scenario's first preset, else at the start)
  --levers A,B             levers to search (default: all)
  --goal FIGURE=least      what to make as small as possible, or FIGURE=most (default: what the scenario's objectives ask for)
  --keep 'FIG<=X,FIG>=Y'   bounds that come first; with --goal and without --keep there are none
                           figures: recoveredAfterS, endMeanMs, endHitRate, endErrorRate, costUsd, calls, requests, meanMs, p50Ms,
                           p95Ms, p99Ms, hitRate, errorRate, and what else the scenario's runs have
  --starts N               settings that begin a bracket (default 18)
  --brackets N             rounds of the search, each from the best so far (default 2)
  --seeds N                runs of a finalist, each with its own dice (default 10)
  --until TIME             where the longest runs end
  --check N                fresh seeds for the check at the end (default 8)
  --search-seed N          dice of the search itself (default 1)
  --set PATH=VALUE         changes a setting in every run; VALUE is JSON or text
  --jobs N                 runs at once (default: as many as the machine has processors)
  --resume FILE            goes on with the search in a file that --out or Ctrl-C wrote; scenario, times and changes are taken from it
  --out FILE               writes the result and all runs to a file
  --json                   prints one JSON object instead of the report

Ctrl-C prints the best so far and writes the runs to a file, for --resume.
`;

const OPTIONS = [...TUNE_USAGE.matchAll(/^ {2}(--[a-z-]+)/gm)].map((match) => match[1]!);

/** @throws InputError for anything that is not understood. */
export function parseTuneArguments(argv: readonly string[]): TuneArguments {
  const result: TuneArguments = {
    ...{ scenario: null, at: null, until: null, levers: null, goal: null, keep: null },
    ...{ starts: null, brackets: null, seeds: null, check: 8, searchSeed: null },
    ...{ overrides: [], jobs: null, resume: null, out: null, json: false, help: false },
  };
  const rest = argv.flatMap((arg) => {
    const match = /^(--[a-z-]+)=(.*)$/s.exec(arg);
    return match ? [match[1]!, match[2]!] : [arg];
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
      case '--at':
        result.at = next(arg, 'a time');
        break;
      case '--until':
        result.until = next(arg, 'a time');
        break;
      case '--levers':
        result.levers = next(arg, 'ids of levers, separated by commas').split(',');
        break;
      case '--goal':
        result.goal = goal(next(arg, GOAL));
        break;
      case '--keep':
        result.keep = next(arg, BOUND).split(',').map(bound);
        break;
      case '--starts':
        result.starts = whole(arg, 1);
        break;
      case '--brackets':
        result.brackets = whole(arg, 1);
        break;
      case '--seeds':
        result.seeds = whole(arg, 1);
        break;
      case '--check':
        result.check = whole(arg, 1);
        break;
      case '--search-seed':
        result.searchSeed = whole(arg, 0);
        break;
      case '--jobs':
        result.jobs = whole(arg, 1);
        break;
      case '--set':
        result.overrides.push(override(next(arg, 'PATH=VALUE')));
        break;
      case '--resume':
        result.resume = next(arg, 'a file');
        break;
      case '--out':
        result.out = next(arg, 'a file');
        break;
      default:
        if (arg.startsWith('-')) throw unknown(arg);
        if (result.scenario !== null)
          throw new InputError('scenario', 'one scenario', `${show(result.scenario)} and ${show(arg)}`);
        result.scenario = arg;
    }
  }
  if (result.scenario === null && result.resume === null && !result.help)
    throw new InputError('scenario', 'a name or a file', 'nothing', '--help says more.');
  return result;
}

const GOAL = 'FIGURE=least or FIGURE=most';
const BOUND = 'FIGURE<=NUMBER or FIGURE>=NUMBER';

function goal(text: string): TuneArguments['goal'] {
  const match = /^([^=]+)=(least|most)$/.exec(text);
  if (!match) throw new InputError('--goal', GOAL, show(text));
  return { figure: match[1]!, direction: match[2] as Goal['direction'] };
}

function bound(text: string): NonNullable<Goal['constraints']>[number] {
  const match = /^([^<>=]+)(<=|>=)(.+)$/.exec(text.trim());
  const n = Number(match?.[3]);
  if (!match || !Number.isFinite(n)) throw new InputError('--keep', BOUND, show(text));
  return { figure: match[1]!, ...(match[2] === '<=' ? { atMost: n } : { atLeast: n }) };
}

function override(text: string): Override {
  const i = text.indexOf('=');
  if (i < 1) throw new InputError('--set', 'PATH=VALUE', show(text));
  const value = text.slice(i + 1);
  try {
    return { path: text.slice(0, i), value: JSON.parse(value) as unknown };
  } catch {
    return { path: text.slice(0, i), value };
  }
}

function unknown(option: string): InputError {
  const guess = nearest(option, OPTIONS);
  return new InputError(
    'option',
    'one that --help lists',
    show(option),
    guess === undefined ? '' : `Did you mean ${guess}?`,
  );
}
