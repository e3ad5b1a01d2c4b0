import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type Became, findMatches, type Match, type Matches, readBecame } from '@/api/leads';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { runSlice } from '@/api/slices';
import { type Row, titleOf, valueIn, withoutTypes } from '@/api/values';
import { labelOf, oneOf } from '@/features/labels';
import { sentenceOf } from '@/features/records/change';
import { FieldEditor } from '@/features/records/fields/FieldEditor';
import { FieldValue } from '@/features/records/fields/FieldValue';
import { isBlank } from '@/features/records/fields/RawValue';
import type { DialogProps } from '@/features/records/page/parts';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Field, TextArea } from '@/ui/Field';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { Choices, type Option } from './Choices';
import styles from './ConvertDialog.module.css';
import { Converted } from './Converted';
import { Mappings } from './Mappings';

type Done = { readonly became: Became; readonly operation: string | null };

/** Makes a contact of a lead, part of a company, with a deal: each is one that is there, or a new one. */
export function ConvertDialog({ type, row, open, close }: DialogProps) {
  const [done, setDone] = useState<Done | undefined>();
  const [busy, setBusy] = useState(false);
  const title = titleOf(type, row);
  return (
    <Dialog
      open={open}
      close={close}
      place="wide"
      title={done ? t('convert.done') : t('convert.title')}
      description={title}
      footer={
        done ? (
          <Button look="primary" onClick={close}>
            {t('close')}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{t('cancel')}</Button>
            <Button look="primary" type="submit" form="convert-lead" disabled={busy}>
              {t('convert.title')}
            </Button>
          </>
        )
      }
    >
      {done ? (
        <Converted type={type} id={row.id} became={done.became} operation={done.operation} close={close} />
      ) : (
        <Form type={type} row={row} done={setDone} setBusy={setBusy} />
      )}
    </Dialog>
  );
}

type FormProps = {
  readonly type: RecordType;
  readonly row: Row;
  readonly done: (done: Done) => void;
  readonly setBusy: (busy: boolean) => void;
};

const fresh = 'new';
const nobody = 'none';

