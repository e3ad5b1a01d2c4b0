import { Store } from './store';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';
export type Language = 'en' | 'de';

export type Preferences = { theme: Theme; density: Density; language: Language; sidebar: boolean };

const key = 'crm.preferences';

const usual = (): Preferences => ({
  theme: 'system',
  density: 'comfortable',
  language: globalThis.navigator?.language.startsWith('de') ? 'de' : 'en',
  sidebar: true,
});

function read(): Preferences {
  try {
    return { ...usual(), ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>) };
  } catch {
    return usual();
  }
}

/** How this person likes the app on this device. */
export const preferences = new Store<Preferences>(read());

export function prefer(change: Partial<Preferences>) {
  const next = { ...preferences.get(), ...change };
  preferences.set(next);
  try {
    localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing still shows it until it is closed.
  }
}

/** Says on the document what style sheets go by. */
export function dress() {
  const { theme, density, language } = preferences.get();
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  Object.assign(document.documentElement.dataset, { theme: dark ? 'dark' : 'light', density });
  document.documentElement.lang = language;
}

export function keepDressed() {
  dress();
  preferences.listen(dress);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', dress);
}
