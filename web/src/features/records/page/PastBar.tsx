import CalendarClock from 'lucide-react/icons/calendar-clock';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { TextInput } from '@/ui/Field';
import styles from './Bars.module.css';

const local = (at: Date) => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

type Props = { readonly asOf: string; readonly set: (asOf: string | null) => void; readonly missing: boolean };

/** Says that the record is looked at as it was, and when. */
export function PastBar({ asOf, set, missing }: Props) {
  const at = new Date(asOf);
  return (
    <div className={styles.bar} role="status">
      <CalendarClock size={15} aria-hidden />
      <label className={styles.label} htmlFor="past-at">
        {t('past.on')}
      </label>
      <TextInput
        id="past-at"
        type="datetime-local"
        className={styles.when}
        max={local(new Date())}
        value={Number.isNaN(at.getTime()) ? '' : local(at)}
        // A minute is meant to its end, so that what happened in it is seen.
        onChange={(event) => event.target.value && set(new Date(new Date(event.target.value).getTime() + 59_999).toISOString())}
      />
      {missing && <span>{t('past.none')}</span>}
      <span className={styles.space} />
      <Button small onClick={() => set(null)}>
        {t('past.back')}
      </Button>
    </div>
  );
}
