import History from 'lucide-react/icons/history';
import Lock from 'lucide-react/icons/lock';
import Pencil from 'lucide-react/icons/pencil';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { type FieldModel, isEditable, type RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { isMasked, type Row, referredOf, valueIn } from '@/api/values';
import { labelOf } from '@/features/labels';
import { saidOf, sentenceOf } from '@/features/refusals';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { IconButton } from '@/ui/Button';
import { useChange } from '../change';
import { FieldEditor } from './FieldEditor';
import styles from './FieldLine.module.css';
import { FieldValue, fitsCell } from './FieldValue';
import { isBlank } from './RawValue';

type Props = {
  readonly type: RecordType;
  readonly field: FieldModel;
  readonly row: Row;
  /** Somebody else has just changed it: who. */
  readonly mark?: string;
  /** It is looked at, not edited. */
  readonly fixed?: boolean;
  /** What is said below the value. */
  readonly note?: ReactNode;
  readonly showHistory?: () => void;
};

type Draft = { readonly value: unknown; readonly base: unknown; readonly referred?: Row | null };

/** A field and its value. Chosen, it becomes an input, which saves when it is left; what was typed stays there while it is refused. */
export function FieldLine({ type, field, row, mark, fixed, note, showHistory }: Props) {
  const change = useChange(type);
  const [draft, setDraft] = useState<Draft | undefined>();
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const sending = useRef(false);
  const edit = useRef<HTMLButtonElement>(null);
  const backToButton = useRef(false);
  const label = labelOf(type, field);
  const canEdit = !fixed && isEditable(field) && field.kind !== 'json' && Boolean(type.graph.update) && !isMasked(row, field);
  const before = valueIn(row, field) ?? null;

  useEffect(() => {
    if (!draft && backToButton.current) edit.current?.focus();
    if (!draft) backToButton.current = false;
  }, [draft]);
  const end = () => {
    setDraft(undefined);
    setRefusal(undefined);
  };
  const save = async ({ value, base, referred }: Draft) => {
    if (sending.current) return;
    const wanted = tidied(field, value);
    if (JSON.stringify(wanted ?? null) === JSON.stringify(base)) return end();
    sending.current = true;
    const shown = referred === undefined ? {} : { [field.name]: referred };
    const outcome = await change({ row, values: { [field.name]: wanted }, base: { [field.name]: base }, shown }, { quiet: true });
    sending.current = false;
    if (outcome.ok) return end();
    setDraft({ value, base, referred });
    setRefusal(outcome.refusal);
  };
  const problem = refusal && (saidOf(refusal, field.name) ?? sentenceOf(refusal, type));
  return (
    <div className={cx(styles.line, mark && styles.marked)} title={mark ? t('record.changedBy', { who: mark }) : undefined}>
      <dt>
        <span>{label}</span>
        {showHistory && (
          <IconButton label={t('history.ofField', { label })} icon={History} className={styles.history} onClick={showHistory} />
        )}
      </dt>
      <dd>
        {draft ? (
          <Editor
            type={type}
            field={field}
            row={row}
            draft={draft}
            problem={problem}
            set={(next) => {
              setRefusal(undefined);
              setDraft(next);
            }}
            save={(next, byKey) => {
              backToButton.current = byKey;
              void save(next);
            }}
            leave={() => {
              backToButton.current = true;
              end();
            }}
          />
        ) : (
          <div className={cx(styles.value, !canEdit && styles.fixed)}>
            <FieldValue type={type} field={field} row={row} />
            {canEdit ? (
              <button
                ref={edit}
                type="button"
                className={styles.edit}
                aria-label={t('list.edit', { label })}
                onClick={() => setDraft({ value: before, base: before })}
              >
                <Pencil size={12} aria-hidden />
              </button>
            ) : (
              !fixed &&
              !isMasked(row, field) && (
                <Lock size={12} className={styles.lock} aria-label={field.setBySlices ? t('field.readOnly') : t('field.notYours')} />
              )
            )}
          </div>
        )}
        {note}
        {mark && (
          <p className={styles.who} aria-live="polite">
            {t('record.changedBy', { who: mark })}
          </p>
        )}
      </dd>
    </div>
  );
}

type EditorProps = Pick<Props, 'type' | 'field' | 'row'> & {
  readonly draft: Draft;
  readonly problem: string | undefined;
  readonly set: (draft: Draft) => void;
  readonly save: (draft: Draft, byKey: boolean) => void;
  readonly leave: () => void;
};

function Editor({ type, field, row, draft, problem, set, save, leave }: EditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const why = useId();
  const hasParts = !fitsCell(field);
  useEffect(() => {
    const inside = holder.current;
    if (inside && !inside.contains(document.activeElement)) inside.querySelector<HTMLElement>('input,textarea,button')?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the editor inside.
    <div
      ref={holder}
      className={styles.editor}
      onKeyDown={(event) => {
        const isDone =
          event.key === 'Enter' &&
          !event.defaultPrevented &&
          (hasParts || field.kind === 'longText' ? event.ctrlKey || event.metaKey : !event.shiftKey);
        if (event.key === 'Escape') leave();
        else if (isDone) save(draft, true);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onBlur={(event) => {
        // A list that floats beside the input is part of the editor; whoever goes to another window comes back to it.
        const to = event.relatedTarget;
        const isWithin =
          event.currentTarget.contains(to) || (to instanceof Element && to.closest('[data-base-ui-portal],[role=listbox],[role=dialog]'));
        if (!isWithin && !problem && document.hasFocus()) save(draft, false);
      }}
    >
      <FieldEditor
        type={type}
        field={field}
        label={labelOf(type, field)}
        inCell
        invalid={Boolean(problem)}
        describedBy={problem ? why : undefined}
        value={draft.value}
        referred={draft.referred === undefined ? referredOf(row, field) : draft.referred}
        set={(value, more) => {
          const next = { ...draft, value, ...(more && 'referred' in more && { referred: more.referred }) };
          set(next);
          if (more?.final) save(next, true);
        }}
      />
      {problem && (
        <p id={why} className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

// Somebody who began to add an entry and did not has entered nothing.
function tidied(field: FieldModel, value: unknown): unknown {
  if (field.kind !== 'list' || !Array.isArray(value)) return value;
  return value.filter((entry) =>
    Object.entries(entry as object).some(([name, part]) => name !== '__typename' && typeof part !== 'boolean' && !isBlank(part)),
  );
}
