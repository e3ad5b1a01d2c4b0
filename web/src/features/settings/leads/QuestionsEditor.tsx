import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import { isEditable, useModel } from '@/api/model';
import { labelOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Checkbox } from '@/ui/Checkbox';
import { TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import styles from './leads.module.css';

type Question = {
  readonly field: string;
  readonly label?: string | null;
  readonly help?: string | null;
  readonly required?: boolean;
  readonly value?: string | null;
};
type Props = { readonly value: readonly Question[]; readonly set: (value: readonly Question[]) => void };

/** What a form asks, in order: fields of a lead, in words of its own if need be. */
export function QuestionsEditor({ value, set }: Props) {
  const leads = useModel().byPlural('leads');
  if (!leads) return null;
  const fields = leads.fields.filter((field) => isEditable(field) && !['list', 'json', 'texts', 'reference'].includes(field.kind));
  const put = (i: number, change: Partial<Question>) => set(value.map((one, at) => (at === i ? { ...one, ...change } : one)));
  const move = (i: number, by: number) => {
    const next = [...value];
    const [one] = next.splice(i, 1);
    if (one) next.splice(i + by, 0, one);
    set(next);
  };
  const free = fields.find((field) => !value.some((one) => one.field === field.name));
  return (
    <div className={styles.list}>
      {value.map((one, i) => {
        const field = leads.field(one.field);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place.
          <div key={i} className={styles.question}>
            <div className={styles.row}>
              <Select
                label={t('set.field')}
                value={one.field}
                options={fields
                  .filter((other) => other.name === one.field || !value.some(({ field: used }) => used === other.name))
                  .map((other) => ({ value: other.name, label: labelOf(leads, other) }))}
                choose={(next) => next && put(i, { field: next })}
              />
              <IconButton label={t('set.up')} icon={ArrowUp} disabled={i === 0} onClick={() => move(i, -1)} />
              <IconButton label={t('set.down')} icon={ArrowDown} disabled={i === value.length - 1} onClick={() => move(i, 1)} />
              <IconButton label={t('remove')} icon={Trash2} onClick={() => set(value.filter((_, at) => at !== i))} />
            </div>
            <div className={styles.row}>
              <TextInput
                aria-label={t('set.question')}
                placeholder={field ? labelOf(leads, field) : t('set.question')}
                value={one.label ?? ''}
                onChange={({ target }) => put(i, { label: target.value || null })}
              />
              {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one. */}
              <label className={styles.check}>
                <Checkbox label={t('set.required')} checked={one.required === true} set={(required) => put(i, { required })} />
                {t('set.required')}
              </label>
            </div>
            <div className={styles.row}>
              <TextInput
                aria-label={t('set.help')}
                placeholder={t('set.help')}
                value={one.help ?? ''}
                onChange={({ target }) => put(i, { help: target.value || null })}
              />
              <TextInput
                aria-label={t('set.setUnasked')}
                placeholder={t('set.setUnasked')}
                value={one.value ?? ''}
                onChange={({ target }) => put(i, { value: target.value || null })}
              />
            </div>
          </div>
        );
      })}
      {free && (
        <div>
          <Button small icon={Plus} onClick={() => set([...value, { field: free.name }])}>
            {t('set.addQuestion')}
          </Button>
        </div>
      )}
    </div>
  );
}
