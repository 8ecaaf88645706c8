/** The page of the full scale: 500 M requests on all cores, with the page open and its charts drawn as the cells come in. */
import type { Page } from '@playwright/test';
import type { PageFigures } from '../../bench/protocol.ts';
import { inChromium, NO_CHROMIUM, type Chromium } from './browser.ts';
import type { Case, CaseOptions, Row } from './case.ts';
import { HeapReader } from './heap.ts';

const WHOLE_CELLS = 394;
const QUICK_CELLS = 4;
const LOOK_EVERY_MS = 500;
const AT_MOST_MS = 1_800_000;

async function run({ quick }: CaseOptions): Promise<Row[]> {
  return (await inChromium((chromium) => inside(chromium, quick))) ?? rows(null, 'whole', 0);
}

interface Figures extends PageFigures {
  wallS: number;
  heapMb: number;
  workers: number;
}

async function inside(chromium: Chromium, quick: boolean): Promise<Row[]> {
  await chromium.probe();
  const page = await chromium.context.newPage();
  await page.goto(`${await chromium.site()}#/scale`);
  const start = page.getByRole('button', { name: /^Simulate/ });
  await start.waitFor();
  const size = quick ? 'Another number of cells' : `500 million requests, ${WHOLE_CELLS} cells`;
  await page
    .getByText(quick ? 'Other' : '500 M requests', { exact: true })
    .first()
    .click();
  await page.getByRole('radio', { name: size, checked: true }).waitFor({ state: 'attached' });
  if (quick) await page.getByLabel(/^Cells/).fill(String(QUICK_CELLS));
  const heap = await HeapReader.of(page);
  await page.evaluate('benchProbe.begin()');
  const began = performance.now();
  await start.click();
  const heapMb = await untilFinished(page, heap, began);
  const wallS = (performance.now() - began) / 1000;
  const figures = await page.evaluate<PageFigures>('benchProbe.read()');
  return rows({ ...figures, wallS, heapMb, workers: heap.workers }, quick ? 'part' : 'whole', QUICK_CELLS);
}

/** @returns the most heap that was seen, of the page and its workers, in MB */
async function untilFinished(page: Page, heap: HeapReader, began: number): Promise<number> {
  const finished = page.getByText('Finished', { exact: true });
  let mostBytes = 0;
  while (!(await finished.isVisible())) {
    if (await page.getByRole('alert').isVisible()) throw new Error(await page.getByRole('alert').innerText());
    if (performance.now() - began > AT_MOST_MS)
      throw new Error('full-scale: expected an end within 30 minutes');
    mostBytes = Math.max(mostBytes, await heap.bytes());
    await page.waitForTimeout(LOOK_EVERY_MS);
  }
  return mostBytes / 1e6;
}

function rows(figures: Figures | null, extent: 'whole' | 'part', cells: number): Row[] {
  const scale = extent === 'part' ? WHOLE_CELLS / cells : 1;
  const wall =
    extent === 'part' ? `500 M requests, scaled up from ${cells} of ${WHOLE_CELLS} cells` : '500 M requests';
  const row = { peer: figures === null ? NO_CHROMIUM : null, ratio: null };
  return [
    { ...row, case: wall, value: figures && figures.wallS * scale, unit: 's', target: '<= 60 s' },
    {
      ...row,
      case: 'longest task of the page',
      // The browser tells of tasks from 50 ms on.
      value: figures && figures.longestTaskMs,
      unit: 'ms (0: none above 50)',
      target: '<= 50 ms',
    },
    {
      ...row,
      case: 'frames of the page',
      value: figures && figures.frames / figures.seconds,
      unit: 'frames/s',
      target: '>= 59 frames/s',
    },
    {
      ...row,
      case: `most heap, page and ${figures?.workers ?? 0} workers`,
      value: figures && figures.heapMb,
      unit: 'MB',
      target: '<= 300 MB',
    },
  ];
}

export const fullScale: Case = {
  name: 'full-scale',
  summary:
    'The page “Full scale”, 500 M requests on all cores, one run: its time, its frames and its memory.',
  run,
};
