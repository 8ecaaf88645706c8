import type { RandomStream } from '../../../../core/random.ts';

const KEYS = ['a', 'b', 'c', 'd', 'ключ', 'key:with:colons', 'x'.repeat(40)];
const VALUES = [
  '',
  'hello',
  '0',
  '12',
  '-7',
  '9999',
  '10000',
  '012',
  '+5',
  ' 5',
  '3.5',
  '9223372036854775807',
  '-9223372036854775808',
  '9223372036854775808',
  '💾 «é»',
  'y'.repeat(44),
  'y'.repeat(45),
  'z'.repeat(300),
  'w'.repeat(5000),
];
const INTEGERS = [
  '1',
  '0',
  '-1',
  '42',
  '100',
  'abc',
  '',
  '1.5',
  '9223372036854775807',
  '-9223372036854775808',
];
/** None beyond 2⁵³ ms, where the simulated one's times stop being exact. */
const ODD_TIMES = ['1', '0', '-1', 'abc', '', '1.5', '99999999999999999999'];
const SECONDS = ['100', '1000', '0', '-5', 'ten', '9223372036854775807', '1'];
const MILLISECONDS = [
  '100000',
  '3',
  '9',
  '0',
  '-5',
  'x',
  '9223372036854775807',
  '99999999999999999999',
  '400000',
];

/** Random commands, right and wrong ones, over few keys so that they meet. @param nowMs for absolute times */
export function randomCommand(random: RandomStream, nowMs: number): string[] {
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]!;
  const key = (): string => pick(KEYS);
  const value = (): string => pick(VALUES);
  const some = (make: () => string, most: number): string[] =>
    Array.from({ length: 1 + random.below(most) }, make);
  const at = (unit: number): string =>
    pick([String(Math.floor((nowMs + pick([-5000, 60_000, 500_000])) / unit)), pick(ODD_TIMES)]);
  const setOption = (): string[] =>
    pick([
      ['EX', pick(SECONDS)],
      ['px', pick(MILLISECONDS)],
      ['EXAT', at(1000)],
      ['PXAT', at(1)],
      ['NX'],
      ['XX'],
      ['KEEPTTL'],
      ['GET'],
      ['PERSIST'],
      ['nonsense'],
      ['EX'],
    ]);
  const condition = (): string[] =>
    random.below(2) ? [] : some(() => pick(['NX', 'XX', 'GT', 'LT', 'QQ']), 2);

  const makers: (() => string[])[] = [
    () => ['GET', key()],
    () => ['SET', key(), value()],
    () => ['SET', key(), value(), ...setOption()],
    () => ['SET', key(), value(), ...setOption(), ...setOption()],
    () => ['SETNX', key(), value()],
    () => ['SETEX', key(), pick(SECONDS), value()],
    () => ['PSETEX', key(), pick(MILLISECONDS), value()],
    () => ['GETEX', key(), ...pick([[], setOption()])],
    () => ['GETDEL', key()],
    () => ['GETSET', key(), value()],
    () => ['MGET', ...some(key, 4)],
    () => ['MSET', ...some(() => '', 3).flatMap(() => [key(), value()]), ...pick([[], [], [key()]])],
    () => ['STRLEN', key()],
    () => [pick(['INCR', 'DECR']), key()],
    () => [pick(['INCRBY', 'DECRBY']), key(), pick(INTEGERS)],
    () => [pick(['DEL', 'UNLINK', 'EXISTS', 'TOUCH']), ...some(key, 3)],
    () => ['EXPIRE', key(), pick(SECONDS), ...condition()],
    () => ['PEXPIRE', key(), pick(MILLISECONDS), ...condition()],
    () => ['EXPIREAT', key(), at(1000), ...condition()],
    () => ['PEXPIREAT', key(), at(1), ...condition()],
    () => [pick(['TTL', 'PTTL', 'EXPIRETIME', 'PEXPIRETIME', 'PERSIST', 'TYPE']), key()],
    () => ['DBSIZE'],
    () => ['SADD', key(), ...some(value, 3)],
    () => ['SREM', key(), ...some(value, 3)],
    () => [pick(['SMEMBERS', 'SCARD']), key()],
    () => ['SISMEMBER', key(), value()],
    () => ['OBJECT', pick(['ENCODING', 'FREQ']), key()],
    () => ['MEMORY', 'USAGE', key()],
    () => [
      'SCAN',
      '0',
      'COUNT',
      '1000',
      ...pick([[], ['MATCH', pick(['*', 'k*', '[a-c]', '?', 'x*x', '[^a]'])]]),
    ],
    () => ['SCAN', pick(['x', '-1', '0']), ...pick([['COUNT', '0'], ['COUNT'], ['MATCH'], ['what', '1']])],
    () => [pick(['PING', 'ping']), ...pick([[], ['hey'], ['a', 'b']])],
    () => [pick(['FLUSHALL', 'FLUSHDB']), ...pick([[], ['SYNC'], ['whenever'], ['SYNC', 'x']])],
    () => ['CONFIG', 'SET', 'maxmemory-samples', pick(['5', '0', 'many', '7'])],
    () => ['CONFIG', 'GET', pick(['maxmemory-samples', 'lfu-decay-time', 'no-such'])],
    () => [
      pick(['NOSUCH', 'gett', 'MEMORY', 'CONFIG', 'OBJECT']),
      ...pick([[], ['one'], ['one', 'two words']]),
    ],
    // Wrong numbers of words
    () => [
      pick(['GET', 'SET', 'SETEX', 'MGET', 'TTL', 'DEL', 'INCR', 'EXPIRE', 'SADD', 'DBSIZE']),
      ...some(key, 5),
    ],
    () => [pick(['GET', 'SET', 'PSETEX', 'MSET', 'DEL', 'TYPE', 'DECRBY', 'SMEMBERS', 'SCAN'])],
  ];
  return pick(makers)();
}
