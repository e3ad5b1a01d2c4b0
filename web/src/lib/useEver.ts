import { useState } from 'react';

/** Whether something has been so at least once: what was opened stays until it has gone as it came. */
export function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now);
  if (now && !ever) setEver(true);
  return ever || now;
}
