import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type Became, type Conversion, type Match, readBecame } from '@/api/leads';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { runSlice } from '@/api/slices';
import { type Row, titleOf, valueIn, withoutTypes } from '@/api/values';
import { labelOf, oneOf } from '@/features/labels';
import { Problems } from '@/features/Problems';
import { FieldValue } from '@/features/records/fields/FieldValue';
import { isBlank } from '@/features/records/fields/RawValue';
import type { DialogProps } from '@/features/records/page/parts';
import { saidOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Field, TextArea } from '@/ui/Field';
import { Skeleton } from '@/ui/Skeleton';
import { Choices, type Option } from './Choices';
import styles from './ConvertDialog.module.css';
import { Converted } from './Converted';
import { fieldsTold, mappedFields, type Uses } from './conversion';
import { type Deal, DealFields } from './DealFields';
import { FieldMap } from './FieldMap';
import { useConversion, useThere } from './useConversion';

type Done = { readonly became: Became; readonly operation: string | null };

/** Makes a contact of a lead, part of a company, with a deal: each is one that is there, or a new one. */
export function ConvertDialog({ type, row, open, close }: DialogProps) {
  const [done, setDone] = useState<Done | undefined>();
  const [waits, setWaits] = useState(true);
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
            <Button look="primary" type="submit" form="convert-lead" disabled={waits}>
              {t('convert.title')}
            </Button>
          </>
        )
      }
    >
      {done ? (
        <Converted type={type} id={row.id} became={done.became} operation={done.operation} close={close} />
      ) : (
        <Form type={type} row={row} done={setDone} setWaits={setWaits} />
      )}
    </Dialog>
  );
}

type FormProps = {
  readonly type: RecordType;
  readonly row: Row;
  readonly done: (done: Done) => void;
  /** It cannot be sent: it is not known enough yet, it is on its way, or it may not be done. */
  readonly setWaits: (waits: boolean) => void;
};

const fresh = 'new';
const nobody = 'none';
const none: readonly never[] = [];

