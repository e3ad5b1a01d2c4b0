import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Store } from './store';

/** Something a person can do: menus, shortcuts, the keyboard sheet and the command menu are all drawn from it. */
export type Action = {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** `mod+k`, `g c` (one after the other), `?`. */
  readonly keys?: readonly string[];
  /** Under which heading it is listed. */
  readonly group: 'go' | 'make' | 'record' | 'list' | 'look' | 'help';
  readonly allowed?: () => boolean;
  readonly run: () => void;
};

type Registered = { readonly of: symbol; readonly actions: readonly Action[] };

const registered = new Store<readonly Registered[]>([]);

/** What can be done here and now; of two with one id the one that was registered last. */
export function allowedActions(): Action[] {
  const byId = new Map<string, Action>();
  for (const { actions } of registered.get()) for (const action of actions) byId.set(action.id, action);
  return [...byId.values()].filter((action) => action.allowed?.() ?? true);
}

export const actionsStore = registered;

export function register(actions: readonly Action[]): () => void {
  const of = Symbol();
  registered.set([...registered.get(), { of, actions }]);
  return () => registered.set(registered.get().filter((known) => known.of !== of));
}

/** Offers actions for as long as the component is shown. They may close over anything: the latest are run. */
export function useActions(actions: readonly Action[]) {
  const latest = useRef(actions);
  latest.current = actions;
  const signature = actions.map((action) => `${action.id}\t${action.label}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what an action does is read when it runs; only which there are registers anew.
  useEffect(
    () =>
      register(
        latest.current.map((action, i) => ({
          ...action,
          allowed: () => latest.current[i]?.allowed?.() ?? true,
          run: () => latest.current[i]?.run(),
        })),
      ),
    [signature],
  );
}
