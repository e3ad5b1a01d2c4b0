import { useEffect, useState } from 'react';
import { type RecordType, useModel } from '@/api/model';
import { findRecords } from '@/api/search';
import type { Row } from '@/api/values';

/** Records that words find; those found before stay until others come. */
export function useFound(type: RecordType, words: string): readonly Row[] | undefined {
  const model = useModel();
  const [rows, setRows] = useState<readonly Row[] | undefined>();
  useEffect(() => {
    let current = true;
    findRecords(model, type, words).then(
      (found) => current && setRows(found),
      () => current && setRows([]),
    );
    return () => {
      current = false;
    };
  }, [model, type, words]);
  return rows;
}
