/** Texts that are only read: one alone, or two side by side. */
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { reading } from './code-editor.ts';

const readOnly = (label: string): Extension => [
  reading,
  EditorState.readOnly.of(true),
  EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
];

/** Gives what takes it away again. */
export function showText(host: HTMLElement, text: string, label: string): () => void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const view = new EditorView({ doc: text, extensions: readOnly(label), parent: root, root });
  return () => view.destroy();
}

/** Sets two texts beside each other, or, where there is no room for that, one into the other. */
export function compareTexts(
  host: HTMLElement,
  [before, after]: [before: string, after: string],
  [beforeLabel, afterLabel]: [beforeLabel: string, afterLabel: string],
  wide: boolean,
): () => void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  if (!wide) {
    const view = new EditorView({
      doc: after,
      extensions: [
        EditorView.lineWrapping,
        readOnly(`${afterLabel}, with what differs from ${beforeLabel}`),
        unifiedMergeView({ original: before, mergeControls: false }),
      ],
      parent: root,
      root,
    });
    return () => view.destroy();
  }
  const view = new MergeView({
    a: { doc: before, extensions: [readOnly(beforeLabel), EditorView.lineWrapping] },
    b: { doc: after, extensions: [readOnly(afterLabel), EditorView.lineWrapping] },
    parent: root,
    root,
  });
  return () => view.destroy();
}