function Form({ type, row, done, setBusy }: FormProps) {
  const model = useModel();
  const [contacts, accounts, deals] = ['contacts', 'accounts', 'deals'].map((plural) => model.byPlural(plural));
  const matches = useMatches(type, row.id);
  const [person, setPerson] = useState<string | undefined>();
  const [company, setCompany] = useState<string | undefined>();
  const [picked, setPicked] = useState<Readonly<Record<string, Row>>>({});
  const [withDeal, setWithDeal] = useState(false);
  const [deal, setDeal] = useState<Readonly<Record<string, unknown>>>({});
  const [dealReferred, setDealReferred] = useState<Row | null | undefined>();
  const [override, setOverride] = useState('');
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const key = useRef(crypto.randomUUID());
  const companyName = (row.company as string | null) ?? '';

  // Who it is for certain is meant, unless somebody says otherwise.
  const who = person ?? matches?.contacts.find((match) => match.exact)?.id ?? fresh;
  const employer = matches?.contacts.find((match) => match.id === who)?.accountId ?? (picked[who]?.accountId as string | null | undefined);
  const where = company ?? employer ?? matches?.accounts.find((match) => match.exact)?.id ?? (companyName ? fresh : nobody);
  const mayPass = model.overrides.some((rule) => rule.name === 'overrideLeadTransition' && rule.allowed);
  const isBlocked = refusal?.problems.some((problem) => problem.code === 'transition_not_allowed') ?? false;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const input = {
      ...(who !== fresh && { contactId: who }),
      ...(where === fresh ? { newAccount: true } : where === nobody ? { newAccount: false } : where !== employer && { accountId: where }),
      ...(withDeal && { deal: withoutTypes(Object.fromEntries(Object.entries(deal).filter(([, value]) => !isBlank(value)))) }),
      ...(override.trim() && { override: override.trim() }),
    };
    const outcome = await runSlice('convertLead', row.id, input, key.current);
    if (outcome.ok) done({ became: await readBecame(type, row.id), operation: outcome.operation });
    else {
      key.current = crypto.randomUUID();
      setRefusal(outcome.refusal);
    }
    setBusy(false);
  };
  const because = (match: Match) => match.by.map((by) => whyOf(by)).join(', ');
  const known = (all: readonly Match[] | undefined): Option[] =>
    (all ?? []).map((match) => ({ value: match.id, label: match.name ?? t('list.untitled'), detail: because(match), isSure: match.exact }));
  const facts = (names: readonly string[]) => (
    <span className={styles.facts}>
      {names
        .flatMap((name) => type.field(name) ?? [])
        .filter((field) => !isBlank(valueIn(row, field)))
        .map((field) => (
          <span key={field.name}>
            {labelOf(type, field)}: <FieldValue type={type} field={field} row={row} inList />
          </span>
        ))}
    </span>
  );
  if (!contacts || !accounts) return null;
  return (
    <form id="convert-lead" noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
      {refusal && (
        <div role="alert" className={styles.problem}>
          {refusal.problems.length
            ? refusal.problems.map((problem) => <p key={problem.message}>{problem.message}</p>)
            : sentenceOf(refusal)}
        </div>
      )}
      {isBlocked && mayPass && (
        <Field label={t('convert.override')} help={t('convert.overrideHelp')}>
          {({ id }) => <TextArea id={id} value={override} onChange={(event) => setOverride(event.target.value)} />}
        </Field>
      )}
      {!matches ? (
        <Sketch />
      ) : (
        <>
          <Choices
            legend={oneOf(contacts)}
            type={contacts}
            value={who}
            choose={setPerson}
            picked={(found) => setPicked({ ...picked, [found.id]: found })}
            options={[
              { value: fresh, label: t('convert.new', { title: titleOf(type, row) }), detail: facts(['email', 'phone', 'jobTitle']) },
              ...known(matches.contacts),
            ]}
          />
          <Choices
            legend={oneOf(accounts)}
            type={accounts}
            value={where}
            choose={setCompany}
            picked={() => undefined}
            options={[
              ...(employer && !matches.accounts.some((match) => match.id === employer)
                ? [{ value: employer, label: t('convert.employer'), detail: t('convert.employerText') }]
                : []),
              ...(companyName
                ? [{ value: fresh, label: t('convert.new', { title: companyName }), detail: facts(['website', 'industry', 'employees']) }]
                : []),
              ...known(matches.accounts),
              { value: nobody, label: t('convert.noCompany') },
            ]}
          />
        </>
      )}
      <Mappings lead={type} targets={{ contact: contacts, account: accounts, deal: deals }} />
      {deals?.graph.create && (
        <section className={styles.deal}>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is one. */}
          <label className={styles.switch}>
            <Switch label={t('convert.deal')} checked={withDeal} set={setWithDeal} />
            {t('convert.deal')}
          </label>
          {withDeal && (
            <div className={styles.dealFields}>
              {['name', 'amount', 'pipelineId']
                .flatMap((name) => deals.field(name) ?? [])
                .map((field) => (
                  <Field key={field.name} label={labelOf(deals, field)} help={helpOf(field.name, companyName || titleOf(type, row))}>
                    {(bound) => (
                      <FieldEditor
                        {...bound}
                        type={deals}
                        field={field}
                        value={deal[field.name] ?? (field.name === 'amount' ? row.estimatedAmount : null) ?? null}
                        referred={dealReferred}
                        set={(value, more) => {
                          setDeal((now) => ({ ...now, [field.name]: value }));
                          if (more && 'referred' in more) setDealReferred(more.referred);
                        }}
                      />
                    )}
                  </Field>
                ))}
            </div>
          )}
        </section>
      )}
    </form>
  );
}

const helpOf = (name: string, title: string) =>
  name === 'name' ? t('convert.dealName', { title }) : name === 'pipelineId' ? t('convert.dealPipeline') : null;

function whyOf(by: string): string {
  const words = {
    email: t('convert.by.email'),
    phone: t('convert.by.phone'),
    domain: t('convert.by.domain'),
    name: t('convert.by.name'),
    sound: t('convert.by.sound'),
  };
  return words[by as keyof typeof words] ?? by;
}

function useMatches(type: RecordType, id: string): Matches | undefined {
  const [matches, setMatches] = useState<Matches | undefined>();
  useEffect(() => {
    let current = true;
    findMatches(type, id).then(
      (found) => current && setMatches(found),
      // Whoever is not told of matches still finds people by name.
      () => current && setMatches({ contacts: [], accounts: [] }),
    );
    return () => {
      current = false;
    };
  }, [type, id]);
  return matches;
}

const Sketch = () => (
  <div className={styles.sketch} aria-busy>
    <Skeleton width="30%" height={16} />
    <Skeleton width="100%" height={52} />
    <Skeleton width="30%" height={16} />
    <Skeleton width="100%" height={52} />
  </div>
);
