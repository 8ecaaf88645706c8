import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import type { CsvColumns } from './formats/format.ts';
import { createDecoder, formatNamed, type FormatName } from './trace-formats.ts';
import type { Trace } from './trace.ts';

type Content = string | Uint8Array;

const bytesOf = (content: Content): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

/** Decodes with cuts at these places. */
function decode(
  content: Content,
  {
    name = 'trace',
    format = null as FormatName | null,
    columns = {} as CsvColumns,
    cuts = [] as number[],
  } = {},
): Trace & { format: FormatName | null } {
  const bytes = bytesOf(content);
  const decoder = createDecoder(format, { name, columns });
  let from = 0;
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    decoder.push(bytes.slice(from, cut));
    from = cut;
  }
  return { ...decoder.end(), format: decoder.format };
}

const ids = (content: Content, options: Parameters<typeof decode>[1] = {}): number[] => [
  ...decode(content, options).ids,
];

function complaint(content: Content, options: Parameters<typeof decode>[1] = {}): string {
  try {
    decode(content, options);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
  throw new Error('It was accepted.');
}

function bigEndian(...keys: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * keys.length));
  keys.forEach((key, i) => view.setInt32(4 * i, key));
  return new Uint8Array(view.buffer);
}

function oracleGeneral(...records: [time: number, id: bigint, size: number, next: number][]): Uint8Array {
  const view = new DataView(new ArrayBuffer(24 * records.length));
  records.forEach(([time, id, size, next], i) => {
    view.setUint32(24 * i, time, true);
    view.setBigUint64(24 * i + 4, id, true);
    view.setUint32(24 * i + 12, size, true);
    view.setBigInt64(24 * i + 16, BigInt(next), true);
  });
  return new Uint8Array(view.buffer);
}

describe('one key a line', () => {
  test('numbers and any text, numbered in the order in which they come', () => {
    const trace = decode('7\napple\n7\n007\nwhat is a cache?\napple\n');
    expect(trace).toMatchObject({ requests: 6, unique: 4, sizes: null, format: 'keys' });
    expect([...trace.ids]).toEqual([0, 1, 0, 2, 3, 1]);
  });

  test('CR LF, a byte order mark, no end of the last line, empty lines at the end', () => {
    expect(ids('\ufeff7\r\n8\r\n7')).toEqual([0, 1, 0]);
    expect(ids('7\n8\n\n \n\r\n')).toEqual([0, 1]);
  });

  test('no line is a comment, and case and blanks count', () => {
    expect(ids('# a\n#a\na\nA\na \n', { format: 'keys' })).toEqual([0, 1, 2, 3, 4]);
  });

  test('an empty line in between is an error', () => {
    expect(complaint('1\n2\n\n\n3\n')).toBe(
      'trace, line 3: expected a request, got an empty line. Empty lines may stand at the end of the file only.',
    );
  });

  test('what is not text is an error', () => {
    expect(complaint(Uint8Array.of(65, 10, 66, 0, 10), { format: 'keys' })).toMatch(
      /^trace, line 2: expected text, got the bytes 42 00/,
    );
    expect(complaint(Uint8Array.of(65, 10, 0xc3, 0x28, 10), { format: 'keys' })).toMatch(
      /line 2: expected text in UTF-8/,
    );
  });

  test('any text in UTF-8', () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((s) => !/\p{Cc}/u.test(s) && s.trim() !== '' && !s.startsWith('\ufeff'));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const unique = [...new Set(lines)];
        expect(ids(lines.join('\n'), { format: 'keys' })).toEqual(lines.map((text) => unique.indexOf(text)));
      }),
      { seed: 1 },
    );
  });
});

describe('ARC .lis', () => {
  test('start and count become a range', () => {
    const trace = decode('10 3 0 0\n11 2 0 1\n');
    expect(trace).toMatchObject({ requests: 5, unique: 3, format: 'arc' });
    expect([...trace.ids]).toEqual([0, 1, 2, 1, 2]);
  });

  test.each(['10 x 0 1', '10 3 0', '10 3 0 1 7', '10 0 0 1', '-1 3 0 1', '10 1.5 0 1'])(
    '"%s" is malformed',
    (line) => {
      expect(complaint(`5 1 0 0\n${line}\n6 1 0 1\n7 1 0 2\n`, { name: 'OLTP.lis' })).toMatch(
        /^OLTP\.lis, line 2: expected four whole numbers/,
      );
    },
  );

  test('a count that no memory holds is refused', () => {
    expect(complaint('0 1000000001 0 0\n', { format: 'arc' })).toMatch(
      /line 1: expected at most 1000000000 requests/,
    );
  });
});

