import { type ReactNode, useState } from 'react';
import type { RecordType } from '@/api/model';
import { type Row, titleOf } from '@/api/values';
import { oneWithin } from '@/features/labels';
import { useFound } from '@/features/records/useFound';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Combobox } from '@/ui/Combobox';
import { RadioCard } from '@/ui/RadioCard';
import styles from './ConvertDialog.module.css';

export type Option = { readonly value: string; readonly label: string; readonly detail?: ReactNode; readonly isSure?: boolean };

type Props = {
  readonly legend: string;
  readonly type: RecordType;
  readonly value: string;
  readonly options: readonly Option[];
  readonly choose: (value: string) => void;
  readonly picked: (row: Row) => void;
};

/** A new one, one of those that are probably meant, or any other. */
export function Choices({ legend, type, value, options, choose, picked }: Props) {
  const [words, setWords] = useState('');
  const [other, setOther] = useState<{ value: string; label: string } | null>(null);
  const found = useFound(type, words);
  const items = (found ?? []).map((row) => ({ value: row.id, label: titleOf(type, row) || t('list.untitled'), row }));
  const name = `choice-${type.plural}`;
  return (
    <fieldset className={styles.choices}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <RadioCard key={option.value} name={name} checked={value === option.value} choose={() => choose(option.value)}>
          <span className={styles.label}>
            {option.label}
            {option.isSure && <Badge tone="success">{t('convert.sure')}</Badge>}
          </span>
          {option.detail && <span className={styles.detail}>{option.detail}</span>}
        </RadioCard>
      ))}
      <div className={styles.other}>
        <Combobox
          label={t('convert.other', { label: oneWithin(type) })}
          placeholder={t('convert.other', { label: oneWithin(type) })}
          value={other}
          items={items}
          searching={found === undefined}
          onType={setWords}
          choose={(next) => {
            setOther(next);
            const row = items.find((item) => item.value === next?.value)?.row;
            if (row) picked(row);
            if (next) choose(next.value);
            else if (value === other?.value) choose(options[0]?.value ?? '');
          }}
        />
      </div>
    </fieldset>
  );
}
