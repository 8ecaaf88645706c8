/** The command line of the claims board: `npm run --silent claims -- [ID ...] [options]`. */
import { availableParallelism } from 'node:os';
import { CLAIMS } from '../../claims/board.ts';
import { ClaimsRun } from '../../claims/claims-run.ts';
import { InputError } from '../../core/errors.ts';
import { CLAIMS_USAGE, parseClaimsArguments } from './claims-arguments.ts';
import { claimsJson, claimsReport } from './claims-report.ts';
import { Progress } from './progress.ts';
import { threadRunner } from './trial-threads.ts';

async function main(argv: readonly string[]): Promise<void> {
  const { ids, json, list, help, jobs } = parseClaimsArguments(argv);
  const claims = CLAIMS.filter(({ id }) => ids.length === 0 || ids.includes(id));
  if (help) process.stdout.write(CLAIMS_USAGE);
  else if (list)
    process.stdout.write(`${claims.map(({ id, text }) => `${id.padEnd(24)}${text}`).join('\n')}\n`);
  else {
    const run = new ClaimsRun(CLAIMS);
    await runAll(run, run.want(claims), jobs, !json);
    for (const claim of claims) {
      const failure = run.failureOf(claim);
      if (failure !== undefined) throw new InputError(claim.id, 'runs that come to their end', failure);
    }
    const measured = claims.map((claim) => ({ claim, result: run.result(claim) }));
    process.stdout.write(`${json ? JSON.stringify(claimsJson(measured)) : claimsReport(measured)}\n`);
  }
}

/** Runs all trials, or those until Ctrl-C; then the exit code is that of an interrupted command. */
async function runAll(run: ClaimsRun, trials: number, jobs: number | null, visible: boolean): Promise<void> {
  if (trials === 0) return;
  const runner = threadRunner(Math.min(jobs ?? availableParallelism(), trials));
  const progress = new Progress(process.stderr, visible);
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

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`claims: ${error.message}\n`);
  process.exitCode = 2;
});
