import Check from 'lucide-react/icons/check';
import EyeOff from 'lucide-react/icons/eye-off';
import Star from 'lucide-react/icons/star';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import { type FieldModel, type RecordType, useModel } from '@/api/model';
import { isMasked, type Row, referredOf, titleOf, valueIn } from '@/api/values';
import { choiceLabel, purposeLabel } from '@/features/labels';
import { formatDate, formatInstant, formatInstantFully, formatMoney, formatNumber, type Money } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Avatar } from '@/ui/Avatar';
import { Badge, type Tone } from '@/ui/Badge';
import styles from './FieldValue.module.css';

type Props = {
  readonly type: RecordType;
  readonly field: FieldModel;
  readonly row: Row /** In a list nothing but the title is a link to tab through. */;
  readonly inList?: boolean;
};

const numeric = new Set(['integer', 'number', 'money', 'rating']);

export const kindOf = (field: FieldModel): string => field.gives ?? field.kind;

/** Whether a value can be entered in a cell: what has parts is edited on the page. */
export const fitsCell = (field: FieldModel): boolean => !['list', 'address', 'json', 'multiChoice'].includes(kindOf(field));

/** Whether values stand at the right, digit under digit. */
export const isNumeric = (field: FieldModel): boolean => numeric.has(kindOf(field)) && field.kind !== 'rating';

/** A field of a record, as a person reads it. */
export function FieldValue({ type, field, row, inList }: Props): ReactNode {
  if (isMasked(row, field))
    return (
      <span className={styles.masked}>
        <EyeOff size={13} aria-hidden /> {t('masked')}
      </span>
    );
  const value = valueIn(row, field);
  if (value === null || value === undefined || value === '') return null;
  if (field.name === 'createdBy' || field.name === 'updatedBy') {
    const { id, name } = value as { id: string | null; name: string | null };
    return <Person id={id} name={name ?? ''} />;
  }
  switch (kindOf(field)) {
    case 'reference':
      return <Reference type={type} field={field} row={row} inList={inList} />;
    case 'choice':
      return <ChoiceBadge type={type} field={field} value={String(value)} />;
    case 'multiChoice':
      return <Badges words={(value as string[]).map((one) => choiceLabel(type, field, one))} />;
    case 'texts':
      return <Badges words={value as string[]} />;
    case 'integer':
    case 'number':
      return formatNumber(value as string | number);
    case 'money':
      return formatMoney(value as Money);
    case 'date':
      return formatDate(String(value));
    case 'instant':
      return (
        <time dateTime={String(value)} title={formatInstantFully(String(value))}>
          {formatInstant(String(value))}
        </time>
      );
    case 'boolean':
      return value ? <Check size={15} aria-label={t('yes')} /> : <span className={styles.quiet}>{t('no')}</span>;
    case 'rating':
      return <Stars of={Number(value)} />;
    case 'email':
      return <Outside href={`mailto:${value}`} text={String(value)} inList={inList} />;
    case 'phone':
      return <Outside href={`tel:${value}`} text={String(value)} inList={inList} />;
    case 'url':
      return <Outside href={String(value)} text={String(value).replace(/^https?:\/\/(www\.)?|\/$/g, '')} inList={inList} />;
    case 'list':
      return inList ? partsText(value) : <Entries entries={value as readonly Entry[]} />;
    case 'address':
      return partsText(value);
    case 'json':
      return JSON.stringify(value);
    default:
      return String(value);
  }
}

function Reference({ type, field, row, inList }: Props) {
  const to = useModel().referred(type, field);
  const record = referredOf(row, field);
  if (!to || !record) return null;
  const title = titleOf(to, record) || t('list.untitled');
  if (to.record === 'user') return <Person id={record.id} name={title} />;
  return inList ? (
    <span className={styles.text}>{title}</span>
  ) : (
    <Link href={`/${to.plural}/${record.id}`} className={styles.link}>
      {title}
    </Link>
  );
}

