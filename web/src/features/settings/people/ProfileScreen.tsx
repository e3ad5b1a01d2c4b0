import ExternalLink from 'lucide-react/icons/external-link';
import { useMemo } from 'react';
import { useRecord } from '@/api/hooks';
import { type RecordType, readModel, useModel } from '@/api/model';
import { everything } from '@/api/values';
import { t } from '@/lib/i18n/t';
import { type Density, type Language, prefer, preferences, type Theme } from '@/lib/preferences';
import { useStore } from '@/lib/store';
import { buttonLook } from '@/ui/Button';
import { Select } from '@/ui/Select';
import { NotRead, Page, Section, Sketch } from '../frame/Page';
import { Line } from '../frame/Panel';
import { SetUpSection } from '../frame/SetUpSection';
import { personal } from './editors';
import styles from './ProfileScreen.module.css';
import { SignIns } from './SignIns';

/** The person who is here: what they are called, when they work, how they like the app, where they are logged in. */
export function ProfileScreen() {
  const model = useModel();
  const type = model.byPlural('users');
  return (
    <Page title={t('set.profile')} text={t('set.profileText')}>
      {type && <AboutYou type={type} id={model.viewer.id} />}
      <Section title={t('look.title')} text={t('set.onThisDevice')}>
        <Looks />
      </Section>
      <Section title={t('set.loggingIn')} text={t('set.loggingInText')}>
        <div className={styles.links}>
          <a href="/account" className={buttonLook}>
            <ExternalLink size={15} aria-hidden />
            {t('set.toAccount')}
          </a>
          <a href="/account/security" className={buttonLook}>
            <ExternalLink size={15} aria-hidden />
            {t('set.toSecurity')}
          </a>
        </div>
      </Section>
      <SignIns user={model.viewer.id} />
    </Page>
  );
}

function AboutYou({ type, id }: { readonly type: RecordType; readonly id: string }) {
  const names = useMemo(() => everything(type), [type]);
  const { data, refusal, again } = useRecord(type, id, names);
  // What they are called stands at other places, too.
  const changed = () => void readModel();
  if (refusal) return <NotRead refusal={refusal} again={again} />;
  if (!data) return <Sketch />;
  return (
    <>
      <SetUpSection
        type={type}
        record={data}
        title={t('set.aboutYou')}
        text={String(data.email)}
        fields={['name', 'jobTitle', 'locale', 'timeZone']}
        editors={personal}
        help={{ locale: t('set.localeHelp') }}
        changed={changed}
      />
      <SetUpSection
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
