/** The command line of the ablation: `npm run --silent ablate -- SCENARIO [options]`. */
import { availableParallelism } from 'node:os';
import { InputError } from '../../core/errors.ts';
import { CATALOGUE, scenarioByName } from '../../scenarios/catalogue.ts';
import { applyOverrides } from '../../simulation/overrides.ts';
import { parseScenario, type Scenario } from '../../simulation/scenario.ts';
import { AblationRun } from '../../tuning/ablation.ts';
import { secondsFrom } from '../run-text.ts';
import { TrialFailure } from '../trial-runner.ts';
import { ABLATE_USAGE, parseAblateArguments, type AblateArguments } from './ablate-arguments.ts';
import { ablateJson, ablateReport } from './ablate-report.ts';
import { Progress } from './progress.ts';
import { jsonFrom, scenarioFrom } from './scenario-input.ts';
import { threadRunner } from './trial-threads.ts';

async function main(argv: readonly string[]): Promise<void> {
  const args = parseAblateArguments(argv);
  if (args.help) {
    process.stdout.write(`${ABLATE_USAGE}\nScenarios: ${Object.keys(CATALOGUE).join(', ')}\n`);
    return;
  }
  const source = scenarioFrom(args.scenario);
  const scenario = applyOverrides(
    parseScenario(typeof source === 'string' ? scenarioByName(source) : source),
    args.overrides,
  );
  const run = new AblationRun({
    scenario: source,
    strategies: strategiesFor(args, scenario),
    seeds: args.seeds,
    firstSeed: args.firstSeed,
    overrides: args.overrides,
    untilS: args.until === null ? undefined : secondsFrom(args.until, scenario, '--until'),
    figures: args.figures,
  });
  const began = performance.now();
  await runAll(run, args);
  const results = args.figures.flatMap((figure) => run.result(figure) ?? []);
  if (results.length === 0) {
    process.stderr.write('ablate: interrupted before the first seed was complete.\n');
    return;
  }
  const wallMs = performance.now() - began;
  process.stdout.write(
    `${
      args.json
        ? ablateJson(run, scenario.name, results, wallMs)
        : ablateReport(run, scenario.title ?? scenario.name, results, wallMs)
    }\n`,
  );
}

/** Runs all trials, or those until Ctrl-C; then the exit code is that of an interrupted command. */
async function runAll(run: AblationRun, args: AblateArguments): Promise<void> {
  const { trials } = run.progress;
  const runner = threadRunner(Math.min(args.jobs ?? availableParallelism(), trials));
  const progress = new Progress(process.stderr, !args.json);
  const stopping = new AbortController();
  const interrupt = (): void => stopping.abort();
  process.once('SIGINT', interrupt);
  try {
    const end = await runner.run(run, {
      signal: stopping.signal,
      onProgress: ({ ended, underWay }) => progress.show((ended + underWay) / trials),
    });
    if (end === 'stopped') process.exitCode = 130;
  } finally {
    process.off('SIGINT', interrupt);
    runner.close();
    progress.clear();
  }
}

function strategiesFor(args: AblateArguments, scenario: Scenario): unknown {
  if (args.strategies !== null)
    return jsonFrom(args.strategies, '--strategies', '--help shows what it holds.');
  const { strategies } = scenario;
  if (strategies.length === 0)
    throw new InputError(
      'strategies',
      'a scenario that names strategies',
      `none in ${scenario.name}`,
      'Give them with --strategies FILE.',
    );
  return strategies;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const wrong = error instanceof InputError || (error instanceof TrialFailure && error.place !== undefined);
  if (!wrong) throw error;
  process.stderr.write(`ablate: ${error.message}\n`);
  process.exitCode = 2;
});
