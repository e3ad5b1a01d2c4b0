import type { ReactNode } from 'react';
import type { FieldModel, RecordType } from '@/api/model';
import type { Names } from '@/api/names';
import type { Row } from '@/api/values';
import { t } from '@/lib/i18n/t';
import { FieldValue, kindOf } from './FieldValue';
import styles from './FieldValue.module.css';

type Props = { readonly type: RecordType; readonly field: FieldModel; readonly value: unknown; readonly names: Names };

export const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** A value by itself, as histories and conflicts have it: what it refers to is known by its id alone. */
export function RawValue({ type, field, value, names }: Props): ReactNode {
  if (isBlank(value)) return <span className={styles.quiet}>{t('field.empty')}</span>;
  if (kindOf(field) === 'reference') return names.get(String(value)) ?? <span className={styles.quiet}>{t('field.unseen')}</span>;
  return <FieldValue type={type} field={field} row={rowWith(type, field, value)} inList />;
}

function rowWith(type: RecordType, field: FieldModel, value: unknown): Row {
  const name = field.graph.name ?? field.name;
  const row = { __typename: type.graph.type, id: '', version: null };
  const told = Array.isArray(value) ? value.map((entry) => inOrder(field, entry)) : inOrder(field, value);
  return field.origin === 'custom' ? { ...row, custom: { [name]: told } } : { ...row, [name]: told };
}

/** The parts of a value as the field has them, in whatever order they were kept. */
function inOrder(field: FieldModel, value: unknown): unknown {
  if (!field.parts?.length || typeof value !== 'object' || value === null) return value;
  const parts = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(field.parts.map(({ name }) => [name, parts[name] ?? null]));
}
