import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter';
import { useModel } from '@/api/model';
import { useActions } from '@/lib/actions';
import { t } from '@/lib/i18n/t';
import { narrow, useMedia } from '@/lib/useMedia';
import { Skeleton } from '@/ui/Skeleton';
import { settingsPages } from '../pages';
import { NoPage } from './NoPage';
import { SettingsList } from './SettingsList';
import styles from './SettingsScreen.module.css';

/** Where the company is set up: pages in a list, and the one that is open beside it. On a phone one after the other. */
export function SettingsScreen() {
  const model = useModel();
  const isNarrow = useMedia(narrow);
  const [isStart] = useRoute('/settings');
  const [, go] = useLocation();
  const pages = settingsPages.filter((page) => page.allowed(model));
  useActions(
    pages.map((page) => ({
      id: `settings.${page.path}`,
      label: t(page.label),
      icon: page.icon,
      group: 'go',
      run: () => go(`/settings/${page.path}`),
    })),
  );
  const [first] = pages;
  if (isNarrow && isStart) return <SettingsList pages={pages} />;
  return (
    <div className={styles.screen}>
      {!isNarrow && <SettingsList pages={pages} />}
      <div className={styles.page}>
        <Switch>
          {pages.map(({ path, screen: Screen }) => (
            <Route key={path} path={`/settings/${path}/*?`}>
              <Screen waiting={<Waiting />} />
            </Route>
          ))}
          {first && (
            <Route path="/settings">
              <Redirect to={`/settings/${first.path}`} replace />
            </Route>
          )}
          <Route>
            <NoPage />
          </Route>
        </Switch>
      </div>
    </div>
  );
}

const Waiting = () => (
  <div className={styles.sketch} aria-busy>
    {[30, 60, 52, 64, 44].map((width) => (
      <Skeleton key={width} width={`${width}%`} height={14} />
    ))}
  </div>
);
