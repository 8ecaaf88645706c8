/** What the page asks the worker with the compiler, and what it answers. Places are offsets in the text. */

export interface Problem {
  from: number;
  to: number;
  message: string;
}

export interface Suggestion {
  label: string;
  /** The compiler's word for what it is: `method`, `const`. */
  kind: string;
  /** Smaller is nearer to what is wanted. */
  rank: string;
}

export interface Suggestions {
  /** Where the word begins that a suggestion replaces. */
  from: number;
  /** After a dot, so that an empty word is no reason to wait. */
  member: boolean;
  list: Suggestion[];
}

export interface Explanation {
  from: number;
  to: number;
  /** The type, as the compiler writes it. */
  type: string;
  words: string;
}

/** Each question carries the whole text: it is short, and so the worker can't be behind. */
export interface Compiler {
  problems(text: string): Promise<Problem[]>;
  suggest(text: string, at: number): Promise<Suggestions | null>;
  explain(text: string, at: number): Promise<Explanation | null>;
  explainSuggestion(text: string, at: number, label: string): Promise<Explanation | null>;
  /** The text in the house's form, and the place of the cursor in it. Rejects when the text can't be read. */
  format(text: string, at: number): Promise<{ text: string; at: number }>;
}
