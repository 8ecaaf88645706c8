import type { KeyKind } from './live-cache-key.ts';

/** What an agent would ask, to try without typing. */
export interface Sample {
  prompt: string;
  tags: readonly string[];
  /** What it is, beside the one at the top of its group. */
  note: string;
}

const group = (tag: string, first: string, ...others: [note: string, prompt: string][]): Sample[] =>
  [['', first] as const, ...others].map(([note, prompt]) => ({ prompt, note, tags: [tag] }));

const SPELLING = 'same words';
const SAME = 'same question';
const OTHER = 'looks alike';

export const SAMPLES: Readonly<Record<KeyKind, readonly (readonly Sample[])[]>> = {
  prompt: [
    group(
      'orders',
      'How do I cancel an order?',
      [SPELLING, 'how do I cancel an order'],
      [SAME, 'How can I cancel an order?'],
      [OTHER, 'How do I place an order?'],
    ),
    group(
      'payments',
      'How do I increase the timeout of the payment service?',
      [SAME, 'How can I raise the timeout of the payment service?'],
      [OTHER, 'How do I decrease the timeout of the payment service?'],
    ),
    group(
      'invoices',
      'How do I convert an invoice from PDF to Word?',
      [SAME, 'How can I convert an invoice from PDF to Word?'],
      [OTHER, 'How do I convert an invoice from Word to PDF?'],
    ),
    group(
      'tickets',
      'Summarise ticket 4217',
      [OTHER, 'Summarise ticket 4218'],
      ['not English', 'Wie storniere ich eine Bestellung, die noch nicht verschickt ist?'],
    ),
  ],
  tool: [
    group(
      'orders',
      'get_order {"id": 4217, "expand": false}',
      ['same parameters', 'get_order { "expand": false, "id": 4217 }'],
      ['other parameters', 'get_order {"id": 4218, "expand": false}'],
    ),
    group('stock', 'find_stock {"sku": "KB-7", "region": "eu"}', [
      'same parameters',
      'find_stock {"region":" eu ","sku":"KB-7"}',
    ]),
  ],
  conversation: [group('support', 'conversation 4217'), group('support', 'conversation 4218')],
};
