import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '@/api/problems';
import type { Row } from '@/api/values';
import { tellDone } from '@/features/records/change';
import { sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { type Line, linesOf, saveLines, type Told } from './lines';

/**
 * The lines of a deal, and what somebody makes of them. Each change is sent with all lines; while one is on its way the next waits, and only the latest
 * goes. What is refused stays in front of the person, with the reasons at its cells.
 */
export function useLines(row: Row) {
  const told = row.lines as readonly Told[] | null | undefined;
  const known = useMemo(() => linesOf(told), [told]);
  const [draft, setDraft] = useState<readonly Line[] | undefined>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [sentence, setSentence] = useState<string | undefined>();
  const [saving, setSaving] = useState(false);
  const waiting = useRef<readonly Line[] | undefined>(undefined);
  const sending = useRef(false);
  // Another deal, other lines.
  const [of, setOf] = useState(row.id);
  useEffect(() => {
    if (of === row.id) return;
    setOf(row.id);
    setDraft(undefined);
    setProblems([]);
    setSentence(undefined);
  }, [of, row.id]);

  const send = async () => {
    if (sending.current) return;
    sending.current = true;
    setSaving(true);
    while (waiting.current) {
      const lines = waiting.current;
      waiting.current = undefined;
      const saved = await saveLines(row.id, lines);
      if (waiting.current) continue;
      setProblems(saved.refusal?.problems ?? []);
      const elsewhere = saved.refusal && !saved.refusal.problems.some(({ field }) => field?.startsWith('lines['));
      setSentence(elsewhere && saved.refusal ? sentenceOf(saved.refusal) : undefined);
      if (saved.refusal) continue;
      setDraft(undefined);
      tellDone(t('change.saved'), saved.operation);
    }
    sending.current = false;
    setSaving(false);
  };

  return {
    lines: draft ?? known,
    problems,
    sentence,
    saving,
    /** Changes what is shown and sends it; `wait` only shows it: a line that says nothing yet is not sent. */
    set: (lines: readonly Line[], wait = false) => {
      // A cell that has the focus keeps it when the answer comes: what is known of a line is its place.
      setDraft(lines.map((line, i) => ({ ...line, key: `${i}` })));
      if (wait) return;
      waiting.current = lines.filter((line) => line.productId || line.name || line.listPrice);
      void send();
    },
    discard: () => {
      setDraft(undefined);
      setProblems([]);
      setSentence(undefined);
    },
    isDraft: draft !== undefined,
  };
}
