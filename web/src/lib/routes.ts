import type { ComponentType } from 'react';
import { type Fetched, part, soon } from './part';

/** A place in the app: an address, and the screen that is fetched when somebody goes there. */
export type Route = { readonly path: string; readonly screen: Fetched };

export const route = (path: string, load: () => Promise<ComponentType>): Route => ({ path, screen: part(load) });

/** One that people go to from everywhere: it is there before they do. */
export const usualRoute = (path: string, load: () => Promise<ComponentType>): Route => ({ path, screen: soon(load) });
