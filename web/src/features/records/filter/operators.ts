import type { FieldModel, RecordType } from '@/api/model';
import { labelOf } from '@/features/labels';
import type { Operator } from '@/lib/filter/tree';
import type { PlainKey } from '@/lib/i18n/catalogue';
import { kindOf } from '../fields/FieldValue';

/** A field that can be asked about, of the record itself or of one it refers to. */
export type Askable = { readonly path: string; readonly label: string; readonly field: FieldModel; readonly type: RecordType };

const words = (kind: string) => ['text', 'longText', 'email', 'phone', 'url'].includes(kind);
const days = (kind: string) => kind === 'date' || kind === 'instant';

/** What a person can ask of a field, in the order in which it is offered, with the words for it. */
export function operatorsOf(field: FieldModel): { value: Operator; label: PlainKey }[] {
  const kind = kindOf(field);
  const known = new Set(field.operators);
  const offer = (value: Operator, label: PlainKey, needs: string = value) => (known.has(needs) ? [{ value, label }] : []);
  const empty = [...offer('is not null', 'op.notEmpty'), ...offer('is null', 'op.empty')];
  if (words(kind))
    return [
      ...offer('contains', 'op.contains', '~'),
      ...offer('not contains', 'op.containsNot', '!~'),
      ...offer('begins', 'op.begins', '~'),
      ...offer('=', 'op.is'),
      ...offer('!=', 'op.isNot'),
      ...empty,
    ];
  if (kind === 'choice' || kind === 'reference')
    return [...offer('in', 'op.oneOf'), ...offer('not in', 'op.noneOf'), ...offer('=', 'op.is'), ...offer('!=', 'op.isNot'), ...empty];
  if (days(kind)) return [...offer('=', 'op.within'), ...offer('<', 'op.before'), ...offer('>', 'op.after'), ...empty];
  if (kind === 'boolean') return offer('=', 'op.is');
  if (kind === 'texts' || kind === 'multiChoice' || kind === 'list')
    return [
      ...offer('has', 'op.has'),
      ...(kind === 'list' ? offer('contains', 'op.contains', '~') : offer('has any', 'op.hasAny')),
      ...empty,
    ];
  return [
    ...offer('=', 'op.is'),
    ...offer('!=', 'op.isNot'),
    ...offer('>', 'op.above'),
    ...offer('>=', 'op.atLeast'),
    ...offer('<', 'op.below'),
    ...offer('<=', 'op.atMost'),
    ...empty,
  ];
}

/** What is filled in for a field somebody has just chosen. */
export function firstValue(field: FieldModel): readonly string[] {
  const kind = kindOf(field);
  if (kind === 'boolean') return ['true'];
  if (days(kind)) return ['thismonth'];
  return [];
}

const asks = (field: FieldModel) => field.operators.length > 0 && field.name !== 'id' && field.name !== 'version';

/** The fields of a type, and those of the records of the same service that it refers to. */
export function askables(type: RecordType, referred: (field: FieldModel) => RecordType | undefined): Askable[] {
  const own = type.fields.filter(asks).map((field): Askable => ({ path: field.name, label: labelOf(type, field), field, type }));
  const related = type.fields
    .filter((field) => field.graph.reference)
    .flatMap((field) => {
      const to = referred(field);
      if (!to || to.service !== type.service) return [];
      return to.fields
        .filter((inner) => asks(inner) && kindOf(inner) !== 'reference' && kindOf(inner) !== 'list')
        .map(
          (inner): Askable => ({
            path: `${field.graph.reference}.${inner.name}`,
            label: `${labelOf(type, field)} › ${labelOf(to, inner)}`,
            field: inner,
            type: to,
          }),
        );
    });
  return [...own, ...related];
}
