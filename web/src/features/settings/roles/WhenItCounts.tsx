import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import type { Refusal } from '@/api/problems';
import { WordsInput } from '@/features/records/fields/WordsInput';
import { saidOf } from '@/features/refusals';
import { zone } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Field, TextInput } from '@/ui/Field';
import { Switch } from '@/ui/Switch';
import { Section } from '../frame/Page';
import { Line } from '../frame/Panel';
import { Days, weekdays } from './Days';
import styles from './RoleForm.module.css';
import type { Draft, Hours } from './role';

type Props = { readonly draft: Draft; readonly set: (change: Partial<Draft>) => void; readonly refusal: Refusal | undefined };

/** From where, when and for whom a role counts; where it does not, it is as if nobody had it. */
export function WhenItCounts({ draft, set, refusal }: Props) {
  const put = (i: number, change: Partial<Hours> | undefined) =>
    set({ hours: draft.hours.flatMap((one, at) => (at !== i ? [one] : change ? [{ ...one, ...change }] : [])) });
  const time = (text: string) => text.slice(0, 5);
  return (
    <Section title={t('set.whenCounts')} text={t('set.whenCountsText')}>
      <div className={styles.lines}>
        <Line label={t('set.requiresMfa')} help={t('set.requiresMfaText')}>
          {(id) => <Switch id={id} checked={draft.requiresMfa} set={(requiresMfa) => set({ requiresMfa })} />}
        </Line>
        <Field label={t('set.networks')} help={t('set.networksText')} error={saidOf(refusal, 'networks')}>
          {(bound) => (
            <WordsInput spaces {...bound} value={draft.networks} set={(networks) => set({ networks })} placeholder="192.0.2.0/24" />
          )}
        </Field>
        <div className={styles.hours}>
          <span>{t('set.hours')}</span>
          {draft.hours.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: hours are their place.
            <div key={i} className={styles.hour}>
              <Days days={one.days} set={(days) => put(i, { days })} />
              <TextInput
                type="time"
                aria-label={t('set.from')}
                value={time(one.from)}
                onChange={({ target }) => put(i, { from: target.value })}
              />
              <TextInput
                type="time"
                aria-label={t('set.until')}
                value={time(one.to)}
                onChange={({ target }) => put(i, { to: target.value })}
              />
              <TextInput data-wide aria-label={t('set.zone')} value={one.zone} onChange={({ target }) => put(i, { zone: target.value })} />
              <IconButton label={t('remove')} icon={Trash2} onClick={() => put(i, undefined)} />
            </div>
          ))}
          {saidOf(refusal, 'hours') && <p role="alert">{saidOf(refusal, 'hours')}</p>}
          <div>
            <Button
              small
              icon={Plus}
              onClick={() => set({ hours: [...draft.hours, { days: weekdays.slice(0, 5), from: '08:00', to: '18:00', zone: zone() }] })}
            >
              {t('set.addHours')}
            </Button>
          </div>
        </div>
      </div>
    </Section>
  );
}
