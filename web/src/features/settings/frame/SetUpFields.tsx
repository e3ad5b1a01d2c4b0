import type { ReactNode } from 'react';
import { type FieldModel, isEditable } from '@/api/model';
import { referredOf } from '@/api/values';
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
  readonly editors?: Editors;
  readonly help?: Readonly<Record<string, string>>;
};

/** The fields of a record of the settings, each with what the model and the server say of it. */
export function SetUpFields({ form, editors = {}, help = {} }: Props) {
  const { type, record, shown, value, set, refusal } = form;
  return shown.map((field) => {
    const label = labelOf(type, field);
    const isFixed = !isEditable(field);
    const own = editors[field.name];
    // What others have changed is entered anew; `begun` stays while somebody enters something.
    const key = `${form.begun} ${field.name}`;
    if (field.kind === 'boolean' && !own)
      return (
        <Line key={key} label={label} help={help[field.name] ?? field.help ?? undefined}>
          {(bound) => <Switch id={bound} disabled={isFixed} checked={value(field.name) === true} set={(on) => set(field.name, on)} />}
        </Line>
      );
    return (
      <Field key={key} label={label} required={field.required} help={help[field.name] ?? field.help} error={saidOf(refusal, field.name)}>
        {(bound) =>
          own?.(form, field, bound) ?? (
            <FieldEditor
              type={type}
              field={field}
              {...bound}
              value={value(field.name)}
              referred={field.name in form.referred ? form.referred[field.name] : record && referredOf(record, field)}
              set={(next, more) => set(field.name, next, more)}
            />
          )
        }
      </Field>
    );
  });
}
