/** `npm run record:redis`: asks a real redis-server and writes down what it says. Needs redis-server in PATH. */
import { writeFileSync } from 'node:fs';
import { RandomStream } from '../core/random.ts';
import { quantumOf } from '../cache/tiers/redis-simulated/testing/quantum.node.ts';
import { randomCommand } from '../cache/tiers/redis-simulated/testing/random-commands.ts';
import {
  RealRedis,
  redisNote,
  redisProgram,
  timeMs,
} from '../cache/tiers/redis-simulated/testing/real-redis.node.ts';
import type { RedisReply } from '../cache/tiers/redis-simulated/reply.ts';
import { comparable, TextTable, written, type Transcript } from './transcript.ts';

const COMMANDS = 2000;
const SEED = 1;

/** Sends random commands one after the other; those during which the millisecond changed are undecidable and are wiped away. */
async function record(real: RealRedis): Promise<Transcript> {
  const wipe = [['FLUSHALL'], ['CONFIG', 'SET', 'maxmemory-samples', '5']];
  await real.pipeline([...wipe, ['DEBUG', 'SET-ACTIVE-EXPIRE', '0']]);
  const info = (await real.send('INFO', 'server')) as string;
  const quantum = (await quantumOf(real)) as 8 | 16;
  const table = new TextTable();
  const steps: Transcript['steps'] = [];
  const random = new RandomStream(SEED, 'commands');
  const add = (nowMs: number, command: string[], reply: RedisReply): void => {
    const words = command.map((word) => table.place(word));
    steps.push([nowMs, words, written(comparable(command, reply), table)]);
  };
  while (steps.length < COMMANDS) {
    const command = randomCommand(random, await real.nowMs());
    const [before, reply, after] = await real.pipeline([['TIME'], command, ['TIME']]);
    const nowMs = Math.floor(timeMs(before!));
    // What a set's table costs while it is half moved is not modelled to the byte.
    const undecidable =
      command[0] === 'MEMORY' || command[0] === 'INFO' || Math.floor(timeMs(after!)) !== nowMs;
    if (!undecidable) add(nowMs, command, reply!);
    else for (const [i, answer] of (await real.pipeline(wipe)).entries()) add(nowMs, wipe[i]!, answer);
  }
  const redis = /redis_version:(\S+)/.exec(info)![1]!;
  return { redis, quantum, seed: SEED, texts: table.texts, steps };
}

if (redisProgram === undefined) {
  console.error(`There is no redis-server to ask.${redisNote}`);
  process.exit(2);
}
const real = await RealRedis.start(redisProgram);
try {
  const transcript = await record(real);
  const { steps, ...head } = transcript;
  const lines = [head, ...steps].map((line) => `${JSON.stringify(line)}\n`);
  writeFileSync(new URL('redis-transcript.jsonl', import.meta.url), lines.join(''));
  console.log(`${transcript.steps.length} commands answered by redis-server ${transcript.redis}.`);
} finally {
  await real.stop();
}
