import { t } from '@/lib/i18n/t';
import { Field, TextInput } from '@/ui/Field';
import { type Draft, hasLength } from './customField';
import styles from './FieldPanel.module.css';

type Props = {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  readonly said: (name: string) => string | null;
};

/** Between which lengths or numbers a value is. */
export function BoundsEditor({ draft, set, said }: Props) {
  const isLength = hasLength(draft.kind);
  return (
    <div className={styles.pair}>
      {(['min', 'max'] as const).map((name) => (
        <Field
          key={name}
          label={t(isLength ? (name === 'min' ? 'set.shortest' : 'set.longest') : name === 'min' ? 'set.lowest' : 'set.highest')}
          error={said(name)}
        >
          {({ id, describedBy, invalid }) => (
            <TextInput
              id={id}
              type="number"
              step="any"
              inputMode="decimal"
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              value={draft[name] ?? ''}
              onChange={({ target }) => set({ [name]: target.value === '' ? null : Number(target.value) })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
