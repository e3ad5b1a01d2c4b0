import { useState } from 'react';
import { run } from '@/api/changes';
import { Problems } from '@/features/Problems';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { usePosted } from '../frame/usePosted';
import type { SetUp } from '../frame/useSetUp';
import { PreviewScoringRuleDocument, type PreviewScoringRuleMutation } from '../graph';
import styles from './leads.module.css';

type Preview = PreviewScoringRuleMutation['change']['result'];
type Grades = Readonly<Record<string, number>>;

/** What a rule would do to the leads there are, before it is saved. */
export function ScoringPreview({ form, replaces }: { readonly form: SetUp; readonly replaces: string | undefined }) {
  const [preview, setPreview] = useState<Preview>(null);
  const { busy, refusal, send } = usePosted();
  const look = async () => {
    const rule = Object.fromEntries(
      form.shown
        .filter((field) => field.origin !== 'custom')
        .flatMap(({ name }) => (form.value(name) === null ? [] : [[name, form.value(name)]])),
    );
    const answer = await send(run(PreviewScoringRuleDocument, { input: { rule, replaces } }));
    setPreview(answer?.result ?? null);
  };
  const [before, after] = [(preview?.before ?? {}) as Grades, (preview?.after ?? {}) as Grades];
  const grades = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
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
                const [was, is] = [before[grade] ?? 0, after[grade] ?? 0];
                return (
                  <Badge key={grade} tone={was === is ? 'neutral' : 'accent'}>
                    {was === is ? `${grade}: ${was}` : `${grade}: ${was} → ${is}`}
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
