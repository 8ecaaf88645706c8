import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { RedisServer, SingleThread } from './index.ts';

describe('what a command costs', () => {
  const costs = { commandMs: 10, keyMs: 3, kibMs: 1, elementMs: 0.5 };
  const server = new RedisServer({ random: new RandomStream(1, 'x'), costs });
  server.execute(['SET', 'large', 'v'.repeat(4096)], 0);

  it.each([
    ['PING', 10],
    ['GET none', 10],
    ['GET large', 14],
    ['MGET large none', 17],
    ['DEL a b c', 16],
    ['MSET a 1 b 2', 13],
    ['SCAN 0 COUNT 100', 60],
    [`SET a ${'v'.repeat(2048)}`, 12],
  ])('%s', (line, ms) => {
    expect(Math.round(server.costOf(line.split(' ')))).toBe(ms);
  });
});

it('one thread serves in the order of arrival', () => {
  const thread = new SingleThread();
  expect(thread.reserve(100, 5)).toBe(105);
  expect(thread.waitMs(101)).toBe(4);
  expect(thread.reserve(101, 5)).toBe(110);
  expect(thread.reserve(200, 5)).toBe(205);
  expect(thread.waitMs(300)).toBe(0);
});
