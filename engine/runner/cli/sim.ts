/** The command line of the simulator: `npm run --silent sim -- SCENARIO [options]`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { InputError } from '../../core/errors.ts';
import { CATALOGUE, scenarioByName } from '../../scenarios/catalogue.ts';
import { applyOverrides } from '../../simulation/overrides.ts';
import { atSeconds, parseScenario, type Scenario } from '../../simulation/scenario.ts';
import { Simulation, type Pull } from '../../simulation/simulation.ts';
import { runResult } from '../result.ts';
import { parseArguments, USAGE, type SimArguments } from './arguments.ts';
import { Progress } from './progress.ts';
import { report } from './report.ts';

function main(argv: readonly string[]): void {
  const args = parseArguments(argv);
  if (args.help) {
    process.stdout.write(`${USAGE}\nScenarios: ${Object.keys(CATALOGUE).join(', ')}\n`);
    return;
  }
  const scenario = applyOverrides(parseScenario(load(args.scenario)), args.overrides);
  const until =
    args.until === null ? [] : [{ path: 'durationS', value: seconds(args.until, scenario, '--until') }];
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
  if (args.out !== null) write(args.out, `${json}\n`);
  if (args.json) {
    if (args.out === null) process.stdout.write(`${json}\n`);
  } else process.stdout.write(`${report(simulation, result)}\n`);
}

/** A scenario of the catalogue, or a file. */
function load(nameOrFile: string): unknown {
  const looksLikeFile = /[\\/]|\.json$/.test(nameOrFile);
  if (!looksLikeFile && !existsSync(nameOrFile)) return scenarioByName(nameOrFile);
  if (Object.hasOwn(CATALOGUE, nameOrFile)) return scenarioByName(nameOrFile);
  let text: string;
  try {
    text = readFileSync(nameOrFile, 'utf8');
  } catch (error) {
    throw new InputError(
      'scenario file',
      'a file that can be read',
      `${nameOrFile} (${(error as NodeJS.ErrnoException).code ?? 'error'})`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(
      nameOrFile,
      'a JSON object',
      `text that is not JSON (${(error as Error).message})`,
      'docs/scenarios.md describes the format.',
    );
  }
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
    for (const [lever, value] of Object.entries(preset.pulls)) pulls.push({ atS, lever, value });
  }
  for (const { at, lever, value } of args.pulls)
    pulls.push({ atS: seconds(at, scenario, '--at'), lever, value });
  for (const { atS, lever } of pulls)
    if (atS > scenario.durationS)
      throw new InputError(
        '--at',
        `a time within the run of ${scenario.durationS} s`,
        `${atS} s for ${lever}`,
      );
  return pulls;
}

/** A time of day, or seconds from the start. */
function seconds(text: string, scenario: Scenario, place: string): number {
  const n = Number(text);
  if (text.trim() !== '' && Number.isFinite(n)) {
    if (n < 0) throw new InputError(place, 'a time of 0 or more', text);
    return n;
  }
  return atSeconds(text, scenario, place);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(
      '--out',
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
