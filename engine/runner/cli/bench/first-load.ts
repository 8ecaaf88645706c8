/** What the browser fetches before the first page is there, and how Lighthouse judges it. */
import { gzipSync } from 'node:zlib';
import { inChromium, NO_CHROMIUM, type Chromium } from './browser.ts';
import type { Case, CaseOptions, Row } from './case.ts';
import { lighthouseRows, MISSING_LIGHTHOUSE } from './lighthouse.ts';

/** By what the browser asks for; the course is the home page, the lab the page without a name. */
const PAGES = { home: '#/course', lab: '' } as const;
/** Idle work of a page, such as the parts that it fetches when nothing else is to be done, begins within this time. */
const SETTLES_MS = 3000;

type Kind = 'code' | 'worker' | 'font' | 'other';
export interface Fetched {
  /** From the site's folder, without the fragment. */
  path: string;
  gzipBytes: number;
}

/** Fonts, weights and WebAssembly are sent as they are: packed already, or counted apart. */
const PACKED = /\.(woff2|onnx|wasm)$/;
const EDITOR_OR_ENCODER =
  /(code-editor|look|EditPage|CodePage|PrimeDayPanel)-[^/]*\.js$|\.(onnx|wasm)$|tokenizer/;

export function kindOf(path: string): Kind {
  if (/worker-[^/]*\.js$/.test(path)) return 'worker';
  if (/\.woff2$/.test(path)) return 'font';
  return /(\.(js|css|html)|^)$/.test(path) ? 'code' : 'other';
}

/** What was fetched in the second list and not in the first. */
export const addedTo = (first: readonly Fetched[], second: readonly Fetched[]): Fetched[] => {
  const had = new Set(first.map(({ path }) => path));
  return second.filter(({ path }) => !had.has(path));
};

/** Rows of what was fetched, in kB of 1000 bytes. */
export function sizeRows(home: readonly Fetched[], lab: readonly Fetched[]): Row[] {
  const kB = (files: readonly Fetched[], ...kinds: Kind[]): number =>
    files.reduce((sum, { path, gzipBytes }) => sum + (kinds.includes(kindOf(path)) ? gzipBytes : 0), 0) /
    1000;
  const added = addedTo(home, lab);
  const row = { peer: null, ratio: null, unit: 'kB' };
  const early = [...home, ...added].filter(({ path }) => EDITOR_OR_ENCODER.test(path));
  return [
    {
      ...row,
      case: 'home: page, styles and scripts, gzip',
      value: kB(home, 'code', 'worker'),
      target: '<= 100 kB',
    },
    { ...row, case: 'home: fonts', value: kB(home, 'font'), target: null },
    { ...row, case: 'the lab adds, gzip', value: kB(added, 'code', 'worker'), target: '<= 60 kB' },
    { ...row, case: 'of it the engine, in its worker', value: kB(added, 'worker'), target: null },
    { ...row, case: 'the lab adds: fonts', value: kB(added, 'font'), target: null },
    {
      ...row,
      case: 'files of editor and encoder, unasked',
      value: early.length,
      unit: 'files',
      target: '<= 0 files',
    },
  ];
}

async function run({ quick }: CaseOptions): Promise<Row[]> {
  const home = await inChromium((chromium) => fetchedFor(chromium, PAGES.home));
  const lab = await inChromium((chromium) => fetchedFor(chromium, PAGES.lab));
  if (home === null || lab === null)
    return [
      { case: 'home, gzip', value: null, unit: 'kB', peer: NO_CHROMIUM, ratio: null, target: '<= 100 kB' },
      {
        case: 'the lab adds, gzip',
        value: null,
        unit: 'kB',
        peer: NO_CHROMIUM,
        ratio: null,
        target: '<= 60 kB',
      },
    ];
  const judged = await inChromium(async (chromium) =>
    lighthouseRows(chromium.program, await chromium.site(), PAGES, quick ? 1 : 3),
  );
  return [...sizeRows(home, lab), ...(judged ?? MISSING_LIGHTHOUSE)];
}

/** With nothing kept from before, as the first visit is. */
async function fetchedFor({ context, site }: Chromium, fragment: string): Promise<Fetched[]> {
  const address = await site();
  const arriving: Promise<Fetched>[] = [];
  context.on('response', (response) => {
    const { origin, pathname } = new URL(response.url());
    if (!address.startsWith(origin)) return;
    const path = pathname.slice(1);
    arriving.push(
      response
        .body()
        .then((body) => ({ path, gzipBytes: PACKED.test(path) ? body.length : gzipSync(body).length })),
    );
  });
  const page = await context.newPage();
  await page.goto(address + fragment);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(SETTLES_MS);
  return Promise.all(arriving);
}

export const firstLoad: Case = {
  name: 'first-load',
  summary:
    'What a first visit fetches, as a server sends it with gzip (level 6), and its mark by Lighthouse.',
  run,
};
