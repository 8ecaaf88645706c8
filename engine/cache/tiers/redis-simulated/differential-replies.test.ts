/** Random commands, one after the other, against a real server: every reply and every error text must be equal. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { RedisServer } from './server.ts';
import { RedisFailure, type RedisReply, type RedisStatus } from './reply.ts';
import { quantumOf } from './testing/quantum.node.ts';
import { randomCommand } from './testing/random-commands.ts';
import { mustHaveRedis, RealRedis, redisNote, redisProgram, timeMs } from './testing/real-redis.node.ts';

/** Whose replies come in an order that the hash decides. */
const UNORDERED = new Set(['SCAN', 'SMEMBERS']);

describe.skipIf(!redisProgram && !mustHaveRedis)(
  `simulated Redis against the real one, replies${redisNote}`,
  () => {
    let real: RealRedis;
    beforeAll(async () => {
      expect(redisProgram, 'CI must have redis-server in PATH').toBeDefined();
      real = await RealRedis.start(redisProgram!);
    });
    afterAll(() => real?.stop());

    it.each([1, 2, 3, 4])('answers 2,500 random commands alike (seed %i)', async (seed) => {
      await real.pipeline([
        ['FLUSHALL'],
        ['DEBUG', 'SET-ACTIVE-EXPIRE', '0'],
        ['CONFIG', 'SET', 'maxmemory-samples', '5'],
      ]);
      const simulated = new RedisServer({
        random: new RandomStream(seed, 'server'),
        quantum: await quantumOf(real),
      });
      const random = new RandomStream(seed, 'commands');
      simulated.execute(['DEBUG', 'SET-ACTIVE-EXPIRE', '0'], await real.nowMs());
      let unsure = 0;
      const counts = new Map<string, number>();
      for (let i = 0; i < 2500; i++) {
        const command = randomCommand(random, await real.nowMs());
        const [before, reply, after] = await real.pipeline([['TIME'], command, ['TIME']]);
        const nowMs = Math.floor(timeMs(before!));
        const answer = simulated.execute(command, nowMs);
        if (command[0] === 'MEMORY' && command[2] !== undefined) {
          // A set's table may be half moved; what it costs then is not modelled to the byte.
          const [type] = await real.pipeline([['TYPE', command[2]]]);
          simulated.execute(['TYPE', command[2]], nowMs);
          if ((type as RedisStatus).text === 'set') continue;
        }
        if (Math.floor(timeMs(after!)) !== nowMs) {
          // The millisecond changed around the command, so the real one may have seen either: forget what it touched.
          unsure++;
          const wipe = [['FLUSHALL'], ['CONFIG', 'SET', 'maxmemory-samples', '5']];
          await real.pipeline(wipe);
          for (const step of wipe) simulated.execute(step, nowMs);
          continue;
        }
        expect(comparable(command, answer), `${i}: ${command.join(' ')}`).toEqual(
          comparable(command, reply!),
        );
        const kind = reply instanceof RedisFailure ? `${reply.code} errors` : 'answers';
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
      // The test has power: errors of every kind came up, and few steps were undecidable.
      expect(unsure).toBeLessThan(1000);
      expect(counts.get('ERR errors')).toBeGreaterThan(200);
      expect(counts.get('WRONGTYPE errors')).toBeGreaterThan(20);
    });
  },
);

function comparable([name]: readonly string[], reply: RedisReply): RedisReply {
  if (reply instanceof RedisFailure) return reply;
  if (name === 'SMEMBERS') return [...(reply as string[])].sort();
  if (UNORDERED.has(name!)) {
    const [cursor, keys] = reply as [string, string[]];
    return [cursor, [...keys].sort()];
  }
  return reply;
}
