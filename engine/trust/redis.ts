/** The simulated Redis is given the commands that a real one was given, at the same times, and must answer the same. */
import { RandomStream } from '../core/random.ts';
import { RedisServer } from '../cache/tiers/redis-simulated/server.ts';
import { resultOf, type Check, type CheckPoint } from './check.ts';
import { comparable, TextTable, written, type Transcript } from './transcript.ts';

const STEPS_AT_ONCE = 50;

/** One point for each command: replies that are equal, of those there are. */
export function redisCheck(transcript: Transcript): Check {
  const { steps, redis } = transcript;
  return {
    id: 'redis-replies',
    group: 'redis',
    title: `${steps.length.toLocaleString('en-US')} commands, right and wrong ones`,
    says: `A redis-server ${redis} was sent random commands: right ones, wrong ones, on keys of the wrong kind, at and after their expiry. The simulated one gets them at the same times. Every reply and every error text must be equal.`,
    source: `A record of redis-server ${redis}, kept with the source`,
    x: { title: 'Command', unit: '' },
    y: { title: 'Equal replies', unit: '' },
    *run() {
      const server = serverOf(transcript);
      const counts = new Map<string, { of: number; equal: number }>();
      for (const [i, [nowMs, words, reply]] of steps.entries()) {
        const command = words.map((place) => transcript.texts[place]!);
        const count = counts.get(command[0]!) ?? { of: 0, equal: 0 };
        counts.set(command[0]!, count);
        count.of++;
        if (answersAlike(server, transcript, command, nowMs, reply)) count.equal++;
        if (i % STEPS_AT_ONCE === 0) yield i / steps.length;
      }
      const points: CheckPoint[] = [...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { of, equal }], i) => ({
          series: 'Replies',
          label: name,
          x: i + 1,
          expected: of,
          measured: equal,
          halfWidth: 0,
          slack: 0,
          holds: of === equal,
        }));
      return resultOf(points);
    },
  };
}

/** As the real one was when the record began. */
export function serverOf({
  seed,
  quantum,
  steps,
}: Pick<Transcript, 'seed' | 'quantum' | 'steps'>): RedisServer {
  const server = new RedisServer({ random: new RandomStream(seed, 'server'), quantum });
  server.execute(['DEBUG', 'SET-ACTIVE-EXPIRE', '0'], steps[0]?.[0] ?? 0);
  return server;
}

function answersAlike(
  server: RedisServer,
  { texts }: Transcript,
  command: string[],
  nowMs: number,
  recorded: Transcript['steps'][number][2],
): boolean {
  const table = new TextTable();
  for (const text of texts) table.place(text);
  const answer = written(comparable(command, server.execute(command, nowMs)), table);
  return JSON.stringify(answer) === JSON.stringify(recorded);
}
