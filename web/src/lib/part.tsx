import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { whenQuiet } from './quiet';

/** A part of the app in a file of its own. Until it is there, `waiting` stands in its place. */
export type Fetched<P = object> = ComponentType<P & { readonly waiting?: ReactNode }> & { readonly fetch: () => Promise<unknown> };

/**
 * A part that is fetched when it is first shown. One that is there already is shown at once, without the moment that React's own way of waiting
 * takes even then; one that could not be fetched is tried again when it is shown again.
 */
export function part<P extends object>(load: () => Promise<ComponentType<P>>): Fetched<P> {
  let known: ComponentType<P> | undefined;
  const fetch = async () => {
    known ??= await load();
    return known;
  };
  // biome-ignore lint/correctness/noComponentHookFactories: it is made once for each part, not while something is drawn.
  function Part({ waiting, ...props }: P & { readonly waiting?: ReactNode }) {
    const [Shown, setShown] = useState(() => known);
    const [failure, setFailure] = useState<unknown>();
    useEffect(() => {
      fetch().then((file) => setShown(() => file), setFailure);
    }, []);
    if (failure) throw failure;
    return Shown ? <Shown {...(props as unknown as P)} /> : waiting;
  }
  return Object.assign(Part, { fetch });
}

/** One that will probably be wanted soon: fetched when nothing else is on the line. */
export function soon<P extends object>(load: () => Promise<ComponentType<P>>): Fetched<P> {
  const later = part(load);
  whenQuiet(later.fetch);
  return later;
}
