/**
 * Typing over a selection. Left to itself, Chromium takes the selection out and gives what is typed the look of it, as a `style` attribute:
 * the policy of the page stops that, with a complaint each time. So the editor replaces the selection on its own.
 */
import { EditorView } from '@codemirror/view';

export const typingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== 'insertText' || event.isComposing || empty || view.state.readOnly) return false;
    const text = event.data ?? '';
    const replace = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true });
    // Those that close brackets, and the like.
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, text, replace))) view.dispatch(replace());
    event.preventDefault();
    return true;
  },
});
