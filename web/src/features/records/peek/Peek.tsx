import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Maximize2 from 'lucide-react/icons/maximize-2';
import X from 'lucide-react/icons/x';
import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useRecord } from '@/api/hooks';
import { type FieldModel, isEditable, type RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { type Row, referredOf, titleOf, valueIn } from '@/api/values';
import { labelOf, oneOf } from '@/features/labels';
import { noteSeen } from '@/features/search/recent';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { Avatar } from '@/ui/Avatar';
import { IconButton } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { sentenceOf, useChange } from '../change';
import { FieldEditor, fitsCell } from '../fields/FieldEditor';
import { FieldValue } from '../fields/FieldValue';
import { formFields } from '../form';
import { usualColumns } from '../list/columns';
import styles from './Peek.module.css';

type Props = { readonly type: RecordType; readonly id: string; readonly close: () => void; readonly step?: (by: 1 | -1) => void };

/** A record beside its list: what it says, edited where it stands. */
export function Peek({ type, id, close, step }: Props) {
  const [, go] = useLocation();
  const fields = useMemo(() => shownFields(type), [type]);
  const names = useMemo(() => [...(type.title ? [type.title] : []), ...fields.map((field) => field.name)], [type, fields]);
  const { data: row, fetching, refusal } = useRecord(type, id, names);
  const title = (row && titleOf(type, row)) || (row ? t('list.untitled') : '');
  useEffect(() => {
    if (row && title) noteSeen({ plural: type.plural, id: row.id, title });
  }, [row, title, type]);
  return (
    <aside className={styles.peek} aria-label={title || oneOf(type)}>
      <header className={styles.bar}>
        {step && <IconButton label={t('peek.previous')} icon={ArrowUp} onClick={() => step(-1)} />}
        {step && <IconButton label={t('peek.next')} icon={ArrowDown} onClick={() => step(1)} />}
        <span className={styles.space} />
        <IconButton label={t('peek.open')} icon={Maximize2} onClick={() => go(`/${type.plural}/${id}`)} />
        <IconButton label={t('close')} icon={X} onClick={close} />
      </header>
      <div className={styles.body}>
        {row ? (
          <>
            <div className={styles.head}>
              <Avatar name={title} large square={type.record !== 'contact' && type.record !== 'lead'} />
              <h2>{title}</h2>
            </div>
            <dl>
              {fields.map((field) => (
                <Line key={field.name} type={type} field={field} row={row} />
              ))}
            </dl>
          </>
        ) : fetching ? (
          fields.slice(0, 8).map((field) => <Skeleton key={field.name} width="80%" height={20} />)
        ) : (
          <p className={styles.none}>{refusal ? sentenceOf(refusal) : t('peek.notFound')}</p>
        )}
      </div>
    </aside>
  );
}

function shownFields(type: RecordType): FieldModel[] {
  const { usual } = formFields(type);
  const names = new Set([...usual.map((field) => field.name), ...usualColumns(type)]);
  const custom = type.fields.filter((field) => field.origin === 'custom' && field.graph.name && !field.retired).map((field) => field.name);
  return [...names, ...custom, 'createdAt']
    .flatMap((name) => (name === type.title ? [] : (type.field(name) ?? [])))
    .filter((field, i, all) => all.indexOf(field) === i && field.graph.name);
}

/** A field and its value. Chosen, it becomes an input; what was typed stays there while it is refused. */
export function Line({ type, field, row }: { readonly type: RecordType; readonly field: FieldModel; readonly row: Row }) {
  const change = useChange(type);
  const [draft, setDraft] = useState<{ value: unknown; referred?: Row | null } | undefined>();
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const canEdit = isEditable(field) && fitsCell(field) && Boolean(type.graph.update);
  const before = valueIn(row, field) ?? null;
  const end = () => {
    setDraft(undefined);
    setRefusal(undefined);
  };
  const save = async (value: unknown, referred: Row | null | undefined) => {
    if (JSON.stringify(value ?? null) === JSON.stringify(before)) return end();
    const shown = referred === undefined ? {} : { [field.name]: referred };
    const outcome = await change({ row, values: { [field.name]: value }, base: { [field.name]: before }, shown }, { quiet: true });
    if (outcome.ok) end();
    else {
      setDraft({ value, referred });
      setRefusal(outcome.refusal);
    }
  };
  const problem = refusal && sentenceOf(refusal);
  return (
    <div className={styles.line}>
      <dt>{labelOf(type, field)}</dt>
      <dd>
        {draft ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the editor inside.
          <div
            className={styles.editor}
            onKeyDown={(event) => {
              if (event.key === 'Escape') end();
              else if (event.key === 'Enter' && !event.shiftKey && !event.defaultPrevented) void save(draft.value, draft.referred);
              else return;
              event.preventDefault();
              event.stopPropagation();
            }}
            onBlur={(event) => {
              const to = event.relatedTarget;
              if (
                !event.currentTarget.contains(to) &&
                !(to instanceof Element && to.closest('[data-base-ui-portal],[role=listbox]')) &&
                !refusal
              )
                void save(draft.value, draft.referred);
            }}
          >
            <FieldEditor
              type={type}
              field={field}
              label={labelOf(type, field)}
              inCell
              invalid={Boolean(problem)}
              value={draft.value}
              referred={draft.referred === undefined ? referredOf(row, field) : draft.referred}
              set={(value, more) => {
                setRefusal(undefined);
                const referred = more && 'referred' in more ? more.referred : draft.referred;
                setDraft({ value, referred });
                if (more?.final) void save(value, referred);
              }}
            />
            {problem && (
              <p className={styles.problem} role="alert">
                {problem}
              </p>
            )}
          </div>
        ) : (
          <div className={styles.value}>
            <FieldValue type={type} field={field} row={row} />
            {canEdit && (
              <button
                type="button"
                className={cx(styles.edit, isBlank(before) && styles.blank)}
                aria-label={t('list.edit', { label: labelOf(type, field) })}
                onClick={() => setDraft({ value: before })}
              />
            )}
          </div>
        )}
      </dd>
    </div>
  );
}

const isBlank = (value: unknown) => value === null || value === '' || (Array.isArray(value) && value.length === 0);
