/** The command line of the tuner: `npm run --silent tune -- SCENARIO [options]`. */
import { availableParallelism } from 'node:os';
import { InputError, show } from '../../core/errors.ts';
import { ENGINE_VERSION } from '../../core/version.ts';
import { CATALOGUE, scenarioByName } from '../../scenarios/catalogue.ts';
import { applyOverrides, type Override } from '../../simulation/overrides.ts';
import { parseScenario } from '../../simulation/scenario.ts';
import { Comparison, contendersFor, figuresOf, FRESH_SEED, type Compared } from '../../tuning/comparison.ts';
import { meanOf, type Standing } from '../../tuning/standing.ts';
import { Tuner } from '../../tuning/tuner.ts';
import type { TunerPlan } from '../../tuning/tuner-plan.ts';
import { secondsFrom } from '../run-text.ts';
import { TrialFailure, type TrialRunner } from '../trial-runner.ts';
import { jsonFrom, scenarioFrom } from './scenario-input.ts';
import { threadRunner } from './trial-threads.ts';
import { parseTuneArguments, TUNE_USAGE, type TuneArguments } from './tune-arguments.ts';
import {
  parseStoredSearch,
  writeSearch,
  type StoredSearch,
  type TuneJson,
  type TuneJsonStanding,
} from './tune-file.ts';
import { TuneProgress } from './tune-progress.ts';
import { tuneReport } from './tune-report.ts';

async function main(argv: readonly string[]): Promise<void> {
  const args = parseTuneArguments(argv);
  if (args.help) {
    process.stdout.write(`${TUNE_USAGE}\nScenarios: ${Object.keys(CATALOGUE).join(', ')}\n`);
    return;
  }
  const stored =
    args.resume === null
      ? null
      : parseStoredSearch(jsonFrom(args.resume, '--resume', 'Take a file that --out wrote.'), args.resume);
  const { plan, source } = planOf(args, stored);
  const tuner = new Tuner(plan, stored?.records);
  const began = performance.now();
  const check = await run(tuner, plan, args);
  const wallMs = performance.now() - began;
  const json = jsonOf(tuner, plan, source, check, wallMs);
  if (args.json) process.stdout.write(`${JSON.stringify(json)}\n`);
  else
    process.stdout.write(
      `${tuneReport(tuner, { scenario: source, overrides: [...json.overrides] }, check, wallMs)}\n`,
    );
  const file =
    args.out ?? args.resume ?? (tuner.phase === 'done' ? null : `tune-${tuner.scenario.name}.json`);
  if (file === null) return;
  writeSearch(file, json);
  if (tuner.phase !== 'done')
    process.stderr.write(`tune: ${json.records.length} runs are in ${file}; go on with --resume ${file}\n`);
}

/** A file's search goes on as it was, but for what the command line says otherwise. */
function planOf(args: TuneArguments, stored: StoredSearch | null): { plan: TunerPlan; source: string } {
  const source = args.scenario ?? stored!.scenario;
  if (stored) sameRuns(args, stored);
  const overrides: readonly Override[] = stored?.overrides ?? args.overrides;
  const content = scenarioFrom(source);
  const scenario = applyOverrides(
    parseScenario(typeof content === 'string' ? scenarioByName(content) : content),
    overrides,
  );
  const seconds = (text: string | null, place: string): number | undefined =>
    text === null ? undefined : secondsFrom(text, scenario, place);
  const goal = args.goal
    ? { ...args.goal, constraints: args.keep ?? [] }
    : args.keep && stored
      ? { ...stored.goal, constraints: args.keep }
      : stored?.goal;
  if (args.keep && !args.goal && !stored)
    throw new InputError('--keep', '--goal beside it', 'only --keep', 'Say what is looked for.');
  const newRungs = args.seeds !== null || args.until !== null;
  const plan: TunerPlan = {
    scenario: content,
    overrides,
    atS: stored?.atS ?? seconds(args.at, '--at'),
    goal,
    levers: args.levers ?? stored?.levers,
    rungs: newRungs ? undefined : stored?.rungs,
    untilS: seconds(args.until, '--until'),
    seeds: args.seeds ?? undefined,
    starts: args.starts ?? stored?.starts,
    brackets: args.brackets ?? stored?.brackets,
    searchSeed: args.searchSeed ?? stored?.searchSeed,
  };
  return {
    plan: Object.fromEntries(
      Object.entries(plan).filter(([, value]) => value !== undefined),
    ) as unknown as TunerPlan,
    source,
  };
}

