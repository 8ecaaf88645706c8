import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CLAIMS, claimById } from '../../claims/board.ts';
import { evaluate } from '../../claims/evaluate.ts';
import { parseClaimsArguments } from './claims-arguments.ts';
import { claimsJson, claimsReport, type ClaimsJson } from './claims-report.ts';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));

/** The command line in a process of its own, as `npm run claims --` starts it. */
function claims(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'engine/runner/cli/claims.ts', ...args],
      { cwd: TOP },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

describe('claims', () => {
  it('--json: measures what is asked for over threads, and says the same each time', async () => {
    const args = ['dollar-per-miss', 'hit-bands', '--jobs', '2', '--json'];
    const [one, two] = [await claims(...args), await claims(...args)];
    expect([one.code, one.stderr]).toEqual([0, '']);
    expect(two.stdout).toBe(one.stdout);
    const json = JSON.parse(one.stdout) as ClaimsJson;
    expect(json.claims.map(({ id, verdict }) => [id, verdict?.kind])).toEqual([
      ['hit-bands', 'reproduced'],
      ['dollar-per-miss', 'only if'],
    ]);
    expect(json.claims[1].cases).toHaveLength(3);
  });

  it('an unknown claim: exit 2 and one line that says so', async () => {
    const { code, stdout, stderr } = await claims('bill-call');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'claims: claim: expected the id of a claim, got "bill-call". Did you mean "bill-calls"?\n',
    );
  });
});

describe('the report', () => {
  const measured = ['hit-bands', 'evict-fifth', 'model-profiles', 'bill-calls'].map((id) => {
    const claim = claimById(id);
    return { claim, result: evaluate(claim, () => undefined) };
  });

  it('is a table for each part, with what holds under which condition', () => {
    const text = claimsReport(measured).replaceAll('\u00a0', ' ');
    expect(text).toContain('### Cache');
    expect(text).toContain('| 0.0 % | Only if the cache has five entries or more (20.0 %) |');
    expect(text).toContain('| – | – | Outside: How good a model’s answers are');
    expect(text).toContain('| −78 % or lower | – | not measured |');
    expect(text).toContain('4 claims: 1 reproduced, 1 only if, 1 outside what a run can show.');
  });

  it('as data has neither date nor machine in it', () => {
    expect(Object.keys(claimsJson(measured))).toEqual(['engine', 'confidence', 'claims']);
    expect(claimsJson(measured).claims[3]).toMatchObject({ id: 'bill-calls', verdict: null, cases: [] });
  });
});

describe('its arguments', () => {
  it('are ids and options in any order', () => {
    expect(parseClaimsArguments(['--json', 'bill-calls', '--jobs=3', 'keep-alive'])).toEqual({
      ids: ['bill-calls', 'keep-alive'],
      json: true,
      list: false,
      help: false,
      jobs: 3,
    });
    expect(parseClaimsArguments(['--list']).list).toBe(true);
    expect(CLAIMS.length).toBeGreaterThan(30);
  });

  it.each([
    [['--jsn'], 'Did you mean --json?'],
    [['--jobs', '0'], '--jobs: expected a whole number of 1 or more, got "0"'],
    [['--jobs'], 'got nothing'],
  ])('%j is refused', (argv, message) => expect(() => parseClaimsArguments(argv)).toThrow(message));
});
