import { type FormEvent, useRef, useState } from 'react';
import { readRecord } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { runSlice, type Slice } from '@/api/slices';
import { type Row, titleOf, withoutTypes } from '@/api/values';
import { labelOf } from '@/features/labels';
import { Problems } from '@/features/Problems';
import { saidOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Field } from '@/ui/Field';
import { tellDone } from '../change';
import { FieldEditor } from '../fields/FieldEditor';
import { isBlank } from '../fields/RawValue';
import styles from './SliceDialog.module.css';
import { sliceLabel } from './words';

type Props = {
  readonly type: RecordType;
  readonly row: Row;
  readonly slice: Slice;
  readonly open: boolean;
  readonly close: () => void;
  readonly done: () => void;
};

/** Asks for what a slice has to be told, and does it. */
export function SliceDialog({ type, row, slice, open, close, done }: Props) {
  const model = useModel();
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({});
  const [referred, setReferred] = useState<Readonly<Record<string, Row | null>>>({});
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  const lacking = slice.inputs.filter((input) => input.required && isBlank(values[input.name]));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(true);
    if (lacking.length) return;
    setBusy(true);
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)));
    const outcome = await runSlice(
      slice.mutation,
      row.id,
      slice.inputs.length ? (withoutTypes(given) as typeof given) : undefined,
      key.current,
    );
    setBusy(false);
    if (!outcome.ok) {
      key.current = crypto.randomUUID();
      return setRefusal(outcome.refusal);
    }
    tellDone(t('slice.done', { what: sliceLabel(slice.name), title: titleOf(type, row) }), outcome.operation, done);
    await readRecord(
      model,
      type,
      row.id,
      type.fields.filter((field) => field.graph.name).map((field) => field.name),
    );
    done();
    close();
  };
  const form = `slice-${slice.name}`;
  return (
    <Dialog
      open={open}
      close={close}
      title={sliceLabel(slice.name)}
      description={titleOf(type, row)}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} disabled={busy}>
            {sliceLabel(slice.name)}
          </Button>
        </>
      }
    >
      <form id={form} noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
        <Problems refusal={refusal} shown={slice.inputs.map((input) => input.name)} type={type} />
        {slice.inputs.map(({ name, required, field }) => (
          <Field
            key={name}
            label={labelOf(type, field)}
            required={required}
            help={field.help}
            error={missing && required && isBlank(values[name]) ? t('change.required') : saidOf(refusal, name)}
          >
            {(bound) => (
              <FieldEditor
                {...bound}
                type={type}
                field={field}
                value={values[name] ?? null}
                referred={referred[name]}
                set={(value, more) => {
                  setValues((now) => ({ ...now, [name]: value }));
                  if (more && 'referred' in more) setReferred((now) => ({ ...now, [name]: more.referred ?? null }));
                }}
              />
            )}
          </Field>
        ))}
        {slice.inputs.length === 0 && <p>{t('slice.sure', { what: sliceLabel(slice.name) })}</p>}
      </form>
    </Dialog>
  );
}
