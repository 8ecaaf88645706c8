import type { Quantum } from '../memory-model.ts';
import type { RealRedis } from './real-redis.node.ts';

/** Which jemalloc a real server has: a key of 20 bytes takes 24 with its own, 32 with the system's (memory-model.ts). */
export async function quantumOf(real: RealRedis): Promise<Quantum> {
  const key = 'k'.repeat(20);
  await real.send('SET', key, '1234567');
  const usage = Number(await real.send('MEMORY', 'USAGE', key));
  await real.send('DEL', key);
  return usage === 24 + 24 + 16 ? 8 : 16;
}
