import ArrowLeft from 'lucide-react/icons/arrow-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Search from 'lucide-react/icons/search';
import { useState } from 'react';
import { Link, useLocation, useRoute } from 'wouter';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { groups, type SettingsPage } from '../pages';
import styles from './SettingsList.module.css';

type Props = { readonly pages: readonly SettingsPage[] };

/** The pages of the settings under their headings, found by what they are called and what they are for. */
export function SettingsList({ pages }: Props) {
  const [words, setWords] = useState('');
  const [, go] = useLocation();
  const wanted = words.trim().toLowerCase();
  const found = pages.filter((page) => `${t(page.label)} ${t(page.text)}`.toLowerCase().includes(wanted));
  return (
    <nav aria-label={t('nav.settings')} className={styles.side}>
      <div className={styles.top}>
        <Link href="/" className={styles.back}>
          <ArrowLeft size={16} aria-hidden />
          {t('set.back')}
        </Link>
        <h1 className={styles.title}>{t('nav.settings')}</h1>
      </div>
      <search className={styles.search}>
        <Search size={15} aria-hidden />
        <input
          type="search"
          aria-label={t('set.search')}
          placeholder={t('set.search')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first) go(`/settings/${first.path}`);
            if (event.key === 'Escape') setWords('');
          }}
        />
      </search>
      <div className={styles.groups} aria-live="polite">
        {groups.map((group) => {
          const inside = found.filter((page) => page.group === group);
          if (!inside.length) return null;
          return (
            <section key={group} aria-labelledby={`settings-${group}`}>
              <h2 id={`settings-${group}`} className={styles.heading}>
                {t(`set.group.${group}`)}
              </h2>
              <ul>
                {inside.map((page) => (
                  <Entry key={page.path} of={page} />
                ))}
              </ul>
            </section>
          );
        })}
        {!found.length && <p className={styles.nothing}>{t('nothingFound')}</p>}
      </div>
    </nav>
  );
}

function Entry({ of: { path, icon: Icon, label, text } }: { readonly of: SettingsPage }) {
  const [isHere] = useRoute(`/settings/${path}/*?`);
  return (
    <li>
      <Link href={`/settings/${path}`} className={cx(styles.entry, isHere && styles.here)} aria-current={isHere ? 'page' : undefined}>
        <Icon size={16} aria-hidden />
        <span className={styles.words}>
          <span>{t(label)}</span>
          <span className={styles.text}>{t(text)}</span>
        </span>
        <ChevronRight size={16} className={styles.arrow} aria-hidden />
      </Link>
    </li>
  );
}
