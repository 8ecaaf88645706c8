/** What a run found at a line: the line is marked and says it, until the text changes. */
import { StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';

export interface Fault {
  /** From 1; a line that the text does not have is left out. */
  line: number;
  message: string;
}

export const setFaults = StateEffect.define<readonly Fault[]>();

class Note extends WidgetType {
  constructor(readonly message: string) {
    super();
  }
  override eq(other: Note): boolean {
    return other.message === this.message;
  }
  override toDOM(): HTMLElement {
    const note = document.createElement('span');
    note.className = 'cm-fault-note';
    note.textContent = this.message;
    return note;
  }
}

const line = Decoration.line({ class: 'cm-fault' });

export const faults = StateField.define<readonly Fault[]>({
  create: () => [],
  update(now, transaction) {
    for (const effect of transaction.effects) if (effect.is(setFaults)) return effect.value;
    return transaction.docChanged ? [] : now;
  },
  provide: (field) =>
    EditorView.decorations.compute([field, 'doc'], (state) => drawn(state.field(field), state.doc)),
});

function drawn(all: readonly Fault[], doc: Text): DecorationSet {
  const ranges = within(all, doc).flatMap(({ message, at }) => [
    line.range(at.from),
    Decoration.widget({ widget: new Note(message), side: 1 }).range(at.to),
  ]);
  return Decoration.set(ranges, true);
}

/** The faults with their lines. */
export const within = (all: readonly Fault[], doc: Text) =>
  all
    .filter((fault) => fault.line >= 1 && fault.line <= doc.lines)
    .map((fault) => ({ ...fault, at: doc.line(fault.line) }));
