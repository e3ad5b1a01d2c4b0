import type { LucideIcon } from 'lucide-react';
import ChevronRight from 'lucide-react/icons/chevron-right';
import PanelLeftClose from 'lucide-react/icons/panel-left-close';
import Search from 'lucide-react/icons/search';
import Settings from 'lucide-react/icons/settings';
import { useState } from 'react';
import { Link, useRoute } from 'wouter';
import { type RecordType, useModel } from '@/api/model';
import { manyOf } from '@/features/labels';
import { iconOf, navOf } from '@/features/nouns';
import { screens } from '@/features/screens';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { prefer } from '@/lib/preferences';
import { IconButton } from '@/ui/Button';
import { Keys } from '@/ui/Keys';
import { routes } from './routes';
import shell from './Shell.module.css';
import styles from './Sidebar.module.css';
import { YouMenu } from './YouMenu';

/** Where to go, at the left of everything. */
export function Sidebar({ search }: { readonly search: () => void }) {
  return (
    <div className={shell.side}>
      <div className={styles.top}>
        <YouMenu />
        <IconButton label={t('nav.collapse')} icon={PanelLeftClose} keys="mod+b" onClick={() => prefer({ sidebar: false })} />
      </div>
      <button type="button" className={styles.search} onClick={search}>
        <Search size={15} aria-hidden />
        <span>{t('command.open')}</span>
        <Keys of="mod+k" />
      </button>
      <Places />
    </div>
  );
}

/** The record types somebody sees, those of every day first; settings at the end. */
export function Places({ chosen }: { readonly chosen?: () => void }) {
  const model = useModel();
  const { daily, more } = navOf(model);
  const [, at] = useRoute('/:plural/*?');
  const [open, setOpen] = useState(more.some((type) => type.plural === at?.plural));
  const hasSettings = routes.some((route) => route.path.startsWith('/settings'));
  return (
    <nav aria-label={t('nav.label')} className={styles.places}>
      <ul>
        {daily.map((type) => (
          <Place key={type.plural} of={type} chosen={chosen} />
        ))}
        {screens
          .filter((screen) => screen.allowed(model))
          .map(({ href, icon, label }) => (
            <Item key={href} href={href} icon={icon} label={t(label)} chosen={chosen} />
          ))}
      </ul>
      {more.length > 0 && (
        <>
          <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
            <ChevronRight size={14} aria-hidden />
            {t('nav.more')}
          </button>
          {open && (
            <ul>
              {more.map((type) => (
                <Place key={type.plural} of={type} chosen={chosen} />
              ))}
            </ul>
          )}
        </>
      )}
      {hasSettings && (
        <ul className={styles.end}>
          <Item href="/settings" icon={Settings} label={t('nav.settings')} chosen={chosen} />
        </ul>
      )}
    </nav>
  );
}

const Place = ({ of, chosen }: { readonly of: RecordType; readonly chosen?: () => void }) => (
  <Item href={`/${of.plural}`} icon={iconOf(of)} label={manyOf(of)} chosen={chosen} />
);

type ItemProps = { readonly href: string; readonly icon: LucideIcon; readonly label: string; readonly chosen?: () => void };

function Item({ href, icon: Icon, label, chosen }: ItemProps) {
  const [isHere] = useRoute(`${href}/*?`);
  return (
    <li>
      <Link href={href} onClick={chosen} aria-current={isHere ? 'page' : undefined} className={cx(styles.place, isHere && styles.here)}>
        <Icon size={16} aria-hidden />
        {label}
      </Link>
    </li>
  );
}
