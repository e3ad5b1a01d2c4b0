import { useEffect, useRef, useState } from 'react';
import type { RecordType } from '@/api/model';
import type { Row } from '@/api/values';

/** Records to choose from, as they are found; those found before stay until others come. */
export function useNames(
  type: RecordType | undefined,
  words: string,
  find: (type: RecordType, words: string) => Promise<readonly Row[]>,
): readonly Row[] {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    if (!type) return;
    let current = true;
    latest.current(type, words).then(
      (found) => current && setRows(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [type, words]);
  return rows;
}
