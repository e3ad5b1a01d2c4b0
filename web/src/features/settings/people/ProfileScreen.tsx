import ExternalLink from 'lucide-react/icons/external-link';
import { useDoor } from '@/api/doors';
import { readModel, useModel } from '@/api/model';
import { t } from '@/lib/i18n/t';
import { type Density, type Language, prefer, preferences, type Theme } from '@/lib/preferences';
import { useStore } from '@/lib/store';
import { Select } from '@/ui/Select';
import { NotRead, Page, Section, Sketch } from '../frame/Page';
import { Line } from '../frame/Panel';
import { SetUpSection } from '../frame/SetUpSection';
import { personal } from './editors';
import styles from './ProfileScreen.module.css';
import { SignIns } from './SignIns';
import type { User } from './user';

/** The person who is here: what they are called, when they work, how they like the app, where they are logged in. */
export function ProfileScreen() {
  const model = useModel();
  const type = model.byPlural('users');
  const { data, refusal, again } = useDoor<User>(`/users/${model.viewer.id}`);
  const changed = () => {
    again();
    void readModel();
  };
  return (
    <Page title={t('set.profile')} text={data?.email}>
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data && type && (
        <>
          <SetUpSection
            key={`who ${data.version}`}
            type={type}
            record={data}
            title={t('set.aboutYou')}
            fields={['name', 'jobTitle', 'locale', 'timeZone']}
            editors={personal}
            help={{ locale: t('set.localeHelp') }}
            changed={changed}
          />
          <SetUpSection
            key={`when ${data.version}`}
            type={type}
            record={data}
            plain
            title={t('set.yourTime')}
            text={t('set.yourTimeText')}
            fields={['workingHours', 'absentFrom', 'absentUntil']}
            editors={personal}
            changed={changed}
          />
        </>
      )}
      <Section title={t('look.title')} text={t('set.onThisDevice')}>
        <Looks />
      </Section>
      <Section title={t('set.loggingIn')} text={t('set.loggingInText')}>
        <div className={styles.links}>
          <a href="/account" className={styles.out}>
            <ExternalLink size={15} aria-hidden />
            {t('set.toAccount')}
          </a>
          <a href="/account/security" className={styles.out}>
            <ExternalLink size={15} aria-hidden />
            {t('set.toSecurity')}
          </a>
        </div>
      </Section>
      <SignIns user={String(model.viewer.id)} />
    </Page>
  );
}

function Looks() {
  const { theme, density, language } = useStore(preferences);
  return (
    <div className={styles.looks}>
      <Line label={t('look.theme')}>
        {(id) => (
          <Select<Theme>
            id={id}
            value={theme}
            className={styles.choice}
            options={[
              { value: 'system', label: t('look.system') },
              { value: 'light', label: t('look.light') },
              { value: 'dark', label: t('look.dark') },
            ]}
            choose={(next) => next && prefer({ theme: next })}
          />
        )}
      </Line>
      <Line label={t('look.density')}>
        {(id) => (
          <Select<Density>
            id={id}
            value={density}
            className={styles.choice}
            options={[
              { value: 'comfortable', label: t('look.comfortable') },
              { value: 'compact', label: t('look.compact') },
            ]}
            choose={(next) => next && prefer({ density: next })}
          />
        )}
      </Line>
      <Line label={t('look.language')}>
        {(id) => (
          <Select<Language>
            id={id}
            value={language}
            className={styles.choice}
            options={[
              { value: 'en', label: 'English' },
              { value: 'de', label: 'Deutsch' },
            ]}
            choose={(next) => next && prefer({ language: next })}
          />
        )}
      </Line>
    </div>
  );
}