describe('time id size', () => {
  test('ids may be text, times may have fractions', () => {
    const trace = decode('0 7 100\n0.5 a 200\n1e3 7 100\n');
    expect(trace).toMatchObject({ requests: 3, unique: 2, format: 'time-id-size' });
    expect([...trace.ids]).toEqual([0, 1, 0]);
    expect([...trace.sizes!]).toEqual([100, 200, 100]);
  });

  test.each(['3 9', '3 9 1 1', 'x 9 1', '3 9 -1', '3 9 1.5'])('"%s" is malformed', (line) => {
    expect(complaint(`1 7 100\n2 8 200\n${line}\n4 7 100\n`)).toMatch(
      /^trace, line 3: expected time id size/,
    );
  });
});

describe('csv', () => {
  test('the header says what is what', () => {
    const trace = decode(
      'version,time,op,size,lbn\n1,33898,2a,512,42\n1,33898,2a,4096,43\n1,33899,2a,512,42\n',
    );
    expect(trace).toMatchObject({ requests: 3, unique: 2, format: 'csv' });
    expect([...trace.ids]).toEqual([0, 1, 0]);
    expect([...trace.sizes!]).toEqual([512, 4096, 512]);
  });

  test('so does a header of libCacheSim, with a number sign', () => {
    expect(ids('# time, object, size, next_access_vtime\n1, 7, 10, -1\n2, 8, 10, -1\n')).toEqual([0, 1]);
  });

  test('without one, three or four columns are time, id, size, next', () => {
    const trace = decode('0,7,100,2\n1,8,200,-1\n2,7,100,-1\n');
    expect([...trace.ids, ...trace.sizes!]).toEqual([0, 1, 0, 100, 200, 100]);
  });

  test('columns by number or name, quotes, another delimiter', () => {
    const text = 'who\twhat\n1\t"a,b"\n2\ta\n3\t"a,b"\n';
    expect(ids(text, { format: 'csv', columns: { id: '2' } })).toEqual([0, 1, 0]);
    expect(ids(text, { format: 'csv', columns: { id: 'what' } })).toEqual([0, 1, 0]);
    expect(complaint(text, { format: 'csv', columns: { id: 'wat' } })).toMatch(
      /^--columns: expected a column of trace: 1 to 2 or who, what, got id=wat\. Did you mean what\?$/,
    );
    expect(complaint(text, { format: 'csv' })).toMatch(
      /line 1: expected columns that can be told apart.*--columns id=2/,
    );
  });

  test.each([
    ['2,8', 'expected 3 columns, as on the first line, got "2,8"'],
    ['x,8,1', 'expected a number as the time in column 1'],
    ['2,,1', 'expected a key in column 2'],
    ['2,8,big', 'expected a whole number of bytes as the size in column 3'],
  ])('"%s" is malformed', (line, expected) => {
    expect(complaint(`time,id,size\n1,7,1\n${line}\n`)).toContain(`trace, line 3: ${expected}`);
  });
});

describe('Mooncake', () => {
  const line = (hashIds: string): string =>
    `{"timestamp": 0, "input_length": 600, "output_length": 5, "hash_ids": ${hashIds}}`;

  test('each hash id is a request', () => {
    const trace = decode(`${line('[0, 1, 2]')}\n${line('[0, 1, 9]')}\n\n`);
    expect(trace).toMatchObject({ requests: 6, unique: 4, format: 'mooncake' });
    expect([...trace.ids]).toEqual([0, 1, 2, 0, 1, 3]);
  });

  test.each([
    '{"timestamp": 0}',
    line('7'),
    line('["a"]'),
    line('[-1]'),
    line('[1.5]'),
    '{"hash_ids": [1]',
    '[]',
  ])('%s is malformed', (bad) => {
    expect(complaint(`${line('[0]')}\n${bad}\n${line('[1]')}`)).toMatch(/^trace, line 2: expected/);
  });
});

