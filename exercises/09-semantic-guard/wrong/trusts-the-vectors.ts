// Wrong: takes the nearest and asks no guard, so order 12 gets the answer of order 21
// Says: so it is refused (numbers)
interface Question {
  tenant: string;
  context: string;
  text: string;
  vector: number[] | null;
}

interface Entry extends Question {
  value: unknown;
}

type Reason = 'numbers' | 'negation' | 'words';

const negations = new Set(['not', 'no', 'never', 'without', 'cannot']);

export function guard(a: string, b: string, telling: string[]): Reason | undefined {
  const [wordsA, wordsB] = [wordsOf(a), wordsOf(b)];
  if (!sameLists(numbersOf(a), numbersOf(b))) return 'numbers';
  if (wordsA.some(negates) !== wordsB.some(negates)) return 'negation';
  const tells = (word: string) => telling.includes(word);
  return sameLists(wordsA.filter(tells), wordsB.filter(tells)) ? undefined : 'words';
}

export class SemanticCache {
  /** In the order of storing. */
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly settings: { threshold: number; telling: string[] }) {}

  store(question: Question, value: unknown): void {
    const key = keyOf(question);
    this.entries.delete(key);
    this.entries.set(key, { ...question, value });
  }

  find(question: Question): { value: unknown; by: 'exact' | 'similar' } | undefined {
    const exact = this.entries.get(keyOf(question));
    if (exact) return { value: exact.value, by: 'exact' };
    const { threshold } = this.settings;
    const nearest = [...this.entries.values()]
      .filter(({ tenant, context }) => tenant === question.tenant && context === question.context)
      .map((entry) => ({ entry, cosine: cosine(entry.vector, question.vector) }))
      .filter((near) => near.cosine >= threshold)
      .sort((a, b) => b.cosine - a.cosine)
      .at(0);
    return nearest && { value: nearest.entry.value, by: 'similar' };
  }
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
const numbersOf = (text: string): string[] => text.match(/\d+(\.\d+)?/g) ?? [];
const negates = (word: string) => negations.has(word) || word.endsWith("n't");
const sameLists = (a: string[], b: string[]) => a.join(' ') === b.join(' ');

/** The same for the same text of the same scope, and for no other. */
function keyOf({ tenant, context, text }: Question): string {
  return JSON.stringify([tenant, context, text.toLowerCase().trim().replace(/\s+/g, ' ')]);
}

/** −∞ when one is missing, which no threshold lets pass. */
function cosine(a: number[] | null, b: number[] | null): number {
  if (!a || !b) return -Infinity;
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths === 0 ? 0 : dot(a, b) / lengths;
}

const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
