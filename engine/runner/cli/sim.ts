/** The command line of the simulator: `npm run --silent sim -- SCENARIO [options]`. */
import { writeFileSync } from 'node:fs';
import { parseClock } from '../../core/clock.ts';
import { InputError } from '../../core/errors.ts';
import { CATALOGUE, scenarioByName } from '../../scenarios/catalogue.ts';
import { applyOverrides } from '../../simulation/overrides.ts';
import { atSeconds, parseScenario, type Scenario } from '../../simulation/scenario.ts';
import { Simulation, type Pull } from '../../simulation/simulation.ts';
import { loadReport } from '../../simulation/load-report.ts';
import { loadReportHtml } from '../load-report-html.ts';
import { runResult } from '../result.ts';
import { pullFrom, secondsFrom, withinRun } from '../run-text.ts';
import { parseArguments, USAGE, type SimArguments } from './arguments.ts';
import { Progress } from './progress.ts';
import { report } from './report.ts';
import { scenarioFrom } from './scenario-input.ts';

function main(argv: readonly string[]): void {
  const args = parseArguments(argv);
  if (args.help) {
    process.stdout.write(`${USAGE}\nScenarios: ${Object.keys(CATALOGUE).join(', ')}\n`);
    return;
  }
  const scenario = applyOverrides(parseScenario(given(args.scenario)), args.overrides);
  const until =
    args.until === null ? [] : [{ path: 'durationS', value: secondsFrom(args.until, scenario, '--until') }];
  const began = performance.now();
  const simulation = new Simulation(applyOverrides(scenario, until), args.seed, {
    pulls: pullsOf(args, scenario),
  });
  const progress = new Progress(process.stderr, !args.json);
  while (!simulation.done) {
    simulation.advanceTo(simulation.nowMs + Math.max(1000, simulation.durationMs / 200));
    progress.show(simulation.nowMs / simulation.durationMs);
  }
  progress.clear();
  const result = runResult(simulation, performance.now() - began);
  const json = JSON.stringify(result);
  if (args.out !== null) write('--out', args.out, `${json}\n`);
  if (args.report !== null) writeReport(args.report, simulation);
  if (args.json) {
    if (args.out === null) process.stdout.write(`${json}\n`);
  } else process.stdout.write(`${report(simulation, result)}\n`);
}

/** A scenario of the catalogue, or a file. */
function given(nameOrFile: string): unknown {
  const scenario = scenarioFrom(nameOrFile);
  return typeof scenario === 'string' ? scenarioByName(scenario) : scenario;
}

function pullsOf(args: SimArguments, scenario: Scenario): Pull[] {
  const pulls: Pull[] = [];
  for (const name of args.presets) {
    const preset = scenario.presets[name];
    if (!preset)
      throw new InputError(
        '--preset',
        `one of ${Object.keys(scenario.presets).join(', ') || 'the presets of the scenario (it has none)'}`,
        JSON.stringify(name),
      );
    const atS = atSeconds(preset.at, scenario, `presets.${name}.at`);
    for (const [lever, value] of Object.entries(preset.pulls))
      pulls.push(withinRun({ atS, lever, value }, scenario, '--at'));
  }
  return [...pulls, ...args.pulls.map((text) => pullFrom(text, scenario, '--at'))];
}

function writeReport(file: string, simulation: Simulation): void {
  const report = loadReport(simulation);
  const startS = parseClock(simulation.scenario.startsAt, 'startsAt');
  write(
    '--report',
    file,
    file.endsWith('.json') ? `${JSON.stringify(report)}\n` : loadReportHtml(report, startS),
  );
}

function write(option: string, file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(
      option,
      'a file that can be written',
      `${file} (${(error as NodeJS.ErrnoException).code ?? 'error'})`,
    );
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`sim: ${error.message}\n`);
  process.exitCode = 2;
}