/** Runs of another scenario, time or change are not runs of this one. @throws InputError */
function sameRuns(args: TuneArguments, stored: StoredSearch): void {
  if (args.scenario !== null && args.scenario !== stored.scenario)
    throw new InputError('scenario', `the one of the file, ${stored.scenario}`, show(args.scenario));
  for (const [option, given] of [
    ['--at', args.at !== null],
    ['--set', args.overrides.length > 0],
  ] as const)
    if (given)
      throw new InputError(
        option,
        'nothing beside --resume',
        'a value',
        'Its runs were made with what the file says. Begin a new search for another.',
      );
}

/** Searches, then checks; until Ctrl-C, when the exit code is that of an interrupted command. */
async function run(tuner: Tuner, plan: TunerPlan, args: TuneArguments): Promise<Compared[] | null> {
  const runner = threadRunner(args.jobs ?? availableParallelism());
  const progress = new TuneProgress(process.stderr, !args.json, () => performance.now());
  const stopping = new AbortController();
  const interrupt = (): void => stopping.abort();
  process.once('SIGINT', interrupt);
  try {
    const { signal } = stopping;
    progress.search(tuner);
    const end = await runner.run(tuner, { signal, onProgress: () => progress.search(tuner) });
    if (end === 'done') return await checked(tuner, plan, args.check, runner, progress, signal);
    process.exitCode = 130;
    return null;
  } finally {
    process.off('SIGINT', interrupt);
    runner.close();
    progress.clear();
  }
}

async function checked(
  tuner: Tuner,
  { scenario, overrides }: TunerPlan,
  seeds: number,
  runner: TrialRunner,
  progress: TuneProgress,
  signal: AbortSignal,
): Promise<Compared[] | null> {
  const { goal, atS, rungs } = tuner;
  const { untilS } = rungs.at(-1)!;
  const comparison = new Comparison({
    ...{ scenario, goal, seeds, untilS },
    overrides: overrides ?? [],
    firstSeed: FRESH_SEED,
    contenders: contendersFor(tuner.scenario, tuner.best!.setting, atS, untilS),
  });
  const onProgress = (): void => {
    const { runs, expected } = comparison.progress;
    progress.check(runs, expected);
  };
  if ((await runner.run(comparison, { signal, onProgress })) === 'stopped') process.exitCode = 130;
  return comparison.result();
}

function jsonOf(
  tuner: Tuner,
  plan: TunerPlan,
  source: string,
  check: Compared[] | null,
  wallMs: number,
): TuneJson {
  const { goal, rungs, space, atS, phase, best, baseline, brackets, failures } = tuner;
  const figures = figuresOf(goal);
  const plain = (standing: Standing): TuneJsonStanding => ({
    setting: standing.setting,
    rung: standing.rung,
    seeds: standing.outcomes.length,
    figures: Object.fromEntries(figures.map((figure) => [figure, meanOf(standing, figure)])),
    missed: standing.score.missed,
  });
  return {
    ...{ engine: ENGINE_VERSION, scenario: source, overrides: plan.overrides ?? [], atS, goal },
    levers: space.map(({ lever }) => lever.id),
    ...{ rungs, starts: tuner.starts, brackets, searchSeed: plan.searchSeed ?? 1, phase },
    wallMs: Math.round(wallMs),
    best: best && plain(best),
    baseline: baseline && plain(baseline),
    trials: tuner.trials().map(plain),
    failures,
    check,
    records: tuner.records(),
  };
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const wrong = error instanceof InputError || (error instanceof TrialFailure && error.place !== undefined);
  if (!wrong) throw error;
  process.stderr.write(`tune: ${error.message}\n`);
  process.exitCode = 2;
});
