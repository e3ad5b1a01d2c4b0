import { useCallback, useEffect, useRef, useState } from 'react';
import type { Heard } from '@/api/hooks';
import { useModel } from '@/api/model';

const markedMs = 8000;

/** Fields that somebody else has just changed, with who it was. The marks go by themselves. */
export function useMarks(): [marks: ReadonlyMap<string, string>, heard: (change: Heard) => void] {
  const { viewer } = useModel();
  const [marks, setMarks] = useState<ReadonlyMap<string, string>>(new Map());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) clearTimeout(timer);
    };
  }, []);
  const heard = useCallback(
    ({ kind, fields, actor }: Heard) => {
      if (kind === 'live' || !fields?.length || !actor || actor.id === viewer.id) return;
      const who = actor.name ?? '';
      setMarks((now) => new Map([...now, ...fields.map((name) => [name, who] as const)]));
      const timer = setTimeout(() => {
        timers.current.delete(timer);
        setMarks((now) => new Map([...now].filter(([name]) => !fields.includes(name))));
      }, markedMs);
      timers.current.add(timer);
    },
    [viewer.id],
  );
  return [marks, heard];
}
