import { useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { listDocument } from '@/api/documents';
import { type RecordType, useModel } from '@/api/model';
import { refusalOfError } from '@/api/problems';
import { type Row, referredOf, titleOf } from '@/api/values';
import { sentenceOf } from '@/features/refusals';
import { formatDate, formatMoney, type Money, zone } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { cardFields } from '../board/Board';
import { categories, columnCount, indent, Message, Sketch } from './ForecastGrid';
import styles from './ForecastGrid.module.css';

type Props = {
  readonly type: RecordType;
  readonly user: string | null;
  readonly period: { readonly from: string; readonly to: string };
  readonly depth: number;
  readonly times: number;
};

type Answer = { page: { edges: { node: Row }[]; pageInfo: { hasNextPage: boolean } } };

const first = 100;

/** The deals somebody's line comes from: what is to close in the period, and what was won in it. */
export function DealRows({ type, user, period: { from, to }, depth, times }: Props) {
  const model = useModel();
  const filter = [
    user ? `ownerId = "${user}"` : 'ownerId is null',
    `(status = "open" and category != "omitted" and expectedCloseOn between ${from} and ${to} or status = "won" and closedOn between ${from} and ${to})`,
  ].join(' and ');
  const [{ data, error }, run] = useQuery<Answer>({
    query: useMemo(() => listDocument(model, type, [...cardFields(type), 'category', 'converted', 'closedOn']), [model, type]),
    variables: useMemo(() => ({ filter, sort: '-convertedValue', first, zone: zone() }), [filter]),
    requestPolicy: 'cache-and-network',
  });
  useEffect(() => {
    if (times > 0) run({ requestPolicy: 'network-only' });
  }, [times, run]);
  if (error && !data) return <Message depth={depth} text={sentenceOf(refusalOfError(error))} />;
  if (!data) return <Sketch />;
  if (!data.page.edges.length) return <Message depth={depth} text={t('forecast.noDeals')} />;
  return (
    <>
      {data.page.edges.map(({ node }) => (
        <tr key={node.id} className={styles.deal}>
          <th scope="row" className={styles.name} style={indent(depth)}>
            <Link href={`/${type.plural}/${node.id}`} className={styles.link}>
              {titleOf(type, node) || t('list.untitled')}
            </Link>
            <span className={styles.company}>{companyOf(model, type, node)}</span>
          </th>
          {categories.map((category) => (
            <td key={category}>{category === node.category ? amountOf(node) : ''}</td>
          ))}
          <td colSpan={columnCount - categories.length - 1} className={styles.day}>
            {dayOf(node)}
          </td>
        </tr>
      ))}
      {data.page.pageInfo.hasNextPage && <Message depth={depth} text={t('forecast.moreDeals', { count: first })} />}
    </>
  );
}

const amountOf = (row: Row) => {
  const money = (row.converted ?? row.amount) as Money | null | undefined;
  return money ? formatMoney(money) : '';
};

function dayOf(row: Row): string {
  const day = (row.closedOn ?? row.expectedCloseOn) as string | null | undefined;
  if (!day) return '';
  return t(row.status === 'won' ? 'forecast.wonOn' : 'forecast.closesOn', { day: formatDate(day) });
}

function companyOf(model: ReturnType<typeof useModel>, type: RecordType, row: Row): string {
  const field = type.field('accountId');
  const account = field && referredOf(row, field);
  return account ? titleOf(model.referred(type, field), account) : '';
}
