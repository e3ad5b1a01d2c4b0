import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** A place in the app: an address, and the screen that is fetched when somebody goes there. */
export type Route = { readonly path: string; readonly screen: LazyExoticComponent<ComponentType> & { readonly fetch: () => void } };

export function route(path: string, load: () => Promise<ComponentType>): Route {
  const screen = lazy(async () => ({ default: await load() }));
  return { path, screen: Object.assign(screen, { fetch: () => void load() }) };
}

/** Fetches what will probably be wanted soon, when there is nothing else to do. */
export function whenIdle(load: () => Promise<unknown>) {
  const fetch = () => void load().catch(() => undefined);
  if ('requestIdleCallback' in globalThis) requestIdleCallback(fetch, { timeout: 5000 });
  else setTimeout(fetch, 2000);
}
