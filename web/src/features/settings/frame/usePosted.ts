import { useState } from 'react';
import type { Answer } from '@/api/doors';
import type { Refusal } from '@/api/problems';

/** Sends something once at a time, and keeps why it was refused until it is sent again. */
export function usePosted() {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const send = async <T>(sending: Promise<Answer<T>>): Promise<(Answer<T> & { ok: true }) | undefined> => {
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
