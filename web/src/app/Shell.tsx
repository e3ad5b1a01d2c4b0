import { useState } from 'react';
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter';
import { useModel } from '@/api/model';
import { navOf } from '@/features/nouns';
import { asked } from '@/features/records/conflict/conflicts';
import { t } from '@/lib/i18n/t';
import { leaving } from '@/lib/leaving';
import { soon } from '@/lib/part';
import { preferences } from '@/lib/preferences';
import { useStore } from '@/lib/store';
import { useEver } from '@/lib/useEver';
import { narrow, useMedia } from '@/lib/useMedia';
import { Skeleton } from '@/ui/Skeleton';
import { BottomBar } from './BottomBar';
import { Boundary } from './Boundary';
import { LineBanner } from './LineBanner';
import { NotFound } from './NotFound';
import { routes } from './routes';
import styles from './Shell.module.css';
import { Sidebar } from './Sidebar';
import { useAppActions } from './useAppActions';

const CommandMenu = soon(() => import('@/features/search/CommandMenu').then((file) => file.CommandMenu));
const KeySheet = soon(() => import('@/features/search/KeySheet').then((file) => file.KeySheet));
const Leaving = soon(() => import('./Leaving').then((file) => file.Leaving));
const ConflictDialog = soon(() => import('@/features/records/conflict/ConflictDialog').then((file) => file.ConflictDialog));

/** What stands around every screen. */
export function Shell() {
  const model = useModel();
  const isNarrow = useMedia(narrow);
  const { sidebar } = useStore(preferences);
  const [open, setOpen] = useState<'command' | 'keys' | undefined>();
  const [path] = useLocation();
  // Settings have a list of their own at this place.
  const [isSettings] = useRoute('/settings/*?');
  const searches = useEver(open === 'command');
  const looksUp = useEver(open === 'keys');
  const leaves = useEver(useStore(leaving) !== undefined);
  const settles = useEver(useStore(asked) !== undefined);
  useAppActions(setOpen);
  const [first] = [...navOf(model).daily, ...navOf(model).more];
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t('nav.skip')}
      </a>
      {!isNarrow && sidebar && !isSettings && <Sidebar search={() => setOpen('command')} />}
      <div className={styles.main}>
        <LineBanner />
        <main id="content" className={styles.content} tabIndex={-1}>
          <Boundary at={path}>
            <Switch>
              {first && (
                <Route path="/">
                  <Redirect to={`/${first.plural}`} replace />
                </Route>
              )}
              {routes.map(({ path: at, screen: Screen }) => (
                <Route key={at} path={at}>
                  <Screen waiting={<Waiting />} />
                </Route>
              ))}
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </Boundary>
        </main>
        {isNarrow && <BottomBar search={() => setOpen('command')} />}
      </div>
      {searches && <CommandMenu open={open === 'command'} close={() => setOpen(undefined)} />}
      {looksUp && <KeySheet open={open === 'keys'} close={() => setOpen(undefined)} />}
      {settles && <ConflictDialog />}
      {leaves && <Leaving />}
    </div>
  );
}

const Waiting = () => (
  <div className={styles.sketch} aria-busy>
    {[42, 70, 55, 64, 48].map((width) => (
      <Skeleton key={width} width={`${width}%`} height={14} />
    ))}
  </div>
);
