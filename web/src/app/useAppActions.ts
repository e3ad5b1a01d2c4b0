import CommandIcon from 'lucide-react/icons/command';
import Contrast from 'lucide-react/icons/contrast';
import Keyboard from 'lucide-react/icons/keyboard';
import Languages from 'lucide-react/icons/languages';
import PanelLeft from 'lucide-react/icons/panel-left';
import Rows3 from 'lucide-react/icons/rows-3';
import Settings from 'lucide-react/icons/settings';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useModel } from '@/api/model';
import { manyOf } from '@/features/labels';
import { iconOf, navOf } from '@/features/nouns';
import { screens } from '@/features/screens';
import { type Action, useActions } from '@/lib/actions';
import { t } from '@/lib/i18n/t';
import { listenToKeys } from '@/lib/keys';
import { prefer, preferences } from '@/lib/preferences';

// One letter after `g`, where two do not begin alike.
const letters: Readonly<Record<string, string>> = { contacts: 'c', accounts: 'a', leads: 'l', deals: 'd', products: 'p' };

/** What can be done wherever somebody is. */
export function useAppActions(open: (what: 'command' | 'keys') => void) {
  const model = useModel();
  const { daily, more } = navOf(model);
  const [, go] = useLocation();
  useEffect(listenToKeys, []);
  const places = [...daily, ...more].map((type): Action => {
    const letter = letters[type.plural];
    return {
      id: `go.${type.plural}`,
      label: t('go.to', { place: manyOf(type) }),
      icon: iconOf(type),
      group: 'go',
      ...(letter && { keys: [`g ${letter}`] }),
      run: () => go(`/${type.plural}`),
    };
  });
  useActions([
    ...places,
    ...screens.map(
      ({ href, label, icon, keys, allowed }): Action => ({
        id: `go${href}`,
        label: t('go.to', { place: t(label) }),
        icon,
        group: 'go',
        ...(keys && { keys: [keys] }),
        allowed: () => allowed(model),
        run: () => go(href),
      }),
    ),
    { id: 'go.settings', label: t('nav.settings'), icon: Settings, group: 'go', keys: ['g s'], run: () => go('/settings') },
    { id: 'command', label: t('command.open'), icon: CommandIcon, group: 'help', keys: ['mod+k', '/'], run: () => open('command') },
    { id: 'keys', label: t('keys.open'), icon: Keyboard, group: 'help', keys: ['?'], run: () => open('keys') },
    {
      id: 'look.sidebar',
      label: preferences.get().sidebar ? t('nav.collapse') : t('nav.expand'),
      icon: PanelLeft,
      group: 'look',
      keys: ['mod+b'],
      run: () => prefer({ sidebar: !preferences.get().sidebar }),
    },
    {
      id: 'look.theme',
      label: t('look.toggleTheme'),
      icon: Contrast,
      group: 'look',
      run: () => prefer({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' }),
    },
    {
      id: 'look.density',
      label: t('look.toggleDensity'),
      icon: Rows3,
      group: 'look',
      run: () => prefer({ density: preferences.get().density === 'compact' ? 'comfortable' : 'compact' }),
    },
    {
      id: 'look.language',
      label: preferences.get().language === 'de' ? 'English' : 'Deutsch',
      icon: Languages,
      group: 'look',
      run: () => prefer({ language: preferences.get().language === 'de' ? 'en' : 'de' }),
    },
  ]);
}
