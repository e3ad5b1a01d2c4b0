import RotateCw from 'lucide-react/icons/rotate-cw';
import { useAnswer } from '@/api/hooks';
import { formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Nothing, NotRead, Sketch } from '../frame/Page';
import { DeliveryDocument } from '../graph';
import styles from './Deliveries.module.css';
import type { Delivery } from './webhook';

type Props = { readonly webhook: string; readonly delivery: Delivery; readonly close: () => void; readonly redeliver: () => void };

/** Each try of a delivery: what was sent, what was answered, how long it took. */
export function DeliveryPanel({ webhook, delivery, close, redeliver }: Props) {
  const { data: told, refusal, again } = useAnswer(DeliveryDocument, { webhook, event: delivery.event });
  const data = told?.webhook?.delivery;
  return (
    <Dialog
      open
      close={close}
      place="right"
      title={delivery.type}
      description={
        data?.nextAt ? t('set.triedNext', { at: formatInstant(data.nextAt) }) : data?.parked ? t('set.delivery.parked') : undefined
      }
      footer={
        <Button look="primary" icon={RotateCw} onClick={redeliver}>
          {t('set.redeliver')}
        </Button>
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data?.attempts.length === 0 && <Nothing>{t('set.notTried')}</Nothing>}
      {[...(data?.attempts ?? [])].reverse().map((one) => (
        <article key={one.number} className={styles.try} aria-label={t('set.tryNumber', { count: one.number })}>
          <div className={styles.head}>
            <strong>{t('set.tryNumber', { count: one.number })}</strong>
            <Badge tone={one.status && one.status < 300 ? 'success' : 'danger'}>{one.status ?? t('set.noAnswer')}</Badge>
            <Badge>{`${one.tookMs} ms`}</Badge>
            <span>{formatInstant(one.at)}</span>
          </div>
          {one.error && <p className={styles.error}>{one.error}</p>}
          <h3>{t('set.sent')}</h3>
          <Written
            label={`${t('set.tryNumber', { count: one.number })}: ${t('set.sent')}`}
            text={`POST ${one.url}\n${headers(one.requestHeaders as Headers)}\n\n${pretty(one.requestBody)}`}
          />
          {(one.responseHeaders || one.responseBody) && (
            <>
              <h3>{t('set.answered')}</h3>
              <Written
                label={`${t('set.tryNumber', { count: one.number })}: ${t('set.answered')}`}
                text={`${headers((one.responseHeaders ?? {}) as Headers)}\n\n${pretty(one.responseBody ?? '')}`}
              />
            </>
          )}
        </article>
      ))}
    </Dialog>
  );
}

const Written = ({ label, text }: { readonly label: string; readonly text: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled with the keyboard, too.
  <section className={styles.text} aria-label={label} tabIndex={0}>
    {text}
  </section>
);

type Headers = Readonly<Record<string, string>>;

const headers = (all: Headers) =>
  Object.entries(all)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

// What is cut off after its beginning is no JSON any more, and is shown as it is.
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
