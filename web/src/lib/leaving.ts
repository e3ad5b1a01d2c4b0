import { useEffect } from 'react';
import type { AroundNavHandler } from 'wouter';
import { Store } from './store';

/** Where somebody wants to go who has not saved what they entered: they are asked first. */
export const leaving = new Store<(() => void) | undefined>(undefined);

const unsaved = new Set<object>();
let here = '';

/** As long as something is not saved, whoever leaves its page is asked, and so is whoever closes the window. */
export function useUnsaved(isUnsaved: boolean) {
  useEffect(() => {
    if (!isUnsaved) return;
    const one = {};
    unsaved.add(one);
    here = location.href;
    addEventListener('beforeunload', ask);
    return () => {
      unsaved.delete(one);
      if (!unsaved.size) removeEventListener('beforeunload', ask);
    };
  }, [isUnsaved]);
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/**
 * Goes where somebody wants to go, after they were asked if need be. What takes the place of a page is no way of leaving it: it follows from what was
 * done there.
 */
export const askedFirst: AroundNavHandler = (navigate, to, options) => {
  const isElsewhere = new URL(to, location.href).pathname !== location.pathname;
  if (unsaved.size && isElsewhere && !options?.replace) leaving.set(() => navigate(to, options));
  else navigate(to, options);
};

/** They want to go all the same. */
export function leave() {
  const go = leaving.get();
  unsaved.clear();
  leaving.set(undefined);
  go?.();
}

// Back and forward have happened when they are told: the page is taken back to where it was before anybody hears of it.
addEventListener(
  'popstate',
  (event) => {
    if (!unsaved.size || location.pathname === new URL(here).pathname) return;
    event.stopImmediatePropagation();
    history.pushState(null, '', here);
    leaving.set(() => history.back());
  },
  { capture: true },
);
