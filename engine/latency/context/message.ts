export const ROLES = ['system', 'user', 'assistant', 'tool'] as const;
export type Role = (typeof ROLES)[number];

/** One message of a conversation with a model. */
export interface Message {
  /** Unique within the conversation. */
  readonly id: string;
  readonly role: Role;
  readonly text: string;
  readonly atMs: number;
  /** Of an assistant: the call it makes. Of a tool: the call it answers; several results may answer one call. */
  readonly toolCallId?: string;
  /** From 0 to 1, when it is known; otherwise importance.ts works it out. */
  readonly importance?: number;
}

/** Length in UTF-8. A lone surrogate counts as the three bytes of its replacement. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

/** The form in which a conversation is kept: what its bytes are counted of, and what is compressed. */
export function written(messages: readonly Message[]): string {
  return JSON.stringify(messages);
}

/** Bytes of `written`, without writing it: a message at a time, so that the conversation is never there twice. */
export function contextBytes(
  messages: readonly Message[],
  bytesOf: (message: Message) => number = messageBytes,
): number {
  const between = Math.max(0, messages.length - 1);
  return messages.reduce((sum, message) => sum + bytesOf(message), 2 + between);
}

/** Bytes that a message takes, with the names and brackets around its text. */
export function messageBytes(message: Message): number {
  return utf8Bytes(JSON.stringify(message));
}
