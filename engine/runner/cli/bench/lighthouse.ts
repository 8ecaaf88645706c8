/**
 * Lighthouse's mark of a page. It weighs 185 MB, so it is no package of ours: where it is installed it is used, either beside our packages
 * (`npm install --no-save lighthouse@12.8.2`) or as a program of that name.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromiumFlags } from '../../../../lab/setup/browser.mjs';
import { modules } from '../../../../lab/setup/places.mjs';
import type { Row } from './case.ts';
import { spread } from './paired.ts';
import { firstLineOf } from './versions.ts';

const TARGET = '>= 95 points';
const row = { unit: 'points', peer: null, ratio: null, target: TARGET };

export const MISSING_LIGHTHOUSE: Row[] = [
  {
    ...row,
    case: 'Lighthouse, performance',
    value: null,
    peer: 'Lighthouse: missing (npm install --no-save lighthouse@12.8.2)',
  },
];

/** The command of Lighthouse: [program, first arguments]; null where it is not installed. */
function lighthouse(): [string, string[]] | null {
  const script = join(modules, 'lighthouse', 'cli', 'index.js');
  if (existsSync(script)) return [process.execPath, [script]];
  return firstLineOf('lighthouse', '--version') === null ? null : ['lighthouse', []];
}

/** One row a page: the middle of so many marks, on Lighthouse's telephone with its slow network and processor. */
export async function lighthouseRows(
  browser: string,
  address: string,
  pages: Readonly<Record<string, string>>,
  times: number,
): Promise<Row[] | null> {
  const found = lighthouse();
  if (found === null) return null;
  const [program, first] = found;
  const version = firstLineOf(program, ...first, '--version') ?? '';
  const rows: Row[] = [];
  for (const [name, fragment] of Object.entries(pages)) {
    const marks: number[] = [];
    for (let i = 0; i < times; i++) {
      // Not waited for in one piece: this process serves the site.
      const { stdout } = await promisify(execFile)(
        program,
        [
          ...first,
          address + fragment,
          '--only-categories=performance',
          '--output=json',
          '--quiet',
          `--chrome-flags=--headless=new ${chromiumFlags.join(' ')}`,
        ],
        { maxBuffer: 1 << 28, env: { ...process.env, CHROME_PATH: browser } },
      );
      marks.push(markIn(stdout));
    }
    rows.push({ ...row, case: `${name}, performance by Lighthouse ${version}`, value: spread(marks).median });
  }
  return rows;
}

/** 0 to 100. @throws when the report has no mark, with what it says instead */
export function markIn(report: string): number {
  const { categories, runtimeError } = JSON.parse(report) as {
    categories?: { performance?: { score: number | null } };
    runtimeError?: { message: string };
  };
  const score = categories?.performance?.score;
  if (typeof score !== 'number')
    throw new Error(
      `Lighthouse: expected a mark for performance, got none: ${runtimeError?.message ?? 'no reason'}`,
    );
  return Math.round(score * 100);
}