describe('binary', () => {
  test('oracleGeneral: 64-bit ids and sizes', () => {
    const a = 2n ** 63n + 5n;
    const trace = decode(oracleGeneral([10, a, 100, 2], [11, 5n, 4294967295, -1], [12, a, 100, -1]));
    expect(trace).toMatchObject({ requests: 3, unique: 2, format: 'oracle-general' });
    expect([...trace.ids, ...trace.sizes!]).toEqual([0, 1, 0, 100, 4294967295, 100]);
  });

  test('big-endian integers', () => {
    const keys = Array.from({ length: 100 }, (_, i) => (i * i) % 37);
    const trace = decode(bigEndian(...keys));
    expect(trace).toMatchObject({ requests: 100, format: 'int32', sizes: null });
    const unique = [...new Set(keys)];
    expect([...trace.ids]).toEqual(keys.map((key) => unique.indexOf(key)));
    expect(ids(bigEndian(-1, 2 ** 31 - 1, -1), { format: 'int32' })).toEqual([0, 1, 0]);
  });

  test('a file that is cut off names the record', () => {
    const whole = oracleGeneral([1, 7n, 10, -1], [2, 8n, 10, -1]);
    expect(complaint(whole.slice(0, 40), { name: 'a.oracleGeneral.bin' })).toMatch(
      /^a\.oracleGeneral\.bin, record 2: expected 24 bytes, got only 16 before the end/,
    );
    expect(complaint(bigEndian(1, 2, 3).slice(0, 10), { format: 'int32' })).toMatch(
      /record 3: expected 4 bytes, got only 2/,
    );
  });
});

describe('what the file does not say', () => {
  test.each<[string, Content, RegExp]>([
    ['nothing in it', '', /expected a trace, got an empty file/],
    ['only empty lines', '\n\n', /got a file without a request/],
    ['two numbers a line', '1 2\n3 4\n', /got lines of 2 numbers\. Name the format: --format keys/],
    [
      'four numbers that could be several things',
      '1 2 3 4\n5 6 7 8\n',
      /got lines of 4 numbers\. Name the format/,
    ],
    ['five cells', '1,2,3,4,5\n', /got lines of 5 cells between ","\. Name the format/],
    ['several kinds', '1\n1 2 3\n1 2 3 4\n', /lines of several kinds/],
    [
      'noise',
      Uint8Array.from({ length: 4096 }, (_, i) => (i * i * 31) >> 3),
      /bytes that are neither text nor records/,
    ],
    [
      'another packer',
      Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1, 2),
      /packed by Zstandard\. Unpack it first: zstd -d/,
    ],
  ])('%s', (_, content, expected) => {
    expect(complaint(content)).toMatch(expected);
  });

  test('formats by name', () => {
    expect(formatNamed('oracleGeneral')).toBe('oracle-general');
    expect(formatNamed('LIS')).toBe('arc');
    expect(() => formatNamed('mooncak')).toThrow('Did you mean mooncake?');
  });
});

test('it makes no difference where the chunks are cut', () => {
  const contents: [Content, FormatName][] = [
    ['1\r\ntwo\n3\nzwölf\n1\n', 'keys'],
    ['10 3 0 0\n11 2 0 1\n', 'arc'],
    ['0 7 100\n1 a 200\n', 'time-id-size'],
    ['time,id,size\n1,7,10\n2,8,20\n', 'csv'],
    ['{"timestamp":0,"input_length":1,"output_length":1,"hash_ids":[1,2,1]}\n', 'mooncake'],
    [oracleGeneral([1, 7n, 10, 2], [2, 8n, 11, -1], [3, 7n, 10, -1]), 'oracle-general'],
    [bigEndian(1, 2, 3, 1, 2, 5), 'int32'],
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...contents),
      fc.array(fc.nat(70)),
      fc.boolean(),
      ([content, format], cuts, named) => {
        const within = cuts.map((cut) => Math.min(cut, bytesOf(content).length));
        expect(decode(content, { format: named ? format : null, cuts: within })).toEqual(
          decode(content, { format }),
        );
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

test('a file longer than what the format is told from', () => {
  const keys = Array.from({ length: 40_000 }, (_, i) => i % 1000);
  const trace = decode(keys.join('\n'), { cuts: [10, 65535, 65536, 65537, 100_000] });
  expect([...trace.ids]).toEqual(keys);
  expect(complaint(`${keys.join('\n')}\n\n1`)).toMatch(/^trace, line 40001: expected a request/);
});
