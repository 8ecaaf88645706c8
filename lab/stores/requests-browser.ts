import { RandomStream } from '../../engine/core/random.ts';
import { prose } from '../../engine/latency/context/sample-prose.ts';
import { timing, type Timing } from './requests-figures.ts';

/** The page itself, past every cache, and read to its end. */
export async function get(tag: string, signal: AbortSignal): Promise<void> {
  const url = new URL(location.href);
  url.hash = '';
  url.search = `?${tag}`;
  const answer = await fetch(url, { cache: 'no-store', signal });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`The server answered with status ${answer.status}.`);
}

/** The browser notes a request a little after it has ended. */
export async function timingsOf(tag: string, startMs: number, wanted: number): Promise<Map<number, Timing>> {
  const found = (): PerformanceResourceTiming[] =>
    performance
      .getEntriesByType('resource')
      .filter((entry): entry is PerformanceResourceTiming => entry.name.includes(`${tag}-`));
  for (let tries = 0; tries < 20 && found().length < wanted; tries++)
    await new Promise((resolve) => setTimeout(resolve, 25));
  const timings = new Map<number, Timing>();
  for (const entry of found()) {
    const parts = timing(entry);
    if (parts)
      timings.set(Number(entry.name.split('-').at(-1)), { ...parts, startMs: parts.startMs - startMs });
  }
  return timings;
}

/** Prompts of a sentence, no two alike. */
export function promptsOf(count: number): string[] {
  const stream = new RandomStream(8, 'prompts');
  return Array.from({ length: count }, (_, i) => `${i + 1}: ${prose(stream, 1)}`);
}
