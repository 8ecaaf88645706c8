/** The command line of the benchmarks: `npm run bench`, or `npm run --silent bench -- NAME [--json]`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { InputError } from '../../core/errors.ts';
import { BENCH_USAGE, parseBenchArguments } from './bench/arguments.ts';
import { CASES } from './bench/registry.ts';
import { markdown, textTable, withSection, type CaseRows, type Conditions } from './bench/report.ts';
import { firstLineOf } from './bench/versions.ts';

async function main(argv: readonly string[]): Promise<void> {
  const args = parseBenchArguments(
    argv,
    CASES.map(({ name }) => name),
  );
  if (args.help) {
    process.stdout.write(
      `${BENCH_USAGE}\nNames:\n${CASES.map(({ name, summary }) => `  ${name}: ${summary}\n`).join('')}`,
    );
    return;
  }
  const done: CaseRows[] = [];
  for (const { name, summary, run } of CASES) {
    if (args.name !== null && args.name !== name) continue;
    const rows = await run(args);
    done.push({ name, summary, rows });
    process.stdout.write(
      args.json ? `${JSON.stringify({ name, rows })}\n` : `${name}: ${summary}\n${textTable(rows)}\n\n`,
    );
  }
  if (args.quick || (args.name !== null && !args.write)) return;
  const file = new URL('../../../docs/benchmarks.md', import.meta.url);
  const conditions = conditionsOf(args.pairs);
  const names = CASES.map(({ name }) => name);
  writeFileSync(
    file,
    args.name === null
      ? markdown(done, conditions)
      : withSection(readFileSync(file, 'utf8'), done[0]!, conditions, names),
  );
}

function conditionsOf(pairs: number): Conditions {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: processors.length,
    cpu: processors[0]?.model ?? 'unknown',
    versions: [`Node ${process.versions.node}`, firstLineOf('gcc', '--version') ?? 'no gcc'],
    pairs,
  };
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 2;
}
