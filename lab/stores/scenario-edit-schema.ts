/** The form's fields, read off the engine's schema of a scenario: the one source of both sides. */
import { scenarioSchema } from '../../engine/simulation/scenario.ts';

interface Common {
  /** Null is a value of it. */
  nullable: boolean;
  /** May be left out. */
  optional: boolean;
  /** What it is when left out; undefined: nothing. */
  fallback: unknown;
}

export interface NumberField extends Common {
  kind: 'number';
  min?: number;
  max?: number;
  /** It must be more than this. */
  above?: number;
  below?: number;
  whole: boolean;
}
export interface TextField extends Common {
  kind: 'text';
  pattern?: RegExp;
}
export interface SwitchField extends Common {
  kind: 'switch';
}
export interface PickField extends Common {
  kind: 'pick';
  options: readonly string[];
}
/** One of several plain values: a time of day or seconds, say. */
export interface PlainField extends Common {
  kind: 'plain';
  takes: readonly ('number' | 'string' | 'boolean' | 'null')[];
}
export interface GroupField extends Common {
  kind: 'group';
  entries: readonly (readonly [key: string, field: Field])[];
}
/** A group whose entries depend on one of them. */
export interface VariantField extends Common {
  kind: 'variant';
  key: string;
  options: readonly { name: string; group: GroupField }[];
}
export interface ListField extends Common {
  kind: 'list';
  item: Field;
  least: number;
  most: number;
  /** Its length does not change. */
  fixed: boolean;
}
/** Values by names that the author gives. */
export interface NamedField extends Common {
  kind: 'named';
  value: Field;
  pattern?: RegExp;
}
/** Any JSON. */
export interface AnyField extends Common {
  kind: 'any';
}
export type Field =
  | NumberField
  | TextField
  | SwitchField
  | PickField
  | PlainField
  | GroupField
  | VariantField
  | ListField
  | NamedField
  | AnyField;

/** What is read of valibot's schemas and of the steps of their pipes. */
interface Schema {
  type: string;
  pipe?: readonly (Schema & { requirement?: unknown })[];
  wrapped?: Schema;
  default?: unknown;
  entries?: Record<string, Schema>;
  item?: Schema;
  items?: readonly Schema[];
  value?: unknown;
  key?: unknown;
  options?: readonly unknown[];
  literal?: unknown;
}

export function fieldOf(schema: Schema): Field {
  const common = { nullable: false, optional: false, fallback: undefined };
  switch (schema.type) {
    case 'optional':
    case 'nullish': {
      const inner = fieldOf(schema.wrapped!);
      return {
        ...inner,
        optional: true,
        fallback: valueOf(schema.default),
        nullable: inner.nullable || schema.type === 'nullish',
      };
    }
    case 'nullable':
      return { ...fieldOf(schema.wrapped!), nullable: true };
    case 'number':
      return { ...common, kind: 'number', whole: false, ...numberRules(schema) };
    case 'string': {
      const regex = requirement(schema, 'regex');
      return { ...common, kind: 'text', ...(regex instanceof RegExp ? { pattern: regex } : {}) };
    }
    case 'boolean':
      return { ...common, kind: 'switch' };
    case 'picklist':
      return { ...common, kind: 'pick', options: schema.options as string[] };
    case 'strict_object':
    case 'object':
      return group(schema);
    case 'variant': {
      const key = schema.key as string;
      const options = (schema.options as Schema[]).flatMap((option) => {
        const kind = option.entries![key]!;
        const names = kind.type === 'picklist' ? (kind.options as string[]) : [String(kind.literal)];
        return names.map((name) => ({ name, group: group(option, key) }));
      });
      return { ...common, kind: 'variant', key, options };
    }
    case 'array': {
      const least = Number(requirement(schema, 'min_length') ?? 0);
      const most = Number(requirement(schema, 'max_length') ?? Infinity);
      return { ...common, kind: 'list', item: fieldOf(schema.item!), least, most, fixed: false };
    }
    case 'tuple':
    case 'strict_tuple': {
      const { length } = schema.items!;
      return {
        ...common,
        kind: 'list',
        item: fieldOf(schema.items![0]!),
        least: length,
        most: length,
        fixed: true,
      };
    }
    case 'record': {
      const regex = requirement(schema.key as Schema, 'regex');
      const pattern = regex instanceof RegExp ? { pattern: regex } : {};
      return { ...common, kind: 'named', value: fieldOf(schema.value as Schema), ...pattern };
    }
    case 'union': {
      const takes = (schema.options as Schema[]).map(({ type }) => type) as PlainField['takes'];
      return { ...common, kind: 'plain', takes, nullable: takes.includes('null') };
    }
    default:
      return { ...common, kind: 'any' };
  }
}

