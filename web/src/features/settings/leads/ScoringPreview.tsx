import { useState } from 'react';
import { ask } from '@/api/doors';
import { Problems } from '@/features/Problems';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { usePosted } from '../frame/usePosted';
import type { SetUp } from '../frame/useSetUp';
import styles from './leads.module.css';

type Preview = {
  readonly looked: number;
  readonly matches: number;
  readonly changed: number;
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
};

/** What a rule would do to the leads there are, before it is saved. */
export function ScoringPreview({ form, replaces }: { readonly form: SetUp; readonly replaces: string | undefined }) {
  const [preview, setPreview] = useState<Preview | undefined>();
  const { busy, refusal, send } = usePosted();
  const look = async () => {
    const rule = Object.fromEntries(
      form.shown
        .filter((field) => field.origin !== 'custom')
        .flatMap(({ name }) => (form.value(name) === null ? [] : [[name, form.value(name)]])),
    );
    const answer = await send(ask<Preview>('POST', '/scoringRules/preview', { body: { rule, replaces } }));
    setPreview(answer?.data);
  };
  const grades = preview ? [...new Set([...Object.keys(preview.before), ...Object.keys(preview.after)])].sort() : [];
  return (
    <div className={styles.box}>
      <Button small disabled={busy} onClick={() => void look()}>
        {t('set.tryRule')}
      </Button>
      <Problems refusal={refusal} />
      <div aria-live="polite">
        {preview && (
          <>
            <p>{t('set.ruleWould', { matches: preview.matches, looked: preview.looked, changed: preview.changed })}</p>
            <div className={styles.grades}>
              {grades.map((grade) => {
                const [before, after] = [preview.before[grade] ?? 0, preview.after[grade] ?? 0];
                return (
                  <Badge key={grade} tone={before === after ? 'neutral' : 'accent'}>
                    {before === after ? `${grade}: ${before}` : `${grade}: ${before} → ${after}`}
                  </Badge>
                );
              })}
            </div>
          </>
        )}
      </div>
    </div>
  );
}
