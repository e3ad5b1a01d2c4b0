import MenuIcon from 'lucide-react/icons/menu';
import Search from 'lucide-react/icons/search';
import { useState } from 'react';
import { Link, useRoute } from 'wouter';
import { type RecordType, useModel } from '@/api/model';
import { manyOf } from '@/features/labels';
import { iconOf, navOf } from '@/features/nouns';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { soon } from '@/lib/part';
import { useEver } from '@/lib/useEver';
import styles from './BottomBar.module.css';

const PlacesPanel = soon(() => import('./PlacesPanel').then((file) => file.PlacesPanel));

/** The same places for a thumb. */
export function BottomBar({ search }: { readonly search: () => void }) {
  const [open, setOpen] = useState(false);
  const met = useEver(open);
  const daily = navOf(useModel()).daily.filter(({ plural }) => plural !== 'accounts' && plural !== 'products');
  return (
    <nav aria-label={t('nav.label')} className={styles.bar}>
      {daily.slice(0, 3).map((type) => (
        <Tab key={type.plural} of={type} />
      ))}
      <button type="button" className={styles.tab} onClick={search} aria-label={t('command.open')}>
        <Search size={20} aria-hidden />
        <span>{t('search')}</span>
      </button>
      <button type="button" className={styles.tab} onClick={() => setOpen(true)} aria-expanded={open}>
        <MenuIcon size={20} aria-hidden />
        <span>{t('nav.menu')}</span>
      </button>
      {met && <PlacesPanel open={open} close={() => setOpen(false)} />}
    </nav>
  );
}

function Tab({ of }: { readonly of: RecordType }) {
  const [isHere] = useRoute(`/${of.plural}/*?`);
  const Icon = iconOf(of);
  return (
    <Link href={`/${of.plural}`} className={cx(styles.tab, isHere && styles.here)} aria-current={isHere ? 'page' : undefined}>
      <Icon size={20} aria-hidden />
      <span>{manyOf(of)}</span>
    </Link>
  );
}
