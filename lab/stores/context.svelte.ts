import * as v from 'valibot';
import { InputError } from '../../engine/core/errors.ts';
import { parse } from '../../engine/core/schema.ts';
import { gzipLength } from '../../engine/live/gzip-length.ts';
import { readChat } from '../../engine/latency/context/chat-format.ts';
import type { Part } from '../../engine/latency/context/compact.ts';
import type { Message, Role } from '../../engine/latency/context/message.ts';
import { sampleConversation } from '../../engine/latency/context/samples.ts';
import { compression, queryOf, ROUNDS, runSteps, type ContextResult } from './context-run.ts';
import { ContextSaved, type SavedState } from './context-saved.ts';
import {
  contextSettingsSchema,
  DEFAULT_SETTINGS,
  SAMPLES,
  type ContextSettings,
  type Sample,
} from './context-settings.ts';
import { inSlices } from './context-slices.ts';
import { Vectors } from './context-vectors.ts';
import { EmbedderStore } from './embedder.svelte.ts';

/** Larger files are refused before they are read. */
const MOST_BYTES = 50_000_000;

export interface Progress {
  doing: 'measuring' | 'encoding' | 'compressing';
  share: number;
}

/** The page about contexts: a conversation, what three rules make of it, and what it takes. */
export class ContextStore {
  name = $state('');
  messages = $state.raw<readonly Message[]>([]);
  settings = $state.raw<ContextSettings>(DEFAULT_SETTINGS);
  /** Of the messages and settings that are there, unless `progress` says that the next is under way. */
  result = $state.raw<ContextResult>();
  /** Bytes of what is sent, under gzip; undefined when that is not asked for. */
  gzipBytes = $state<number>();
  /** What went wrong with a run. */
  failure = $state('');
  progress = $state.raw<Progress>();
  tookMs = $state<number>();
  saved = $state.raw<SavedState>({ ok: true, text: '' });
  loading = $state(true);
  readonly embedder = new EmbedderStore();

  private readonly keeper = new ContextSaved((state) => (this.saved = state));
  private readonly vectors = new Vectors();
  private run = new AbortController();

  readonly chosen = $derived(this.result?.rules[this.settings.rule]);
  readonly parts = $derived.by<Part[]>(() => {
    if (!this.chosen) return [];
    const { parts, bytes } = this.chosen;
    return this.gzipBytes === undefined ? parts : [...parts, compression(bytes, this.gzipBytes)];
  });

  constructor() {
    void this.begin();
  }

  private async begin(): Promise<void> {
    const { conversation, settings } = await this.keeper.load();
    this.loading = false;
    if (settings) this.settings = settings;
    if (conversation) this.show(conversation.name, conversation.messages);
    else this.sample(SAMPLES[0]);
  }

  sample({ name, kind, exchanges }: Sample): void {
    this.show(name, sampleConversation({ kind, exchanges, seed: 8 }));
    this.keep();
  }

  /** @returns what is to be said about how it was read. @throws InputError when it is no conversation. */
  paste(text: string, name = 'Pasted'): string {
    const { messages, timed, others } = readChat(text);
    this.show(name, messages);
    this.keep();
    const first = others > 0 ? `The first of ${others + 1} conversations.` : '';
    return `${first} ${timed ? '' : 'Without times of their own, messages are taken to be a minute apart.'}`.trim();
  }

  /** @throws InputError when the file is too large, or no conversation. */
  async drop(file: File): Promise<string> {
    if (file.size > MOST_BYTES) {
      const got = `${Math.round(file.size / 1e6)} MB`;
      throw new InputError('file', 'at most 50 MB of text', got, 'Take the end of the conversation.');
    }
    return this.paste(await file.text(), file.name);
  }

  edit(id: string, change: { text?: string; role?: Role }): void {
    this.change(
      this.messages.map((message) => {
        if (message.id !== id) return message;
        const { importance: _, ...rest } = message;
        return { ...rest, ...change };
      }),
    );
  }

  remove(id: string): void {
    this.change(this.messages.filter((message) => message.id !== id));
  }

  /** @throws InputError naming what is wrong; nothing is changed then. */
  set(change: Partial<Record<keyof ContextSettings, unknown>>): void {
    this.settings = parse(contextSettingsSchema, { ...this.settings, ...change }, 'settings');
    void this.keeper.saveSettings(this.settings);
    this.rerun();
  }

  /** Loads the encoder and measures by sentences; when it cannot be had, the words go on counting. */
  async useSentences(): Promise<void> {
    this.set({ vectors: 'sentences' });
    if (!this.embedder.ready) await this.embedder.load();
    this.rerun();
  }

  stopEncoder(): void {
    this.embedder.stop();
    this.set({ vectors: 'words' });
  }

  async reset(): Promise<void> {
    await this.keeper.clear();
    this.settings = DEFAULT_SETTINGS;
    const { name, kind, exchanges } = SAMPLES[0];
    this.show(name, sampleConversation({ kind, exchanges, seed: 8 }));
  }

  /** Ends what runs; the page is left. */
  close(): void {
    this.run.abort();
    this.embedder.stop();
  }

  /** Gives up the run that is under way. */
  cancel(): void {
    this.run.abort();
    this.progress = undefined;
  }

  private change(messages: readonly Message[]): void {
    this.messages = messages;
    this.keep();
    this.rerun();
  }

  private show(name: string, messages: readonly Message[]): void {
    this.name = name;
    this.messages = messages;
    this.result = undefined;
    this.rerun();
  }

  private keep(): void {
    void this.keeper.saveConversation({ name: this.name, messages: this.messages });
  }

  private rerun(): void {
    this.run.abort();
    this.run = new AbortController();
    void this.compute(this.run.signal);
  }

  private async compute(signal: AbortSignal): Promise<void> {
    const { messages, settings } = this;
    const startMs = performance.now();
    this.failure = '';
    this.progress = { doing: 'measuring', share: 0 };
    try {
      if (settings.vectors === 'sentences' && this.embedder.ready) await this.encode(messages, signal);
      const all = Math.max(1, messages.length * ROUNDS);
      const result = await inSlices(runSteps(messages, settings, this.vectors.known), signal, (done) => {
        this.progress = { doing: 'measuring', share: Math.min(1, done / all) };
      });
      let gzipBytes: number | undefined;
      if (settings.compress) {
        this.progress = { doing: 'compressing', share: 1 };
        gzipBytes = await gzipLength(result.rules[settings.rule].messages, signal);
      }
      signal.throwIfAborted();
      this.result = result;
      this.gzipBytes = gzipBytes;
      this.tookMs = performance.now() - startMs;
      this.progress = undefined;
    } catch (error) {
      if (signal.aborted) return;
      this.progress = undefined;
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** What the encoder has not seen yet. When it fails on the way, words count, and the encoder says why. */
  private async encode(messages: readonly Message[], signal: AbortSignal): Promise<void> {
    const texts = [...messages.map(({ text }) => text), queryOf(messages, this.settings)];
    await this.vectors.learn(
      texts,
      (text) => this.embedder.embed(text),
      signal,
      (share) => (this.progress = { doing: 'encoding', share }),
    );
  }
}

let store: ContextStore | undefined;
/** One for as long as the site is open, so that leaving the page loses nothing. */
export const contextStore = (): ContextStore => (store ??= new ContextStore());

/** For a field that holds a number: text that is none goes on as it is, so that the message can show it. */
export const checkedNumber = (text: string): unknown => {
  const number = v.safeParse(
    v.pipe(v.string(), v.trim(), v.nonEmpty(), v.transform(Number), v.finite()),
    text,
  );
  return number.success ? number.output : text;
};
