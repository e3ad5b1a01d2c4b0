import { useState } from 'react';
import type { Row } from '@/api/values';

/** What is open beside a list: a record of it as it is now, or a new one. */
export function useOpened<T extends Row>(data: readonly T[] | undefined) {
  const [opened, open] = useState<T | 'new' | undefined>();
  const record = opened === 'new' || !opened ? undefined : (data?.find((one) => one.id === opened.id) ?? opened);
  return { record, isOpen: opened !== undefined, key: record?.id ?? 'new', open, close: () => open(undefined) };
}
