import ExternalLink from 'lucide-react/icons/external-link';
import { useParams } from 'wouter';
import { editRecord } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import { tellDone } from '@/features/records/change';
import { WordsInput } from '@/features/records/fields/WordsInput';
import { sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Switch } from '@/ui/Switch';
import { toast } from '@/ui/toasts';
import { Section } from '../frame/Page';
import { Line } from '../frame/Panel';
import { RecordPage } from '../frame/RecordPage';
import { CopyText } from '../frame/SecretDialog';
import type { Editors } from '../frame/SetUpFields';
import { SetUpSection } from '../frame/SetUpSection';
import type { WebForm } from './FormsScreen';
import styles from './leads.module.css';
import { QuestionsEditor } from './QuestionsEditor';

/** What a form asks, and hosts, are entered with. */
export const formEditors: Editors = {
  fields: ({ value, set }) => <QuestionsEditor value={(value('fields') as never[] | null) ?? []} set={(next) => set('fields', next)} />,
  allowedHosts: ({ value, set }, _, bound) => (
    <WordsInput
      spaces
      {...bound}
      value={(value('allowedHosts') as string[] | null) ?? []}
      set={(next) => set('allowedHosts', next)}
      placeholder="www.example.com"
    />
  ),
};

const first = ['name', 'title', 'intro', 'fields', 'button', 'thanks', 'redirectUrl'];
const then = ['toUserId', 'source'];
const consent = ['consentText', 'consentVersion', 'consentPurpose', 'consentChannel', 'consentRequired', 'doubleOptIn'];
const safety = ['allowedHosts', 'proofOfWork'];

/** A form: whether it is on the web, how it gets onto a page, what it asks and what follows. */
export function FormScreen({ type }: { readonly type: RecordType }) {
  const model = useModel();
  const { id } = useParams<{ id: string }>();
  const publish = async (form: WebForm, published: boolean) => {
    const outcome = await editRecord(model, type, { row: form, values: { published } });
    if (outcome.ok) tellDone(t(published ? 'set.isPublished' : 'set.isUnpublished'), outcome.operation);
    else toast({ text: sentenceOf(outcome.refusal), bad: true });
  };
  const part = (form: WebForm, fields: readonly string[], title: string, text?: string, plain = true) => (
    <SetUpSection
      key={title}
      type={type}
      record={form}
      title={title}
      text={text}
      fields={fields}
      plain={plain}
      editors={formEditors}
      help={{ allowedHosts: t('set.hostsText') }}
    />
  );
  return (
    <RecordPage<WebForm>
      type={type}
      id={id}
      up={{ href: '/settings/forms', label: t('set.forms') }}
      text={(form) => form.title}
      deleteText={t('set.deleteText')}
    >
      {(form) => {
        const address = `${location.origin}/forms/${form.key}`;
        return (
          <>
            <Section title={t('set.onTheWeb')}>
              <Line label={t('set.published')} help={t('set.publishedText')}>
                {(line) => <Switch id={line} checked={form.published} set={(on) => void publish(form, on)} />}
              </Line>
            </Section>
            {form.published && (
              <Section
                title={t('set.embed')}
                text={t('set.embedText')}
                actions={
                  <a href={address} target="_blank" rel="noreferrer" className={styles.open}>
                    <ExternalLink size={14} aria-hidden /> {t('set.openPage')}
                  </a>
                }
              >
                <CopyText label={t('set.page')} text={address} />
                <CopyText label={t('set.embed')} text={`<script src="${address}.js"></script>`} />
              </Section>
            )}
            {part(form, first, t('set.whatItAsks'), undefined, false)}
            {part(form, consent, t('set.consent'), t('set.consentText'))}
            {part(form, then, t('set.whatFollows'))}
            {part(form, safety, t('set.safety'))}
          </>
        );
      }}
    </RecordPage>
  );
}
