import { type ReactNode, useMemo } from 'react';
import { useRecord } from '@/api/hooks';
import { type FieldModel, isEditable } from '@/api/model';
import { type Row, referredOf } from '@/api/values';
import { labelOf } from '@/features/labels';
import { FieldEditor } from '@/features/records/fields/FieldEditor';
import { saidOf } from '@/features/refusals';
import { Field } from '@/ui/Field';
import { Switch } from '@/ui/Switch';
import { Line } from './Panel';
import type { SetUp } from './useSetUp';

export type Bound = { readonly id: string; readonly describedBy: string | undefined; readonly invalid: boolean };
/** What a field is entered with where its kind alone does not say it. */
export type Editors = Readonly<Record<string, (form: SetUp, field: FieldModel, bound: Bound) => ReactNode>>;

type Props = {
  readonly form: SetUp;
  /** The record whose references are to be shown by name. */
  readonly id?: string;
  readonly editors?: Editors;
  readonly help?: Readonly<Record<string, string>>;
};

/** The fields of a record of the settings, each with what the model and the server say of it. */
export function SetUpFields({ form, id, editors = {}, help = {} }: Props) {
  const { type, shown, value, set, refusal } = form;
  const referring = shown
    .filter((field) => field.graph.reference)
    .map((field) => field.name)
    .join(' ');
  const references = useMemo(() => referring.split(' ').filter(Boolean), [referring]);
  const names = (row?: Row | null) => (field: FieldModel) => (row ? referredOf(row, field) : null);
  const fields = (named: (field: FieldModel) => Row | null) =>
    shown.map((field) => {
      const label = labelOf(type, field);
      const isFixed = !isEditable(field);
      const own = editors[field.name];
      if (field.kind === 'boolean' && !own)
        return (
          <Line key={field.name} label={label} help={help[field.name] ?? field.help ?? undefined}>
            {(bound) => <Switch id={bound} disabled={isFixed} checked={value(field.name) === true} set={(on) => set(field.name, on)} />}
          </Line>
        );
      return (
        <Field
          key={field.name}
          label={label}
          required={field.required}
          help={help[field.name] ?? field.help}
          error={saidOf(refusal, field.name)}
        >
          {(bound) =>
            own?.(form, field, bound) ?? (
              <FieldEditor
                type={type}
                field={field}
                {...bound}
                value={value(field.name)}
                referred={field.name in form.referred ? form.referred[field.name] : named(field)}
                set={(next, more) => set(field.name, next, more)}
              />
            )
          }
        </Field>
      );
    });
  if (!id || !references.length) return <>{fields(() => null)}</>;
  return <Named form={form} id={id} references={references} show={(row) => fields(names(row))} />;
}

type NamedProps = {
  readonly form: SetUp;
  readonly id: string;
  readonly references: readonly string[];
  readonly show: (row: Row | null | undefined) => ReactNode;
};

const Named = ({ form, id, references, show }: NamedProps) => <>{show(useRecord(form.type, id, references).data)}</>;
