import { named, quoted } from './text';

/** What conditions can show of the language of filters: fields compared with values, joined and grouped. */
export type Condition = {
  readonly kind: 'condition';
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly string[];
};
export type Group = { readonly kind: 'group'; readonly join: 'and' | 'or'; readonly items: readonly (Condition | Group)[] };

/** The operators of the language, and patterns by what they mean. Values are as the language writes them, texts with their quotes. */
export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | 'is null'
  | 'is not null'
  | 'has'
  | 'has any'
  | 'contains'
  | 'not contains'
  | 'begins'
  | '~'
  | '!~';

export const emptyGroup: Group = { kind: 'group', join: 'and', items: [] };

const lists = new Set<Operator>(['in', 'not in', 'has any']);
export const takesNone = (operator: Operator): boolean => operator === 'is null' || operator === 'is not null';
export const takesMany = (operator: Operator): boolean => lists.has(operator);

export const isComplete = ({ operator, values }: Condition): boolean =>
  takesNone(operator) || (values.length > 0 && values.every((value) => value !== '' && value !== '""'));

/** The filter as text; conditions that are not complete yet say nothing. */
export function printFilter(group: Group): string {
  const parts = group.items.flatMap((item) => {
    if (item.kind === 'condition') return isComplete(item) ? [printCondition(item)] : [];
    const inner = printFilter(item);
    if (!inner) return [];
    return [
      item.items.length > 1 && item.join !== group.join
        ? `(${inner})`
        : item.items.length > 1 && group.items.length > 1
          ? `(${inner})`
          : inner,
    ];
  });
  return parts.join(` ${group.join} `);
}

function printCondition({ field, operator, values }: Condition): string {
  const path = field.split('.').map(named).join('.');
  const [value = ''] = values;
  switch (operator) {
    case 'is null':
    case 'is not null':
      return `${path} ${operator}`;
    case 'contains':
      return `${path} ~ ${quoted(`*${escapePattern(textOf(value))}*`)}`;
    case 'not contains':
      return `${path} !~ ${quoted(`*${escapePattern(textOf(value))}*`)}`;
    case 'begins':
      return `${path} ~ ${quoted(`${escapePattern(textOf(value))}*`)}`;
    case 'in':
    case 'not in':
    case 'has any':
      return `${path} ${operator} (${values.join(', ')})`;
    default:
      return `${path} ${operator} ${value}`;
  }
}

const escapePattern = (text: string) => text.replace(/[\\*?]/g, (sign) => `\\${sign}`);

/** The text in quotes; what is not in quotes is what it is. */
export function textOf(literal: string): string {
  const quote = literal[0];
  if (quote !== '"' && quote !== "'") return literal;
  return literal.slice(1, -1).replace(/\\(.)/g, (_, sign: string) => ({ n: '\n', r: '\r', t: '\t' })[sign] ?? sign);
}

/** How deep in the tree something is changed: the places of the items on the way. */
export type Path = readonly number[];

export function replaceAt(group: Group, path: Path, change: (item: Condition | Group) => Condition | Group | undefined): Group {
  const [at, ...rest] = path;
  if (at === undefined) return (change(group) ?? emptyGroup) as Group;
  const items = group.items.flatMap((item, i) => {
    if (i !== at) return [item];
    if (rest.length && item.kind === 'group') return [replaceAt(item, rest, change)];
    return change(item) ?? [];
  });
  return { ...group, items };
}

export const countConditions = (group: Group): number =>
  group.items.reduce((sum, item) => sum + (item.kind === 'group' ? countConditions(item) : isComplete(item) ? 1 : 0), 0);
