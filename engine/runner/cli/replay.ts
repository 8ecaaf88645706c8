/** The command line of the trace replay: `npm run --silent replay -- FILE [options]`. */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ReplayCapacity } from '../../cache/replay/replay.ts';
import { replayAll, type ReplayRun } from '../../cache/replay/run.ts';
import { uniqueBytes, type Trace } from '../../cache/replay/trace.ts';
import { generateTrace } from '../../cache/workloads/catalogue.ts';
import { InputError } from '../../core/errors.ts';
import { readTrace } from '../read-trace.ts';
import { Progress } from './progress.ts';
import {
  parseReplayArguments,
  REPLAY_USAGE,
  type CapacityArgument,
  type ReplayArguments,
} from './replay-arguments.ts';
import { replayJson, replayReport } from './replay-report.ts';

async function main(argv: readonly string[]): Promise<void> {
  const args = parseReplayArguments(argv);
  if (args.help) {
    process.stdout.write(REPLAY_USAGE);
    return;
  }
  const { trace, title } = await load(args);
  const policies = [...args.policies];
  // Whoever reads a table wants to know how far the best is from what is possible.
  if (!args.json) {
    if (policies.includes('opt')) policies.splice(policies.indexOf('opt'), 1);
    policies.push('opt');
  }
  const capacities = args.capacities.map((capacity) => capacityOf(capacity, trace));
  const runs: ReplayRun[] = policies.flatMap((policy) =>
    capacities.map((capacity) => ({ policy, capacity })),
  );
  const began = performance.now();
  const progress = new Progress(process.stderr, !args.json);
  const results = await replayAll(trace, runs, {
    seed: args.seed,
    onProgress: (done) => progress.show(done),
  });
  progress.clear();
  process.stdout.write(
    `${args.json ? replayJson(trace, runs, results) : replayReport(title, trace, runs, results, performance.now() - began)}\n`,
  );
}

async function load(args: ReplayArguments): Promise<{ trace: Trace; title: string }> {
  if (args.generate !== null) {
    const { name, seed } = args.generate;
    return { trace: generateTrace(args.generate), title: `${name} (generated, seed ${seed})` };
  }
  const path = args.file as string;
  const progress = new Progress(process.stderr, !args.json);
  const { trace, format } = await readTrace(
    {
      name: basename(path),
      sizeBytes: sizeOf(path),
      chunks: createReadStream(path, { highWaterMark: 1 << 20 }),
    },
    { format: args.format, columns: args.columns, onProgress: (done) => progress.show(done) },
  );
  progress.clear();
  return { trace, title: `${basename(path)} (${format})` };
}

function sizeOf(path: string): number {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw Object.assign(new Error(), { code: 'a directory' });
    return stat.size;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): InputError {
  const code = (error as NodeJS.ErrnoException).code ?? 'error';
  const why = code === 'ENOENT' ? 'there is none' : code === 'EACCES' ? 'no permission' : code;
  return new InputError('trace', 'a file that can be read', `${path} (${why})`);
}

function capacityOf({ unit, value, relative }: CapacityArgument, trace: Trace): ReplayCapacity {
  if (unit === 'entries')
    return { entries: relative ? Math.max(1, Math.round(value * trace.unique)) : value };
  const all = uniqueBytes(trace);
  if (all === null)
    throw new InputError(
      '--bytes',
      'a trace with sizes',
      'one without',
      'Bound the entries: --capacity 1000.',
    );
  return { bytes: relative ? Math.max(1, Math.round(value * all)) : value };
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const bad = error instanceof InputError ? error : isFileError(error) ? unreadable(error.path, error) : null;
  if (bad === null) throw error;
  process.stderr.write(`replay: ${bad.message}\n`);
  process.exitCode = 2;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { path: string } {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}
