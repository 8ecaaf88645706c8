import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MODULE_PROFILES } from './catalogue.ts';
import { decimalUsd, ledgerCsv, textCell } from './ledger-csv.ts';
import { MoneySum } from './money.ts';
import { PriceBook } from './prices.ts';
import { SpendLedger } from './spend-ledger.ts';

const call = (tenant: string, cost: number) => ({
  tenant,
  agentType: 'support',
  criticality: 'normal' as const,
  model: 'gpt-3.5-turbo',
  usage: { inputTokens: 800, cachedTokens: 200, cacheWriteTokens: 0, outputTokens: 200 },
  cost,
  startMs: Date.UTC(2026, 10, 23),
});

/** Reads CSV as RFC 4180 has it. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, cell, end] of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/g)) {
    lines.at(-1)!.push(cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!);
    if (end === '\r\n') lines.push([]);
    if (end === '') break;
  }
  return lines.slice(0, -1);
}

describe('the ledger as CSV', () => {
  it('worked by hand', () => {
    const ledger = new SpendLedger({ baseline: { model: 'gpt-4', prices: new PriceBook(MODULE_PROFILES) } });
    ledger.add(call('acme, inc', 1_500_000_000));
    ledger.add(call('=1+1', 40_000_000_000_001));
    expect(ledgerCsv(ledger, ['tenant', 'day'])).toBe(
      [
        'by,name,calls,input_tokens,cached_tokens,cache_write_tokens,output_tokens,cost_usd,baseline_usd,saved_usd',
        `tenant,"'=1+1",1,800,200,0,200,40.000000000001,0.03,-39.970000000001`,
        'tenant,"acme, inc",1,800,200,0,200,0.0015,0.03,0.0285',
        'day,2026-11-23,2,1600,400,0,400,40.001500000001,0.06,-39.941500000001',
        'total,total,2,1600,400,0,400,40.001500000001,0.06,-39.941500000001',
        '',
      ].join('\r\n'),
    );
  });

  it('has no columns of a baseline without one, and a header and a total when empty', () => {
    expect(ledgerCsv(new SpendLedger())).toBe(
      'by,name,calls,input_tokens,cached_tokens,cache_write_tokens,output_tokens,cost_usd\r\ntotal,total,0,0,0,0,0,0\r\n',
    );
  });

  it('reads back as it was, whatever the tenants are called', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: fc.constantFrom(...'ab ,"\r\n=+-@\t\';') }), { maxLength: 8 }),
        (tenants) => {
          const ledger = new SpendLedger();
          for (const tenant of tenants) ledger.add(call(tenant, 1));
          const lines = readCsv(ledgerCsv(ledger, ['tenant']));
          expect(lines.every((cells) => cells.length === 8)).toBe(true);
          const names = lines.slice(1, -1).map((cells) => cells[1]!);
          expect(
            names
              .map((name, i) => [name, `'${ledger.rows('tenant')[i]!.name}`].includes(name))
              .every(Boolean),
          ).toBe(true);
          expect(names.map((name) => name.replace(/^'/, '')).sort()).toEqual(
            tenants.map((name) => name.replace(/^'/, '')).sort(),
          );
          for (const name of names) expect(name).not.toMatch(/^\s*[=+\-@]|^[\t\r\n]/);
        },
      ),
    );
  });
});

describe('cells', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['  =1', `"'  =1"`],
    ['\t=1', `"'\t=1"`],
    ['＝1', `"'＝1"`],
    ['a-b', 'a-b'],
    ['', ''],
  ])('%j is %s', (text, cell) => {
    expect(textCell(text)).toBe(cell);
  });

  it.each<[string, string]>([
    ['0', '0'],
    ['1', '0.000000000001'],
    ['1000000000000', '1'],
    ['12345678901234500000', '12345678.9012345'],
    ['-500000000000', '-0.5'],
    ['-1', '-0.000000000001'],
  ])('%s pico-dollars are $%s', (pico, text) => {
    expect(decimalUsd(MoneySum.ofPicoText(pico, 'x'))).toBe(text);
  });
});