function group(schema: Schema, without?: string): GroupField {
  const entries = Object.entries(schema.entries!)
    .filter(([key]) => key !== without)
    .map(([key, entry]) => [key, fieldOf(entry)] as const);
  return { nullable: false, optional: false, fallback: undefined, kind: 'group', entries };
}

/** Of a default that is made anew each time, too. */
const valueOf = (fallback: unknown): unknown =>
  typeof fallback === 'function' ? (fallback as () => unknown)() : fallback;

/** The strictest of several, as a schema may be built on another. */
function requirement(schema: Schema, type: string): unknown {
  return stepsOf(schema)
    .filter((step) => step.type === type)
    .at(-1)?.requirement;
}

function stepsOf(schema: Schema): (Schema & { requirement?: unknown })[] {
  return (schema.pipe ?? []).flatMap((step) => (step.pipe ? stepsOf(step) : [step]));
}

function numberRules(schema: Schema): Partial<NumberField> {
  const rules: Partial<NumberField> = {};
  for (const { type, requirement: bound } of stepsOf(schema)) {
    if (type === 'integer') rules.whole = true;
    else if (typeof bound !== 'number') continue;
    else if (type === 'min_value') rules.min = Math.max(rules.min ?? -Infinity, bound);
    else if (type === 'max_value') rules.max = Math.min(rules.max ?? Infinity, bound);
    else if (type === 'gt_value') rules.above = bound;
    else if (type === 'lt_value') rules.below = bound;
  }
  return rules;
}

export const SCENARIO_FIELD = fieldOf(scenarioSchema as unknown as Schema) as GroupField;

/** The field for a path, as it is for this value; undefined for a name that the schema does not know. */
export function fieldAt(
  path: readonly (string | number)[],
  whole: unknown,
  from: Field = SCENARIO_FIELD,
): Field | undefined {
  let field: Field | undefined = from;
  let value = whole;
  for (const key of path) {
    if (!field) return undefined;
    field = childOf(field, key, value);
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return field;
}

function childOf(field: Field, key: string | number, value: unknown): Field | undefined {
  if (field.kind === 'list') return field.item;
  if (field.kind === 'named') return field.value;
  if (field.kind === 'any') return field;
  if (field.kind === 'variant' && key === field.key)
    return {
      kind: 'pick',
      nullable: false,
      optional: false,
      fallback: undefined,
      options: field.options.map(({ name }) => name),
    };
  return groupOf(field, value)?.entries.find(([name]) => name === key)?.[1];
}

/** The entries that a value has there: of a variant, those of its kind. */
export function groupOf(field: Field, value: unknown): GroupField | undefined {
  if (field.kind === 'group') return field;
  if (field.kind !== 'variant') return undefined;
  const kind =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field.key] : undefined;
  return field.options.find(({ name }) => name === kind)?.group;
}

/** The least that the schema takes there, for a setting that is added. */
export function leastOf(field: Field): unknown {
  switch (field.kind) {
    case 'number':
      return leastNumber(field);
    case 'text':
      return field.pattern?.test('2026-11-27') ? '2026-11-27' : field.pattern ? 'new' : '';
    case 'switch':
      return true;
    case 'pick':
      return field.options[0];
    case 'plain':
      return field.takes.includes('number') ? 0 : field.takes.includes('boolean') ? true : '';
    case 'list':
      return Array.from({ length: field.least }, () => leastOf(field.item));
    case 'named':
    case 'any':
      return {};
    case 'variant':
      return { [field.key]: field.options[0]!.name, ...leastGroup(field.options[0]!.group) };
    case 'group':
      return leastGroup(field);
  }
}

export const leastGroup = ({ entries }: GroupField): Record<string, unknown> =>
  Object.fromEntries(
    entries.filter(([, entry]) => !entry.optional).map(([key, entry]) => [key, leastOf(entry)]),
  );

function leastNumber({ min, max, above, below, whole }: NumberField): number {
  const fits = (value: number): boolean =>
    value >= (min ?? -Infinity) &&
    value <= (max ?? Infinity) &&
    value > (above ?? -Infinity) &&
    value < (below ?? Infinity);
  const middle = ((min ?? above ?? 0) + (max ?? below ?? 2)) / 2;
  return [1, min ?? above ?? 0, whole ? Math.ceil(middle) : middle].find(fits) ?? max ?? 0;
}
