import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import { useUsers } from '../people/user';
import styles from './leads.module.css';

type Candidate = { readonly userId: string; readonly capacity?: number | null };
type Props = { readonly value: readonly Candidate[]; readonly set: (value: readonly Candidate[]) => void };

/** Who can be given leads, and how many open ones each has at most. */
export function CandidatesEditor({ value, set }: Props) {
  const users = useUsers('status = "active"');
  const put = (i: number, change: Partial<Candidate> | undefined) =>
    set(value.flatMap((one, at) => (at !== i ? [one] : change ? [{ ...one, ...change }] : [])));
  const free = users?.find((user) => !value.some((one) => one.userId === user.id));
  return (
    <div className={styles.list}>
      {value.map((one, i) => (
        <div key={one.userId} className={styles.row}>
          <Select
            label={t('set.person')}
            value={one.userId}
            options={(users ?? [])
              .filter((user) => user.id === one.userId || !value.some((other) => other.userId === user.id))
              .map((user) => ({ value: user.id, label: user.name }))}
            choose={(userId) => userId && put(i, { userId })}
          />
          <TextInput
            type="number"
            min={0}
            aria-label={t('set.capacity')}
            placeholder={t('set.capacity')}
            value={one.capacity ?? ''}
            onChange={({ target }) => put(i, { capacity: target.value === '' ? null : Number(target.value) })}
          />
          <IconButton label={t('remove')} icon={Trash2} onClick={() => put(i, undefined)} />
        </div>
      ))}
      {free && (
        <div>
          <Button small icon={Plus} onClick={() => set([...value, { userId: free.id }])}>
            {t('set.addPerson')}
          </Button>
        </div>
      )}
    </div>
  );
}
