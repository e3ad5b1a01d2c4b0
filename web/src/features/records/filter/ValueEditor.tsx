import { useState } from 'react';
import { useModel } from '@/api/model';
import { findRecords } from '@/api/search';
import { type Row, titleOf } from '@/api/values';
import { choiceLabel } from '@/features/labels';
import { quoted } from '@/lib/filter/text';
import { type Condition, takesMany, textOf } from '@/lib/filter/tree';
import { t } from '@/lib/i18n/t';
import { parseDecimal } from '@/lib/parse';
import { preferences } from '@/lib/preferences';
import { Checkbox } from '@/ui/Checkbox';
import { TextInput } from '@/ui/Field';
import { Popover } from '@/ui/Popover';
import { Select } from '@/ui/Select';
import { kindOf } from '../fields/FieldValue';
import styles from './FilterBuilder.module.css';
import type { Askable } from './operators';
import { useNames } from './useNames';

type Props = { readonly asked: Askable; readonly condition: Condition; readonly set: (values: readonly string[]) => void };

/** What a field is compared with, entered by its kind; kept as the language writes it. */
export function ValueEditor(props: Props) {
  const { asked, condition, set } = props;
  const [value = ''] = condition.values;
  switch (kindOf(asked.field)) {
    case 'boolean':
      return (
        <Select
          label={t('filter.value')}
          value={value}
          options={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]}
          choose={(next) => next && set([next])}
        />
      );
    case 'choice':
    case 'multiChoice':
      return (
        <SomeOf
          {...props}
          options={(asked.field.choices ?? []).map((choice) => ({
            value: quoted(choice.value),
            label: choiceLabel(asked.type, asked.field, choice.value),
          }))}
        />
      );
    case 'reference':
      return <Records {...props} />;
    case 'date':
    case 'instant':
      return <Days value={value} set={set} />;
    case 'integer':
    case 'number':
    case 'money':
    case 'rating':
      return <NumberOf value={value} set={set} />;
    default:
      return <TextInput aria-label={t('filter.value')} value={textOf(value)} onChange={(event) => set([quoted(event.target.value)])} />;
  }
}

function NumberOf({ value, set }: { readonly value: string; readonly set: Props['set'] }) {
  const { language } = preferences.get();
  const [text, setText] = useState(value);
  return (
    <TextInput
      aria-label={t('filter.value')}
      inputMode="decimal"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const currency = /[A-Z]{3}$/.exec(event.target.value)?.[0];
        const digits = parseDecimal(event.target.value.replace(/\s*[A-Z]{3}$/, ''), language);
        set(digits ? [currency ? `${digits} ${currency}` : digits] : []);
      }}
    />
  );
}

const stretches = [
  'today',
  'yesterday',
  'tomorrow',
  'thisweek',
  'lastweek',
  'nextweek',
  'thismonth',
  'lastmonth',
  'nextmonth',
  'thisquarter',
  'thisyear',
] as const;
const relative = [-7, -30, -90, 7, 30];

const dayText = (days: number) => `${days > 0 ? '+' : ''}${days}d`;

function Days({ value, set }: { readonly value: string; readonly set: Props['set'] }) {
  const isDay = /^\d{4}-/.test(value) || value === '';
  const options = [
    ...stretches.map((one) => ({ value: one as string, label: t(`op.${one}`) })),
    ...relative.map((days) => ({
      value: dayText(days),
      label: days < 0 ? t('op.daysAgo', { count: -days }) : t('op.daysAhead', { count: days }),
    })),
    { value: 'day', label: t('op.day') },
  ];
  const known = options.some((option) => option.value === value);
  return (
    <>
      <Select
        label={t('filter.value')}
        value={isDay ? 'day' : value}
        options={known || isDay ? options : [{ value, label: value }, ...options]}
        choose={(next) => next && set(next === 'day' ? [''] : [next])}
      />
      {isDay && (
        <TextInput type="date" aria-label={t('op.day')} value={value.slice(0, 10)} onChange={(event) => set([event.target.value])} />
      )}
    </>
  );
}

type Some = Props & { readonly options: readonly { value: string; label: string }[]; readonly onType?: (text: string) => void };

/** One or some of a list, ticked. */
function SomeOf({ condition, set, options, onType }: Some) {
  const many = takesMany(condition.operator);
  const chosen = options.filter((option) => condition.values.includes(option.value));
  const toggle = (value: string, on: boolean) =>
    set(many ? (on ? [...condition.values, value] : condition.values.filter((one) => one !== value)) : on ? [value] : []);
  return (
    <Popover
      title={t('filter.value')}
      trigger={
        <button type="button" className={styles.value}>
          {chosen.length ? chosen.map((option) => option.label).join(', ') : t('filter.value')}
        </button>
      }
    >
      <div className={styles.some}>
        {onType && <TextInput aria-label={t('search')} placeholder={t('search')} onChange={(event) => onType(event.target.value)} />}
        {options.map((option) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one.
          <label key={option.value} className={styles.option}>
            <Checkbox label={option.label} checked={condition.values.includes(option.value)} set={(on) => toggle(option.value, on)} />
            {option.label}
          </label>
        ))}
      </div>
    </Popover>
  );
}

function Records(props: Props) {
  const { asked, condition } = props;
  const model = useModel();
  const to = model.referred(asked.type, asked.field);
  const [words, setWords] = useState('');
  const found = useNames(to, words, (type, text) => findRecords(model, type, text, 20));
  const known = useNames(to, condition.values.map(textOf).join(), async () => found);
  const rows = [...found, ...known].filter((row, i, all) => all.findIndex((other) => other.id === row.id) === i);
  const option = (row: Row) => ({ value: quoted(row.id), label: titleOf(to, row) || row.id });
  const me = to?.record === 'user' ? [{ value: 'me', label: t('op.me') }] : [];
  return <SomeOf {...props} options={[...me, ...rows.map(option)]} onType={setWords} />;
}
