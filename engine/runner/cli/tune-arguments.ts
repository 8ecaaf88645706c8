import { InputError, show } from '../../core/errors.ts';
import type { Override } from '../../simulation/overrides.ts';
import type { Goal } from '../../tuning/score.ts';
import { ArgumentReader } from './argument-reader.ts';

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
      case '--at':
        result.at = reader.value(arg, 'a time');
        break;
      case '--until':
        result.until = reader.value(arg, 'a time');
        break;
      case '--levers':
        result.levers = reader.value(arg, 'ids of levers, separated by commas').split(',');
        break;
      case '--goal':
        result.goal = goal(reader.value(arg, GOAL));
        break;
      case '--keep':
        result.keep = reader.value(arg, BOUND).split(',').map(bound);
        break;
      case '--starts':
        result.starts = reader.whole(arg, 1);
        break;
      case '--brackets':
        result.brackets = reader.whole(arg, 1);
        break;
      case '--seeds':
        result.seeds = reader.whole(arg, 1);
        break;
      case '--check':
        result.check = reader.whole(arg, 1);
        break;
      case '--search-seed':
        result.searchSeed = reader.whole(arg, 0);
        break;
      case '--jobs':
        result.jobs = reader.whole(arg, 1);
        break;
      case '--set':
        result.overrides.push(reader.override(arg));
        break;
      case '--resume':
        result.resume = reader.value(arg, 'a file');
        break;
      case '--out':
        result.out = reader.value(arg, 'a file');
        break;
      default:
        if (arg.startsWith('-')) throw reader.unknown(arg);
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
