/** Names in code that name a tier have its hue, over a line: the only colour in the editor besides trouble. */
import { syntaxTree } from '@codemirror/language';
import {
  Decoration,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view';

const tiers: Record<string, string> = {
  l1: 'l1',
  l2: 'l2',
  redis: 'l2',
  l3: 'l3',
  indexeddb: 'l3',
  l4: 'l4',
  cdn: 'l4',
  model: 'model',
};

const marks = new Map(
  [...new Set(Object.values(tiers))].map((tier) => [
    tier,
    Decoration.mark({ class: 'cm-tier', attributes: { 'data-tier': tier } }),
  ]),
);

const names = /^(Variable|Property)(Name|Definition)$/;

const matcher = new MatchDecorator({
  regexp: /\b(l[1-4]|redis|indexedDb|cdn|model)\b/gi,
  decorate(add, from, to, [word], view) {
    const mark = marks.get(tiers[word.toLowerCase()]);
    if (mark && names.test(syntaxTree(view.state).resolveInner(from, 1).name)) add(from, to, mark);
  },
});

export const tierNames = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate): void {
      const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
      this.decorations = parsed
        ? matcher.createDeco(update.view)
        : matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
