import { useEffect, useState } from 'react';
import { whenQuiet } from './quiet';

/** Whether nobody waited for anything any more, once. */
export function useQuiet(): boolean {
  const [isQuiet, setQuiet] = useState(false);
  useEffect(() => whenQuiet(async () => setQuiet(true)), []);
  return isQuiet;
}
