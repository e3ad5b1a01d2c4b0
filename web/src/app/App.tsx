import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { useEffect, useState } from 'react';
import { Provider } from 'urql';
import { Router } from 'wouter';
import { client } from '@/api/client';
import { readModel } from '@/api/model';
import { cameBack, LoginRequired } from '@/api/session';
import { askedFirst } from '@/lib/leaving';
import { preferences } from '@/lib/preferences';
import { useStore } from '@/lib/store';
import { Toasts } from '@/ui/Toasts';
import { Boundary } from './Boundary';
import { Shell } from './Shell';
import { Failed, Starting } from './Starting';
import { speak } from './speak';

type State = 'starting' | 'ready' | 'failed';

async function start() {
  if (location.pathname === '/logged-in') history.replaceState(null, '', await cameBack(location.search));
  await readModel();
}

/** All of it: comes up when it is known who is there and what they work with. */
export function App() {
  const language = useSpoken();
  const [state, setState] = useState<State>('starting');
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try starts anew.
  useEffect(() => {
    start().then(
      () => setState('ready'),
      (error: unknown) => setState(error instanceof LoginRequired ? 'starting' : 'failed'),
    );
  }, [tries]);
  const again = () => {
    setState('starting');
    setTries(tries + 1);
  };
  return (
    <Boundary whole>
      <CSPProvider disableStyleElements>
        <Provider value={client}>
          <Tooltip.Provider delay={400}>
            <Toasts key={language}>
              {state === 'ready' && (
                <Router aroundNav={askedFirst}>
                  <Shell />
                </Router>
              )}
              {state === 'starting' && <Starting />}
              {state === 'failed' && <Failed again={again} />}
            </Toasts>
          </Tooltip.Provider>
        </Provider>
      </CSPProvider>
    </Boundary>
  );
}

// A language is spoken when its texts are there; until then the one before.
function useSpoken(): string {
  const { language } = useStore(preferences);
  const [spoken, setSpoken] = useState(language);
  useEffect(() => {
    void speak(language).then(() => setSpoken(language));
  }, [language]);
  return spoken;
}
