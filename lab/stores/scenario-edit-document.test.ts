import { undo } from '@codemirror/commands';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CATALOGUE } from '../../engine/scenarios/catalogue.ts';
import { ScenarioDocument } from './scenario-edit-document.svelte.ts';
import { printJson } from './scenario-edit-text.ts';

const TEXT = '{\n  "name": "desk", "durationS": 60,\n  "load": { "ratePerS": 8 },\n  "path": ["a", "b"]\n}\n';
const typed = (doc: ScenarioDocument, from: number, insert: string): void =>
  doc.took(doc.state.update({ changes: { from, insert }, userEvent: 'input.type' }).state);

describe('one history for both sides', () => {
  it('takes back what was done last, in the form or in the text', () => {
    const doc = new ScenarioDocument(TEXT);
    doc.set(['load', 'ratePerS'], 9);
    const withForm = doc.text;
    typed(doc, TEXT.length, '\n');
    doc.remove(['path']);
    expect(doc.undo()).toBe(true);
    expect(doc.text).toBe(`${withForm}\n`);
    doc.undo();
    expect(doc.text).toBe(withForm);
    doc.undo();
    expect([doc.text, doc.canUndo, doc.canRedo]).toEqual([TEXT, false, true]);
    expect(doc.undo()).toBe(false);
    for (let i = 0; i < 3; i++) doc.redo();
    expect(doc.text).not.toContain('path');
  });
  it('takes what was typed into one field as one step', () => {
    const doc = new ScenarioDocument(TEXT);
    for (const value of [1, 12, 120]) doc.set(['durationS'], value);
    doc.undo();
    expect(doc.text).toBe(TEXT);
  });
  it('and into two fields, or into one again after a rest, as two', () => {
    const doc = new ScenarioDocument(TEXT);
    doc.set(['durationS'], 90);
    doc.set(['load', 'ratePerS'], 1);
    doc.undo();
    expect(doc.text).toBe(TEXT.replace('60', '90'));
    doc.set(['durationS'], 91);
    doc.rest();
    doc.set(['durationS'], 92);
    doc.undo();
    expect(doc.text).toBe(TEXT.replace('60', '91'));
  });
  it('is the editor’s own, so that its keys do the same', () => {
    const doc = new ScenarioDocument(TEXT);
    doc.set(['durationS'], 90);
    undo({ state: doc.state, dispatch: (transaction) => doc.took(transaction.state) });
    expect(doc.text).toBe(TEXT);
  });
  it('for any steps of the form, undoing all brings the text back, and redoing all the last one', () => {
    const text = printJson(CATALOGUE['hot-key']);
    const step = fc.oneof(
      fc.record({
        path: fc.constantFrom(
          ['durationS'],
          ['load', 'ratePerS'],
          ['load', 'factor'],
          ['caller', 'backoff', 'capMs'],
        ),
        value: fc.nat(),
      }),
      fc.constantFrom({ gone: ['question'] }, { gone: ['events', 0] }, { gone: ['levers'] }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const doc = new ScenarioDocument(text);
        for (const one of steps) {
          if ('gone' in one) doc.remove(one.gone);
          else doc.set(one.path, one.value);
          expect(() => void JSON.parse(doc.text)).not.toThrow();
        }
        const last = doc.text;
        let count = 0;
        while (doc.undo()) count++;
        expect(doc.text).toBe(text);
        expect(count).toBeLessThanOrEqual(steps.length);
        while (doc.redo());
        expect(doc.text).toBe(last);
      }),
      { numRuns: 40 },
    );
  });
});

describe('while the text is no JSON', () => {
  it('the form shows what could be read last, and writes nothing', () => {
    const doc = new ScenarioDocument(TEXT);
    typed(doc, 1, ',');
    expect([doc.writable, doc.problems[0]!.place, doc.problems[0]!.from]).toEqual([false, 'JSON', 1]);
    expect(doc.readable.value).toMatchObject({ name: 'desk' });
    const before = doc.text;
    doc.set(['durationS'], 1);
    doc.remove(['path']);
    doc.rename(['path'], 'x');
    doc.move(['path', 0], 1);
    expect(doc.text).toBe(before);
  });
});

test('lists move and names change in place', () => {
  const doc = new ScenarioDocument(TEXT);
  doc.move(['path', 0], 1);
  doc.rename(['load'], 'lad');
  expect(doc.text).toBe(TEXT.replace('"a", "b"', '"b", "a"').replace('"load"', '"lad"'));
});

test('what a preview found stays until the text is another', () => {
  const doc = new ScenarioDocument(TEXT);
  doc.found = { path: ['path'], from: 0, to: 1, place: 'path', expected: 'x', got: 'y', advice: '' };
  expect(doc.problems.at(-1)).toBe(doc.found);
  doc.set(['durationS'], 61);
  expect(doc.found).toBeUndefined();
});
