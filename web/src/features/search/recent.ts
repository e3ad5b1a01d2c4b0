import { Store } from '@/lib/store';

/** A record somebody has looked at on this device. */
export type Seen = { readonly plural: string; readonly id: string; readonly title: string };

const key = 'crm.seen';
const most = 8;

function read(): readonly Seen[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as Seen[];
  } catch {
    return [];
  }
}

export const recent = new Store<readonly Seen[]>(read());

/** Notes that a record was looked at. */
export function noteSeen(seen: Seen) {
  recent.set([seen, ...recent.get().filter((one) => one.id !== seen.id)].slice(0, most));
  try {
    localStorage.setItem(key, JSON.stringify(recent.get()));
  } catch {
    // Then it is known until the page is closed.
  }
}

/** Whoever logs in next on this device has not seen them. */
export function forgetSeen() {
  recent.set([]);
  localStorage.removeItem(key);
}