function Form({ type, row, done, setWaits }: FormProps) {
  const model = useModel();
  const [contacts, accounts, deals] = ['contacts', 'accounts', 'deals'].map((plural) => model.byPlural(plural));
  const known = useConversion(type, row.id);
  const [person, setPerson] = useState<string | undefined>();
  const [company, setCompany] = useState<string | undefined>();
  const [picked, setPicked] = useState<Readonly<Record<string, Row>>>({});
  const [deal, setDeal] = useState<Deal | undefined>();
  const [uses, setUses] = useState<Uses>({});
  const [override, setOverride] = useState('');
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [sending, setSending] = useState(false);
  const key = useRef(crypto.randomUUID());
  const form = useRef<HTMLFormElement>(null);
  const companyName = (row.company as string | null) ?? '';
  const { matches, conversion } = known ?? {};

  // Who it is for certain is meant, unless somebody says otherwise.
  const who = person ?? matches?.contacts.find((match) => match.exact)?.id ?? fresh;
  const employer = matches?.contacts.find((match) => match.id === who)?.accountId ?? (picked[who]?.accountId as string | null | undefined);
  const where = company ?? employer ?? matches?.accounts.find((match) => match.exact)?.id ?? (companyName ? fresh : nobody);
  const fields = conversion?.fields ?? none;
  const idOf = (value: string) => (value === fresh || value === nobody ? undefined : value);
  const contact = useThere(contacts, idOf(who), 'contact', fields);
  const account = useThere(accounts, idOf(where), 'account', fields);
  const mapped = (target: 'contact' | 'account' | 'deal', to: RecordType | undefined, value: string, there: Row | undefined) =>
    !to || value === nobody || (idOf(value) && !there)
      ? none
      : mappedFields(
          fields.filter((one) => one.target === target),
          { type, row },
          { type: to, there },
        );
  const maps = {
    contact: mapped('contact', contacts, who, contact),
    account: mapped('account', accounts, where, account),
    // What is asked of a deal by itself is no field to be left out.
    deal: mapped('deal', deals, deal ? fresh : nobody, undefined).filter(({ to }) => to.name !== 'amount'),
  };

  const before = conversion && stepRefused(conversion);
  const mayPass = model.overrides.some((rule) => rule.name === 'overrideLeadTransition' && rule.allowed);
  const isBlocked = Boolean(before) || (refusal?.problems.some((problem) => problem.code === 'transition_not_allowed') ?? false);
  const waits = !known || sending || (isBlocked && !(mayPass && override.trim()));
  useEffect(() => setWaits(waits), [setWaits, waits]);

  const isKnown = known !== undefined;
  useEffect(() => {
    if (isKnown) form.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [isKnown]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (waits) return;
    setSending(true);
    const told = [...maps.contact, ...maps.account, ...maps.deal];
    const changed = fieldsTold(told, uses);
    const input = {
      ...(who !== fresh && { contactId: who }),
      ...(where === fresh ? { newAccount: true } : where === nobody ? { newAccount: false } : where !== employer && { accountId: where }),
      ...(deal && { deal: withoutTypes(Object.fromEntries(Object.entries(deal).filter(([, value]) => !isBlank(value)))) }),
      ...(changed.length > 0 && { fields: changed }),
      ...(isBlocked && override.trim() && { override: override.trim() }),
    };
    const outcome = await runSlice('convertLead', row.id, input, key.current);
    if (outcome.ok) done({ became: await readBecame(type, row.id), operation: outcome.operation });
    else {
      key.current = crypto.randomUUID();
      setRefusal(outcome.refusal);
    }
    setSending(false);
  };
  const because = (match: Match) => match.by.map((by) => whyOf(by)).join(', ');
  const likely = (all: readonly Match[]): Option[] =>
    all.map((match) => ({ value: match.id, label: match.name ?? t('list.untitled'), detail: because(match), isSure: match.exact }));
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
  const mapOf = (target: keyof typeof maps, to: RecordType, there: Row | undefined) => (
    <FieldMap
      lead={type}
      row={row}
      type={to}
      there={there}
      fields={maps[target]}
      uses={uses}
      set={(field, use) => {
        const { [field]: _, ...others } = uses;
        setUses(use ? { ...others, [field]: use } : others);
      }}
    />
  );
  if (!contacts || !accounts) return null;
  if (!matches) return <Sketch />;
  return (
    <form ref={form} id="convert-lead" noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
      <Problems refusal={refusal ?? before} shown={['override']} type={type} />
      {isBlocked && mayPass && (
        <Field label={t('convert.override')} required help={t('convert.overrideHelp')} error={saidOf(refusal, 'override')}>
          {({ id, describedBy, invalid }) => (
            <TextArea
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              value={override}
              onChange={(event) => setOverride(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className={styles.target}>
        <Choices
          legend={oneOf(contacts)}
          type={contacts}
          value={who}
          choose={setPerson}
          picked={(found) => setPicked({ ...picked, [found.id]: found })}
          options={[
            { value: fresh, label: t('convert.new', { title: titleOf(type, row) }), detail: facts(['email', 'phone', 'jobTitle']) },
            ...likely(matches.contacts),
          ]}
        />
        {mapOf('contact', contacts, contact)}
      </div>
      <div className={styles.target}>
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
            ...likely(matches.accounts),
            { value: nobody, label: t('convert.noCompany') },
          ]}
        />
        {mapOf('account', accounts, account)}
      </div>
      {deals?.graph.create && (
        <DealFields type={deals} row={row} name={companyName || titleOf(type, row)} deal={deal} set={setDeal}>
          {mapOf('deal', deals, undefined)}
        </DealFields>
      )}
    </form>
  );
}

/** What would be refused, said before anything is filled in. */
const stepRefused = ({ status, allowed }: Conversion): Refusal | undefined =>
  allowed.includes('converted')
    ? undefined
    : {
        kind: 'invalid',
        conflicts: [],
        problems: [{ code: 'transition_not_allowed', message: '', facts: { from: status, to: 'converted', allowed } }],
      };

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

const Sketch = () => (
  <div className={styles.sketch} aria-busy>
    <Skeleton width="30%" height={16} />
    <Skeleton width="100%" height={52} />
    <Skeleton width="30%" height={16} />
    <Skeleton width="100%" height={52} />
  </div>
);
