import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import { dayName, weekdays } from '../roles/Days';
import styles from './HoursEditor.module.css';

export type WorkingTime = { readonly day: string; readonly from: string; readonly until: string };

type Props = { readonly value: readonly WorkingTime[]; readonly set: (value: readonly WorkingTime[]) => void };

const workdays = weekdays.slice(0, 5);

/** When somebody works: parts of days. */
export function HoursEditor({ value, set }: Props) {
  const put = (i: number, change: Partial<WorkingTime> | undefined) =>
    set(value.flatMap((one, at) => (at !== i ? [one] : change ? [{ ...one, ...change }] : [])));
  const add = () => {
    const day = weekdays.find((one) => !value.some((time) => time.day === one)) ?? 'monday';
    const like = value.at(-1) ?? { from: '09:00', until: '17:00' };
    set([...value, { ...like, day }]);
  };
  return (
    <div className={styles.times}>
      {value.map((time, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part of a day is its place.
        <div key={i} className={styles.time}>
          <Select
            label={t('set.days')}
            className={styles.day}
            value={time.day}
            options={weekdays.map((day) => ({ value: day, label: dayName(day, 'long') }))}
            choose={(day) => day && put(i, { day })}
          />
          <TextInput type="time" aria-label={t('set.from')} value={time.from} onChange={({ target }) => put(i, { from: target.value })} />
          <span aria-hidden>–</span>
          <TextInput
            type="time"
            aria-label={t('set.until')}
            value={time.until}
            onChange={({ target }) => put(i, { until: target.value })}
          />
          <IconButton label={t('remove')} icon={Trash2} onClick={() => put(i, undefined)} />
        </div>
      ))}
      <div className={styles.tools}>
        <Button small icon={Plus} onClick={add}>
          {t('set.addHours')}
        </Button>
        {!value.length && (
          <Button small look="quiet" onClick={() => set(workdays.map((day) => ({ day, from: '09:00', until: '17:00' })))}>
            {t('set.usualHours')}
          </Button>
        )}
      </div>
    </div>
  );
}
