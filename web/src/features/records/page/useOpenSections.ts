import { useState } from 'react';
import type { RecordType } from '@/api/model';

const key = 'crm.sections';

function read(): Readonly<Record<string, readonly string[]>> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, string[]>;
  } catch {
    return {};
  }
}

/** Which groups of a page somebody has closed on this device. */
export function useOpenSections(type: RecordType): [closed: readonly string[], toggle: (id: string) => void] {
  const [all, setAll] = useState(read);
  const closed = all[type.plural] ?? ['course', 'record'];
  const toggle = (id: string) => {
    const next = { ...all, [type.plural]: closed.includes(id) ? closed.filter((one) => one !== id) : [...closed, id] };
    setAll(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Then it is known until the page is closed.
    }
  };
  return [closed, toggle];
}
