import { useState } from 'react';
import type { Refused } from '@/api/changes';
import type { Refusal } from '@/api/problems';

/** Sends something once at a time, and keeps why it was refused until it is sent again. */
export function usePosted() {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const send = async <T extends { readonly ok: true }>(sending: Promise<T | Refused>): Promise<T | undefined> => {
    setBusy(true);
    setRefusal(undefined);
    const answer = await sending;
    setBusy(false);
    if (answer.ok) return answer;
    setRefusal(answer.refusal);
    return undefined;
  };
  return { busy, refusal, send, forget: () => setRefusal(undefined) };
}
