import { t } from '@/lib/i18n/t';
import { preferences } from '@/lib/preferences';
import styles from './RoleForm.module.css';

export const weekdays: readonly string[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

// The fifth of January 1970 was a Monday.
const dayMs = 86_400_000;

export function dayName(day: string, form: 'short' | 'long' = 'short'): string {
  const at = new Date((4 + weekdays.indexOf(day)) * dayMs);
  return new Intl.DateTimeFormat(preferences.get().language, { weekday: form, timeZone: 'UTC' }).format(at);
}

/** Days of the week, each on or off. */
export const Days = ({ days, set }: { readonly days: readonly string[]; readonly set: (days: readonly string[]) => void }) => (
  <fieldset className={styles.whole} aria-label={t('set.days')}>
    <span className={styles.days}>
      {weekdays.map((day) => (
        <button
          key={day}
          type="button"
          className={styles.day}
          aria-label={dayName(day, 'long')}
          aria-pressed={days.includes(day)}
          onClick={() => set(weekdays.filter((one) => (one === day ? !days.includes(day) : days.includes(one))))}
        >
          {dayName(day)}
        </button>
      ))}
    </span>
  </fieldset>
);
