import ExternalLink from 'lucide-react/icons/external-link';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { ask, useDoor } from '@/api/doors';
import type { RecordType } from '@/api/model';
import { tellDone } from '@/features/records/change';
import { sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Switch } from '@/ui/Switch';
import { toast } from '@/ui/toasts';
import { DeleteDialog } from '../frame/DeleteDialog';
import { WordsInput } from '../frame/inputs';
import { NoPage } from '../frame/NoPage';
import { NotRead, Page, Section, Sketch } from '../frame/Page';
import { Line } from '../frame/Panel';
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
  const at = `/forms/${useParams<{ id: string }>().id}`;
  const [, go] = useLocation();
  const { data, refusal, again } = useDoor<WebForm>(at);
  const [deletes, setDeletes] = useState(false);
  if (refusal?.kind === 'gone') return <NoPage />;
  const publish = async (published: boolean) => {
    const answer = await ask('PATCH', at, { body: { published } });
    if (answer.ok) tellDone(t(published ? 'set.isPublished' : 'set.isUnpublished'), answer.operation, again);
    else toast({ text: sentenceOf(answer.refusal), bad: true });
    again();
  };
  const address = data && `${location.origin}/forms/${data.key}`;
  const part = (fields: readonly string[], title: string, text?: string, plain = true) =>
    data && (
      <SetUpSection
        key={title}
        type={type}
        record={data}
        title={title}
        text={text}
        fields={fields}
        plain={plain}
        editors={formEditors}
        help={{ allowedHosts: t('set.hostsText') }}
        changed={again}
      />
    );
  return (
    <Page
      title={data?.name ?? t('set.forms')}
      text={data?.title}
      up={{ href: '/settings/forms', label: t('set.forms') }}
      actions={
        data && (
          <Button look="danger" icon={Trash2} onClick={() => setDeletes(true)}>
            {t('delete')}
          </Button>
        )
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data && address && (
        <>
          <Section title={t('set.onTheWeb')}>
            <Line label={t('set.published')} help={t('set.publishedText')}>
              {(id) => <Switch id={id} checked={data.published} set={(on) => void publish(on)} />}
            </Line>
          </Section>
          {data.published && (
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
          {part(first, t('set.whatItAsks'), undefined, false)}
          {part(consent, t('set.consent'), t('set.consentText'))}
          {part(then, t('set.whatFollows'))}
          {part(safety, t('set.safety'))}
        </>
      )}
      {deletes && data && (
        <DeleteDialog
          at={at}
          label={data.name}
          close={() => setDeletes(false)}
          done={(operation) => {
            tellDone(t('change.deleted', { title: data.name }), operation);
            go('/settings/forms');
          }}
        >
          {t('set.deleteText')}
        </DeleteDialog>
      )}
    </Page>
  );
}
