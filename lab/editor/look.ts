/** The editor's look. Syntax is achromatic: weight, slope and grey. Only names of tiers carry a hue (tier-names.ts). */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The page's rules for `data-tier` do not reach into the shadow root; its variables do. */
const tiers = ['l1', 'l2', 'l3', 'l4', 'model'].map((tier): [string, Record<string, string>] => [
  `.cm-tier[data-tier=${tier}]`,
  { color: `var(--${tier}-ink)`, borderColor: `var(--${tier})` },
]);

export const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: '.8125rem', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    font: '400 .8125rem/1.375rem var(--mono)',
    fontFeatureSettings: '"calt" 0',
    overflow: 'auto',
  },
  '.cm-content': { padding: '12px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 24px 0 12px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-3)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '40px', padding: '0 8px 0 4px' },
  '.cm-activeLine': { backgroundColor: 'var(--shade)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--line-strong)',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--hover)',
    outline: '1px solid var(--control)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--trouble-wash)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--hover)' },
  '.cm-searchMatch': { backgroundColor: 'var(--hover)', outline: '1px solid var(--control)' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--ink)' },
  '.cm-tier, :is(.cm-changedLine, .cm-fault) .cm-tier': { fontWeight: '600', borderBottom: '2px solid' },
  ...Object.fromEntries(tiers),
  '.cm-fault': { backgroundColor: 'var(--trouble-wash)', boxShadow: 'inset 3px 0 var(--trouble)' },
  '.cm-fault-note': {
    marginLeft: '32px',
    font: '500 .75rem/1 var(--sans)',
    color: 'var(--trouble-ink)',
    whiteSpace: 'normal',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--trouble) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-diagnostic': {
    padding: '6px 10px',
    borderLeft: '3px solid var(--trouble)',
    font: 'var(--t-12) var(--sans)',
    whiteSpace: 'pre-wrap',
  },
  '.cm-tooltip': {
    maxWidth: 'min(520px, 90vw)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--r2)',
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '.75rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '18px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--ink) !important',
    color: 'var(--on-ink) !important',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'inherit', opacity: '.8' },
  '.cm-explained': { padding: '6px 10px', font: '400 .75rem/1.25rem var(--mono)', whiteSpace: 'pre-wrap' },
  '.cm-explained p': { margin: '4px 0 0', font: 'var(--t-12) var(--sans)', color: 'var(--ink-2)' },
  '.cm-panels': { backgroundColor: 'var(--bg)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '6px 32px 6px 12px', font: 'var(--t-12) var(--sans)' },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    alignItems: 'center',
    minHeight: '24px',
    gap: '4px',
    fontSize: '.75rem',
  },
  '.cm-panel.cm-search input[type=checkbox]': { width: '16px', height: '16px', accentColor: 'var(--ink)' },
  '.cm-panel.cm-search [name=close]': { width: '24px', height: '24px', font: '1rem/1 var(--sans)' },
  '.cm-textfield': {
    minHeight: '26px',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--r1)',
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    fontSize: '.75rem',
  },
  '.cm-button': {
    minHeight: '26px',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--r1)',
    backgroundImage: 'none',
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    fontSize: '.75rem',
  },
  '.cm-button:active': { backgroundImage: 'none' },
  ':is(.cm-button, .cm-textfield, button, input):focus-visible': {
    outline: '2px solid var(--ink)',
    outlineOffset: '2px',
  },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--trouble-wash)' },
  '&.cm-merge-b .cm-changedLine, .cm-changedLine, .cm-inlineChangedLine': { backgroundColor: 'var(--hover)' },
  '.cm-deletedChunk .cm-deletedLine': { textDecoration: 'line-through' },
  '.cm-deletedChunk .cm-deletedText': { background: 'none' },
  // On a coloured ground grey is too faint to be read.
  ':is(.cm-changedLine, .cm-deletedChunk, .cm-fault) span:not(.cm-fault-note)': { color: 'inherit' },
  '.cm-changeGutter': { width: '4px', paddingLeft: '0' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: 'var(--trouble)' },
  '&.cm-merge-b .cm-changedLineGutter, .cm-changedLineGutter': { background: 'var(--ink)' },
  '&.cm-merge-a .cm-changedText': {
    background: 'none',
    borderBottom: '1px solid var(--trouble)',
  },
  '&.cm-merge-b .cm-changedText, .cm-changedText': {
    background: 'none',
    borderBottom: '1px solid var(--ink-3)',
  },
});

const style = HighlightStyle.define([
  { tag: [tags.keyword, tags.self, tags.null, tags.bool], fontWeight: '700' },
  { tag: [tags.typeName, tags.string, tags.number, tags.regexp], color: 'var(--ink-2)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
]);

export const look = [theme, syntaxHighlighting(style)];
