/** A browser for the cases that need one: found, started on a profile of its own, and given what it is to run. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { chromiumFlags, findChromium } from '../../../../lab/setup/browser.mjs';
import { isBuilt } from '../../../../lab/setup/build.mjs';
import { tool } from '../../../../lab/setup/packages.mjs';
import { dist, top } from '../../../../lab/setup/places.mjs';
import { serve } from '../../../../lab/setup/server.mjs';
import { firstLineOf } from './versions.ts';

/** In the place of a peer that could not run. */
export const NO_CHROMIUM = 'Chromium: missing (apt-get install chromium)';

const FIRST_PORT = 4700;
const CONFIG = fileURLToPath(new URL('../../bench/build.config.mjs', import.meta.url));

type Program = 'prime-day-worker' | 'idb-writes-worker';

/** A worker in the browser, which answers each message with one. */
export interface BrowserWorker {
  ask(message: unknown): Promise<number>;
  close(): Promise<void>;
}

export interface Chromium {
  /** With its version. */
  name: string;
  program: string;
  context: BrowserContext;
  /** Starts one of engine/runner/bench in a page of its own. */
  worker(program: Program): Promise<BrowserWorker>;
  /** Counts what the pages opened from now on do: see page-probe.ts. */
  probe(): Promise<void>;
  /** Address of the built site. */
  site(): Promise<string>;
}

/**
 * Runs the task with a browser that starts with an empty profile on the disk, and takes all away again. Null where no browser is
 * installed.
 */
export async function inChromium<T>(task: (chromium: Chromium) => Promise<T>): Promise<T | null> {
  const program = await findChromium();
  if (program === undefined) return null;
  const folder = mkdtempSync(join(tmpdir(), 'bench-browser-'));
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const { chromium } = await import('@playwright/test');
    // A profile on the disk: a private window keeps its IndexedDB in memory.
    const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: program,
      args: chromiumFlags,
      viewport: { width: 1440, height: 900 },
    });
    closing.unshift(() => context.close());
    // The lab stores itself for offline use, which would run beside what is measured.
    await context.addInitScript("localStorage.setItem('surge-lab.offline', 'off')");
    const served = async (from: string): Promise<string> => {
      const { server, address } = await serve({ folder: from, port: FIRST_PORT });
      closing.unshift(
        () => server.closeAllConnections(),
        () => server.close(),
      );
      return address;
    };
    const programs = once(() => buildPrograms(join(folder, 'programs')));
    const workers = once(async () => served(programs()));
    const site = once(async () => {
      if (!isBuilt()) runQuietly(...tool('vite/bin/vite.js', 'build'));
      return served(dist);
    });
    return await task({
      name: `Chromium ${/\d[\d.]*/.exec(firstLineOf(program, '--version') ?? '')?.[0] ?? ''}`.trim(),
      program,
      context,
      worker: async (name) => workerIn(await context.newPage(), await workers(), name),
      probe: async () => void (await context.addInitScript({ path: join(programs(), 'page-probe.js') })),
      site,
    });
  } finally {
    for (const close of closing) await close();
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** @returns the folder */
function buildPrograms(folder: string): string {
  runQuietly(...tool('vite/bin/vite.js', 'build', '--config', CONFIG, '--outDir', folder));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Benchmark</title>');
  return folder;
}

/** What it prints goes beside the results, not among them. */
function runQuietly(command: string, args: string[]): void {
  execFileSync(command, args, { cwd: top, stdio: ['ignore', process.stderr, process.stderr] });
}

async function workerIn(page: Page, address: string, program: Program): Promise<BrowserWorker> {
  await page.goto(address);
  await page.evaluate(`{
    const worker = new Worker('./${program}.js', { type: 'module' });
    globalThis.ask = (message) => new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message || 'the worker could not be loaded'));
      worker.postMessage(message);
    });
  }`);
  return {
    ask: (message) => page.evaluate<number>(`ask(${JSON.stringify(message)})`),
    close: () => page.close(),
  };
}
