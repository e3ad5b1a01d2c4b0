import ChevronDown from 'lucide-react/icons/chevron-down';
import LogOut from 'lucide-react/icons/log-out';
import { useModel } from '@/api/model';
import { logOut } from '@/api/session';
import { forgetSeen } from '@/features/search/recent';
import { t } from '@/lib/i18n/t';
import { type Density, type Language, prefer, preferences, type Theme } from '@/lib/preferences';
import { useStore } from '@/lib/store';
import { Avatar } from '@/ui/Avatar';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '@/ui/Menu';
import styles from './YouMenu.module.css';

/** Who is here, and how they like it. */
export function YouMenu() {
  const { viewer } = useModel();
  const { theme, density, language } = useStore(preferences);
  const themes: { value: Theme; label: string }[] = [
    { value: 'system', label: t('look.system') },
    { value: 'light', label: t('look.light') },
    { value: 'dark', label: t('look.dark') },
  ];
  const densities: { value: Density; label: string }[] = [
    { value: 'comfortable', label: t('look.comfortable') },
    { value: 'compact', label: t('look.compact') },
  ];
  const languages: { value: Language; label: string }[] = [
    { value: 'en', label: 'English' },
    { value: 'de', label: 'Deutsch' },
  ];
  const leave = () => {
    forgetSeen();
    logOut();
  };
  return (
    <Menu
      trigger={
        <button type="button" className={styles.you}>
          <Avatar name={viewer.name} square />
          <span className={styles.name}>{viewer.name}</span>
          <ChevronDown size={14} aria-hidden />
        </button>
      }
    >
      <MenuChoice label={t('look.theme')} value={theme} options={themes} choose={(next) => prefer({ theme: next })} />
      <MenuSeparator />
      <MenuChoice label={t('look.density')} value={density} options={densities} choose={(next) => prefer({ density: next })} />
      <MenuSeparator />
      <MenuChoice label={t('look.language')} value={language} options={languages} choose={(next) => prefer({ language: next })} />
      <MenuSeparator />
      <MenuItem icon={LogOut} run={leave}>
        {t('look.logOut')}
      </MenuItem>
    </Menu>
  );
}