const Person = ({ id, name }: { readonly id: string | null; readonly name: string }) => (
  <span className={styles.person}>
    <Avatar name={name} of={id} />
    <span className={styles.text}>{name}</span>
  </span>
);

const tones: Readonly<Record<string, Tone>> = {
  won: 'success',
  customer: 'success',
  active: 'success',
  qualified: 'success',
  converted: 'success',
  lost: 'danger',
  rejected: 'danger',
  disqualified: 'danger',
  deactivated: 'danger',
  open: 'accent',
  new: 'accent',
  opportunity: 'accent',
};

export function ChoiceBadge({ type, field, value }: { readonly type: RecordType; readonly field: FieldModel; readonly value: string }) {
  const color = field.choices?.find((choice) => choice.value === value)?.color;
  return (
    <Badge tone={color ? 'neutral' : (tones[value] ?? 'neutral')} color={color}>
      {choiceLabel(type, field, value)}
    </Badge>
  );
}

const Badges = ({ words }: { readonly words: readonly string[] }) => (
  <span className={styles.badges}>
    {words.map((word) => (
      <Badge key={word}>{word}</Badge>
    ))}
  </span>
);

const Stars = ({ of }: { readonly of: number }) => (
  <span className={styles.stars} role="img" aria-label={`${of} / 5`}>
    {[1, 2, 3, 4, 5].map((star) => (
      <Star key={star} size={13} fill={star <= of ? 'currentColor' : 'none'} aria-hidden />
    ))}
  </span>
);

function Outside({ href, text, inList }: { readonly href: string; readonly text: string; readonly inList?: boolean }) {
  if (inList || !/^(https?|mailto|tel):/.test(href)) return <span className={styles.text}>{text}</span>;
  return (
    <a href={href} target={href.startsWith('http') ? '_blank' : undefined} rel="noreferrer" className={styles.link}>
      {broken(text)}
    </a>
  );
}

type Entry = Readonly<Record<string, unknown>>;

/** Each entry in a line of its own: what it is used for stands behind it. */
const Entries = ({ entries }: { readonly entries: readonly Entry[] }) => (
  <ul className={styles.entries}>
    {entries.map((entry, i) => {
      const { type: use, ...rest } = entry;
      const text = partsText(spoken(rest));
      const isEmail = typeof rest.address === 'string' && text.includes('@');
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place.
        <li key={i}>
          {isEmail || typeof rest.number === 'string' ? (
            <Outside href={isEmail ? `mailto:${text}` : `tel:${text}`} text={text} />
          ) : (
            <span>{text}</span>
          )}
          {typeof use === 'string' && <span className={styles.quiet}>{purposeLabel(use)}</span>}
        </li>
      );
    })}
  </ul>
);

/** Moments among the parts, as people read them. */
const spoken = (entry: Entry): Entry =>
  Object.fromEntries(
    Object.entries(entry).map(([name, part]) => [name, typeof part === 'string' && isMoment.test(part) ? formatInstant(part) : part]),
  );

const isMoment = /^\d{4}-\d\d-\d\dT\d\d:/;

/** Where an address may be broken, if it has to be. */
const broken = (text: string): ReactNode =>
  text.split(/(?=@)/).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place.
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));

/** Addresses, e-mails with their type, lines: their parts, in a row. */
export function partsText(value: unknown): string {
  if (Array.isArray(value)) return value.map(partsText).filter(Boolean).join('; ');
  if (typeof value !== 'object' || value === null) return value === null || value === undefined ? '' : String(value);
  const { type: use, ...rest } = value as Readonly<Record<string, unknown>>;
  const text = Object.entries(rest)
    .filter(([name, part]) => name !== '__typename' && typeof part === 'string' && part !== '')
    .map(([, part]) => part as string)
    .join(', ');
  return typeof use === 'string' && use ? `${text} (${purposeLabel(use)})` : text;
}
